"""`@name`: whom it means, whom it does not, and what is left when they are gone."""

import pytest
from channels.db import database_sync_to_async

from accounts import own_data
from accounts.models import User
from chat import mentions, services
from chat.models import Mention, Message
from rooms.models import Membership
from syncwatch.lib import clock
from syncwatch.lib.errors import Invalid

in_db = database_sync_to_async
stored = pytest.mark.django_db
told = pytest.mark.django_db(transaction=True)

PEOPLE = [("1", ["Ana", "ana.r"]), ("2", ["Ana Maria"]), ("3", ["Ünal"]), ("4", ["ana"]),
          ("5", ["C++"])]  # fmt: skip


def names(body, *, everybody=False):
    return [tuple(each) for each in mentions.mentions_in(body, PEOPLE, everybody=everybody)]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("@Ana look", [("1", "Ana"), ("4", "Ana")]),
        ("@ANA!", [("1", "ANA"), ("4", "ANA")]),
        ("hi @Ana Maria", [("2", "Ana Maria")]),
        ("@Ana Mariana", [("1", "Ana"), ("4", "Ana")]),
        ("@ünal, @ÜNAL", [("3", "ünal"), ("3", "ÜNAL")]),
        ("@ana.r", [("1", "ana.r")]),
        ("🐇@Ünal🐇", [("3", "Ünal")]),
        ("@C++ and @C++y", [("5", "C++")]),
        ("@Anabel", []),
        ("mail@Ana", []),
        ("@ Ana", []),
        ("@@Ana", [("1", "Ana"), ("4", "Ana")]),
        ("@", []),
        ("@all", []),
        ("@" * 2000, []),
    ],
)
def test_who_is_meant(body, found):
    assert names(body) == found


def test_everybody_is_for_who_may_call_them():
    assert names("@All come", everybody=True) == [(None, "All")]


def test_names_are_taken_out_where_they_stand():
    said = "@Ana, ana@Ana @ana Anna @Anabel"
    assert mentions.without(said, ["Ana"]) == "@someone, ana@Ana @someone Anna @Anabel"
    assert mentions.without(said, []) == said


@told
async def test_a_mention_is_told_with_the_message_and_follows_its_words(sockets, people, room):
    mara = await sockets.open(people.owner, room.code)
    ana = await sockets.open(people.member, room.code)
    ack = await mara.ask(type="chat:send", body="@ana look, @Jonas is not here", nonce="n")
    mine = {"user_id": str(people.member.id), "name": "ana"}
    assert ack["message"]["mentions"] == [mine]
    assert (await ana.frame("chat:message"))["message"] == ack["message"]
    name = ack["message"]["id"]
    ack = await mara.ask(type="chat:edit", id=name, body="@Ilya look")
    assert [each["name"] for each in ack["message"]["mentions"]] == ["Ilya"]
    late = await sockets.open(people.guest, room.code)
    assert late.snapshot["messages"] == [ack["message"]]


@told
async def test_only_who_moderates_calls_everybody(sockets, people, room):
    mara = await sockets.open(people.owner, room.code)
    ana = await sockets.open(people.member, room.code)
    said = await mara.ask(type="chat:send", body="@all", nonce="n")
    assert said["message"]["mentions"] == [{"user_id": None, "name": "all"}]
    said = await ana.ask(type="chat:send", body="@all", nonce="n")
    assert (said["type"], said["message"]["mentions"]) == ("ack", [])
    edited = await ana.ask(type="chat:edit", id=said["message"]["id"], body="@all!")
    assert edited["message"]["mentions"] == []


@stored
def test_naming_more_than_twenty_is_refused_in_words(say, room):
    crowd = [User.objects.create_guest(f"G{n}") for n in range(21)]
    Membership.objects.bulk_create(Membership(room=room, user=u, role="guest") for u in crowd)
    assert say(" ".join(f"@G{n}" for n in range(20)))
    said = say("Hello")
    for attempt in (
        lambda: say(" ".join(f"@G{n}" for n in range(21))),
        lambda: services.message_edit(message=said, body=" ".join(f"@G{n}" for n in range(21))),
    ):
        with pytest.raises(Invalid, match="more than 20 people"):
            attempt()
    assert Message.objects.get(pk=said.pk).body == "Hello"
    assert Mention.objects.count() == 20


@stored
def test_who_left_is_not_meant(say, room, people):
    Membership.objects.filter(user=people.member).update(ended_at=clock.now())
    assert not say("@Ana?").mentions.exists()


@stored
def test_the_names_of_an_erased_person_go_out_of_the_words_of_others(say, room, people, api):
    say("@Ana and @Ilya, what does Ana say?")
    say("not to @Jonas")
    for _ in range(2):
        own_data.erase_all(people.member)
    answer = api(people.owner).get(f"/api/rooms/{room.code}/messages/").json()["results"]
    assert answer[0]["body"] == "@someone and @Ilya, what does Ana say?"
    assert [each["name"] for each in answer[0]["mentions"]] == ["Ilya"]
    assert answer[0]["edited_at"] is None

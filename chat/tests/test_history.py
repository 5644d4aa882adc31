"""The history over the API: pages by cursor, newest last, for members only."""

import pytest

from chat import services
from chat.models import Message
from rooms.access import member_in
from rooms.memberships import member_kick, place_take
from rooms.services import room_create
from syncwatch.lib.ids import uuid7

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(api, room, people):
    caller = api(people.member)

    def get(query="", code=room.code):
        return caller.get(f"/api/rooms/{code}/messages/{query}")

    return get


def bodies(answer):
    return [message["body"] for message in answer.json()["results"]]


def test_an_empty_room_has_an_empty_history(read):
    assert read().json() == {"results": [], "next": None}


def test_pages_go_back_by_cursor_and_each_is_newest_last(read, say):
    for number in range(7):
        say(f"m{number}")
    pages, address = [], "?limit=3"
    while address:
        answer = read(address)
        pages.append(bodies(answer))
        address = (answer.json()["next"] or "").partition("/messages/")[2]
    assert pages == [["m4", "m5", "m6"], ["m1", "m2", "m3"], ["m0"]]


def test_a_page_is_where_it_was_while_new_words_come_in(read, say):
    said = [say(f"m{number}") for number in range(4)]
    say("new")
    assert bodies(read(f"?before={said[2].id}")) == ["m0", "m1"]


def test_what_was_taken_back_is_left_out_and_still_a_cursor(read, say):
    said = [say(f"m{number}") for number in range(3)]
    services.message_delete(message=said[1], by=str(said[1].author_id))
    assert bodies(read()) == ["m0", "m2"]
    assert bodies(read(f"?before={said[1].id}")) == ["m0"]


def test_what_was_never_told_is_left_out(read, say, room, people):
    say("told")
    Message.objects.create(room=room, author=people.owner, body="lost", nonce="n")
    assert bodies(read()) == ["told"]


def test_fifty_come_at_once_and_two_hundred_at_most(read, say):
    for number in range(52):
        say(f"m{number}")
    assert len(bodies(read())) == 50
    assert len(bodies(read("?limit=200"))) == 52


@pytest.mark.parametrize(
    "query",
    ["?limit=0", "?limit=201", "?limit=-1", "?limit=x", "?limit=1e3", "?before=nonsense",
     "?after=1"],
)  # fmt: skip
def test_a_wrong_question_is_refused(read, query):
    answer = read(query)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid")


def test_before_a_message_of_another_room_there_is_nothing(read, say, people):
    say("here")
    other = room_create(owner=people.owner, name="Elsewhere")
    foreign = services.message_send(
        room_id=str(other.id), author_id=str(people.owner.id), body="Hi", nonce="n"
    )
    for target in (foreign.id, uuid7()):
        assert read(f"?before={target}").json() == {"results": [], "next": None}


def test_the_fields_of_a_message_are_those_of_the_room_socket(read, say, people):
    said = say("Hello", media_time_s=3.5)
    [message] = read().json()["results"]
    assert message == {
        "id": str(said.id), "seq": said.seq, "kind": "text", "body": "Hello",
            "deed": None,
        "author": {"id": str(people.owner.id), "display_name": "Mara", "guest": False,
                   "avatar": people.owner.avatar, "picture": None},
        "created_at": said.created_at.isoformat(), "edited_at": None, "item_id": None,
        "media_time": 3.5, "reply_to": None, "reply": None, "reactions": [], "mentions": [],
        "pinned": False, "poll": None, "style": None, "roll": None, "nonce": said.nonce,
    }  # fmt: skip


def test_only_members_read_a_room(api, room, people, say):
    say("secret")
    path = f"/api/rooms/{room.code}/messages/"
    nobody = api().get(path)
    stranger = api(people.stranger).get(path)
    assert (nobody.status_code, stranger.status_code) == (401, 403)
    assert stranger.json()["error"]["code"] == "not_a_member"
    hidden = room_create(owner=people.owner, name="Hidden", visibility="private")
    for code in (hidden.code, "nosuchroom00"):
        answer = api(people.stranger).get(f"/api/rooms/{code}/messages/")
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")


def test_who_was_removed_reads_no_more(api, room, people, say, read):
    say("secret")
    place_take(user=people.member, room=room, role="member")
    actor, target = (member_in(room, str(user.id)) for user in (people.owner, people.member))
    member_kick(actor=actor, target=target)
    assert read().status_code == 403


def test_a_page_takes_as_many_queries_whatever_its_length(
    read, say, people, django_assert_max_num_queries
):
    for number in range(20):
        say(f"m{number}", by=[people.owner, people.member, people.guest][number % 3])
    with django_assert_max_num_queries(9):
        assert len(bodies(read())) == 20

"""Shadow mutes over the API: who sets and ends them, what moderators read, what is released."""

import datetime
import threading

import pytest
from django.db import connection

from accounts import own_data
from accounts.models import AuditEntry, User
from chat.models import Message, ShadowMute
from rooms import memberships
from rooms.access import member_in
from rooms.models import Measure
from rooms.rights import Change, rights_set
from syncwatch.lib import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(api, people, room):
    """`ask("put", address, by=…, **body)` of Mara's room; by Mara unless told otherwise."""

    def send(verb, address, by=None, **body):
        client = api(by or people.owner)
        return getattr(client, verb)(f"/api/rooms/{room.code}/{address}", body, format="json")

    return send


@pytest.fixture
def moderator(room):
    made = User.objects.create_user("mo", "correct horse", display_name="Mo")
    memberships.place_take(user=made, room=room, role="moderator")
    return made


def mute_of(who):
    return f"members/{who.pk}/shadow-mute/"


def test_it_is_set_changed_listed_and_ended(ask, people, frozen_clock, say):
    first = ask("put", mute_of(people.guest), reason="spam", for_s=600)
    assert first.status_code == 201
    said = first.json()
    assert (said["user"]["display_name"], said["by"]["display_name"]) == ("Ilya", "Mara")
    until = clock.now() + datetime.timedelta(minutes=10)
    assert (said["reason"], said["until"], said["count"]) == ("spam", until.isoformat(), 0)
    say("Nobody reads this", by=people.guest)
    again = ask("put", mute_of(people.guest), reason="worse")
    assert (again.status_code, again.json()["until"], again.json()["count"]) == (200, None, 1)
    assert ask("get", "shadow-mutes/").json()["results"] == [again.json()]
    assert ask("delete", mute_of(people.guest)).status_code == 204
    assert ask("delete", mute_of(people.guest)).status_code == 404
    assert ask("get", "shadow-mutes/").json()["results"] == []
    taken = list(Measure.objects.order_by("id").values_list("action", "reason"))
    assert taken == [("shadow_mute", "spam"), ("shadow_mute", "worse"), ("shadow_unmute", "")]
    assert AuditEntry.objects.filter(action__startswith="room.shadow_").count() == 3
    assert "spam" not in str(list(AuditEntry.objects.values()))


def test_said_twice_it_is_one_measure(ask, people):
    for status in (201, 200):
        assert ask("put", mute_of(people.guest), reason="spam").status_code == status
    assert Measure.objects.count() == ShadowMute.objects.count() == 1


def test_over_it_is_no_more_and_may_be_set_anew(ask, people, frozen_clock):
    ask("put", mute_of(people.guest), for_s=60)
    frozen_clock.advance(60_001)
    assert ask("get", "shadow-mutes/").json()["results"] == []
    assert ask("delete", mute_of(people.guest)).status_code == 404
    assert ask("put", mute_of(people.guest)).status_code == 201
    assert ShadowMute.objects.count() == 1


@pytest.mark.parametrize(
    "body",
    [{"for_s": 0}, {"for_s": "x"}, {"until": "2001-01-01T00:00:00Z"}, {"reason": "x" * 201},
     {"minutes": 5}, {"until": "2099-01-01T00:00:00Z", "for_s": 5}],
)  # fmt: skip
def test_what_is_no_end_is_refused(ask, people, body):
    answer = ask("put", mute_of(people.guest), **body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid")


def test_only_people_below_and_nobody_who_manages_people(ask, people, room, moderator):
    for by, whom in (
        (people.owner, people.owner),
        (moderator, people.owner),
        (moderator, moderator),
        (people.owner, moderator),
        (people.member, people.guest),
    ):
        answer = ask("put", mute_of(whom), by=by)
        assert answer.status_code == 403, (by, whom)
        assert answer.json()["error"]["message"]
    assert ask("put", mute_of(people.member), by=moderator).status_code == 201
    assert ask("put", "members/nobody/shadow-mute/").status_code == 404


def test_whoever_manages_people_reads_nothing_about_themselves(ask, people, room, say, shadow):
    """They were shadow-muted before they were given the right."""
    shadow(people.member)
    mine = say("Nobody reads this", by=people.member)
    actor, target = (member_in(room, str(who.pk)) for who in (people.owner, people.member))
    rights_set(actor=actor, target=target, changes=[Change("moderate", allowed=True)])
    for address in ("shadow-mutes/", "unheard/"):
        assert ask("get", address, by=people.member).json()["results"] == []
    log = ask("get", "moderation/", by=people.member).json()["results"]
    assert [each["action"] for each in log] == ["right"]
    assert ask("delete", mute_of(people.member), by=people.member).status_code == 404
    assert ask("post", f"unheard/{mine.pk}/release/", by=people.member).status_code == 404
    assert len(ask("get", "moderation/").json()["results"]) == 2


def test_what_was_written_comes_in_pages_the_newest_first(ask, api, people, say, shadow):
    shadow(people.guest)
    for number in range(3):
        say(f"n{number}", by=people.guest)
    first = ask("get", "unheard/?limit=2").json()
    assert [each["body"] for each in first["results"]] == ["n2", "n1"]
    older = api(people.owner).get(first["next"]).json()
    assert ([each["body"] for each in older["results"]], older["next"]) == (["n0"], None)


def test_a_release_is_written_down_once_and_again_changes_nothing(ask, people, say, shadow):
    shadow(people.guest, reason="spam")
    said = say("Hello", by=people.guest)
    for _ in range(2):
        answer = ask("post", f"unheard/{said.pk}/release/")
        assert (answer.status_code, answer.json()["message"]["body"]) == (200, "Hello")
    measure = Measure.objects.get(action="release")
    assert (measure.person, measure.facts) == (people.guest, {"message": str(said.pk)})
    assert ask("get", "unheard/").json()["results"] == []
    for gone in ("nothing", "01890000-0000-7000-8000-000000000001"):
        assert ask("post", f"unheard/{gone}/release/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_moderators_at_once_release_it_once(ask, people, say, shadow, moderator, room):
    from rooms import gateway
    from syncwatch.lib import redis

    shadow(people.guest)
    said = say("Hello", by=people.guest)

    def press(by):
        try:
            ask("post", f"unheard/{said.pk}/release/", by=by)
        finally:
            connection.close()

    both = [threading.Thread(target=press, args=(by,)) for by in (people.owner, moderator)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert Measure.objects.filter(action="release").count() == 1
    told = redis.sync().lrange(gateway.key(room.code, "recent"), 0, -1)
    assert sum(str(said.pk).encode() in text for text in told) == 1
    assert Message.objects.get(pk=said.pk).rank is not None


def read(ask, query="", by=None):
    return [each["body"] for each in ask("get", f"messages/{query}", by=by).json()["results"]]


def test_its_author_finds_it_in_history_and_search_and_others_do_not(ask, people, say, shadow):
    say("one")
    shadow(people.guest)
    say("two unheard", by=people.guest)
    said = say("three")
    assert read(ask, by=people.guest) == ["one", "two unheard", "three"]
    assert read(ask) == read(ask, by=people.member) == ["one", "three"]
    assert read(ask, f"?before={said.pk}", by=people.guest) == ["one", "two unheard"]
    assert read(ask, "?q=unheard", by=people.guest) == ["two unheard"]
    assert read(ask, "?q=unheard", by=people.member) == []


def test_pages_of_both_lack_nothing_and_say_nothing_twice(ask, api, people, say, shadow):
    shadow(people.guest)
    for number in range(12):
        say(f"m{number}", by=people.guest if number % 3 else people.owner)
    pages, address = [], f"/api/rooms/{people.owner.pk}/"
    answer = ask("get", "messages/?limit=2", by=people.guest).json()
    while True:
        pages = [each["body"] for each in answer["results"]] + pages
        if not answer["next"]:
            break
        address = answer["next"]
        answer = api(people.guest).get(address).json()
    assert sorted(pages, key=lambda body: int(body[1:])) == [f"m{number}" for number in range(12)]


def test_another_s_is_no_place_to_read_from(ask, people, say, shadow):
    say("one")
    shadow(people.guest)
    said = say("two", by=people.guest)
    assert read(ask, f"?before={said.pk}", by=people.guest) == ["one"]
    assert read(ask, f"?before={said.pk}", by=people.member) == []


def test_beside_the_film_it_stands_at_its_moment_for_its_author(ask, people, room, say, shadow):
    item = "01890000-0000-7000-8000-000000000001"
    type(room).objects.update(now_playing={"item_id": item})
    say("late", media_time_s=9)
    shadow(people.guest)
    say("soon", by=people.guest, media_time_s=5)
    address = f"items/{item}/messages/"

    def found(by, query=""):
        return [each["body"] for each in ask("get", address + query, by=by).json()["results"]]

    assert (found(people.guest), found(people.member)) == (["soon", "late"], ["late"])
    assert found(people.guest, f"?cursor={2**62}:5.0") == ["late"]


def test_their_data_tells_them_and_goes_with_them(ask, people, say, shadow):
    mine = shadow(people.guest, reason="spam")
    say("marker unheard", by=people.guest)
    own = own_data.export_all(people.guest)["chat"]
    assert [(each["body"], each["heard"]) for each in own["messages"]] == [
        ("marker unheard", False)
    ]
    assert [each["reason"] for each in own["shadow_mutes"]] == ["spam"]
    other = ShadowMute.objects.create(room=mine.room, user=people.member, by=people.guest)
    own_data.erase_all(people.guest)
    assert not Message.objects.filter(body__contains="marker").exists()
    assert list(ShadowMute.objects.values_list("pk", "by")) == [(other.pk, None)]

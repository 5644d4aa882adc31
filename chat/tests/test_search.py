"""Finding what was said: whatever the case, nothing but words, the newest first."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import friends
from chat import services
from chat.models import Kind, Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def find(api, room, people):
    def get(q, by=None, **more):
        query = {"q": q, **more}
        return api(by or people.member).get(f"/api/rooms/{room.code}/messages/", query)

    return get


def bodies(answer):
    return [message["body"] for message in answer.json()["results"]]


def test_what_was_said_is_found_whatever_its_case_the_newest_first(say, find):
    for body in (
        "A Rabbit",
        "a hare",
        "RABBITS!",
        "gr\u00fc\u00dfe aus \u00c4ypten",
        "\u00e4ypten",
    ):
        say(body)
    assert bodies(find("rabbit")) == ["RABBITS!", "A Rabbit"]
    assert bodies(find("ÄYPTEN")) == ["äypten", "grüße aus Äypten"]
    assert bodies(find("tiger")) == []


def test_signs_that_mean_something_to_a_database_are_only_signs(say, find):
    for body in ("100% sure", "1000 sure", "a_b", "aXb", "a\\b", "ä.*", "äxx", "'; --"):
        say(body)
    assert bodies(find("0%")) == ["100% sure"]
    assert bodies(find("a_b")) == ["a_b"]
    assert bodies(find("a\\b")) == ["a\\b"]
    assert bodies(find("ä.*")) == ["ä.*"]
    assert bodies(find("';")) == ["'; --"]


def test_pages_go_back_by_cursor(say, find, api, people):
    for n in range(7):
        say(f"rabbit {n}")
        say("hare")
    pages, answer = [], find("rabbit", limit=3)
    while True:
        pages.append(bodies(answer))
        address = answer.json()["next"]
        if not address:
            break
        answer = api(people.member).get(address)
    assert pages == [["rabbit 6", "rabbit 5", "rabbit 4"], ["rabbit 3", "rabbit 2", "rabbit 1"],
                     ["rabbit 0"]]  # fmt: skip


def test_what_is_gone_was_never_told_or_only_happened_is_not_found(say, find, room, people):
    gone = say("rabbit gone")
    services.message_delete(message=gone, by=str(people.owner.id))
    Message.objects.create(room=room, author=people.owner, body="rabbit lost", nonce="n")
    Message.objects.create(room=room, kind=Kind.SYSTEM, body="rabbit joined", nonce="d", rank=1)
    assert bodies(find("rabbit")) == []


@pytest.mark.parametrize("q", ["", "a", " a ", "x" * 101, "a\x00b"])
def test_a_wrong_question_is_refused_in_words(find, q):
    answer = find(q)
    assert answer.status_code == 400
    assert answer.json()["error"]["fields"]["q"]


def test_only_members_search(api, find, people, room):
    path = f"/api/rooms/{room.code}/messages/?q=rabbit"
    assert api().get(path).status_code == 401
    assert find("rabbit", by=people.stranger).json()["error"]["code"] == "not_a_member"


def test_it_has_a_limit_of_its_own(find, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "search": (1, 60, 2)}
    assert [find("rabbit").status_code for _ in range(3)] == [200, 200, 429]


ITEM, OTHER = "01890000-0000-7000-8000-000000000001", "01890000-0000-7000-8000-000000000002"


@pytest.fixture
def told(room, people):
    """`told(body, at, …)`: rabbits in the history, without telling the room; `times` of them."""

    def write(body, at, *, item=ITEM, by="owner", times=1):
        first = Message.objects.count() + 1
        author = getattr(people, by) if by else None
        Message.objects.bulk_create(
            Message(
                room=room, author=author, body=f"rabbit {body}", nonce=f"told-{rank}",
                rank=rank, item_id=item, media_time_s=at,
            )
            for rank in range(first, first + times)
        )  # fmt: skip

    return write


class TestWhatLiesAhead:
    def test_is_left_out_and_nothing_else(self, told, find):
        told("live", None, item=None)
        told("to another film", 900, item=OTHER)
        told("here", 100)
        told("ahead", 100.1)
        told("mine", 800, by="member")
        told("of somebody erased", 800, by=None)
        told("seen before", 300)
        told("at no time of it", None)
        expected = ["at no time of it", "seen before", "mine", "here", "to another film", "live"]
        answer = find("rabbit", item=ITEM, to=100, seen="150-160.5,299-300")
        assert bodies(answer) == [f"rabbit {body}" for body in expected]
        assert len(bodies(find("rabbit"))) == 8, "who says nothing of a film reads all of it"

    def test_costs_no_page_and_no_statement(self, told, find):
        told("known", 10, times=60)
        with CaptureQueriesContext(connection) as before:
            find("rabbit", item=ITEM, to=20, limit=50)
        told("ahead", 500, times=300)
        with CaptureQueriesContext(connection) as after:
            answer = find("rabbit", item=ITEM, to=20, limit=50)
        assert bodies(answer) == ["rabbit known"] * 50
        assert len(after) == len(before)

    def test_is_not_told_by_a_further_page(self, told, find, api, people):
        told("ahead", 500, times=3)
        told("known", 10, times=3)
        answer = find("rabbit", item=ITEM, to=20, limit=2)
        address = answer.json()["next"]
        answer = api(people.member).get(address)
        assert (bodies(answer), answer.json()["next"]) == (["rabbit known"], None)
        answer = find("rabbit ahead", item=ITEM, to=20, limit=2)
        assert answer.json() == {"results": [], "next": None}

    @pytest.mark.parametrize(
        "more",
        [
            {"item": ITEM}, {"to": 5}, {"seen": "1-2"}, {"item": "x", "to": 5},
            {"item": ITEM, "to": -1}, {"item": ITEM, "to": "nan"}, {"item": ITEM, "to": 1e9},
            {"item": ITEM, "to": 5, "seen": ""}, {"item": ITEM, "to": 5, "seen": "1"},
            {"item": ITEM, "to": 5, "seen": "1-2-3"}, {"item": ITEM, "to": 5, "seen": "inf-2"},
            {"item": ITEM, "to": 5, "seen": ",".join(["1-2"] * 61)},
        ],
        ids=lambda more: " ".join(f"{name}={str(value)[:8]}" for name, value in more.items()),
    )  # fmt: skip
    def test_is_asked_for_in_one_form(self, find, more):
        answer = find("rabbit", **more)
        assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid")


@pytest.mark.parametrize("mine", [True, False])
def test_whom_a_block_keeps_apart_are_not_found(told, find, people, mine):
    told("of Mara", None, times=3)
    told("of Ilya", None, by="guest")
    told("of somebody erased", None, by=None)
    one, other = (people.member, people.owner) if mine else (people.owner, people.member)
    friends.block_add(user=one, other=other)
    assert bodies(find("rabbit")) == ["rabbit of somebody erased", "rabbit of Ilya"]

"""Finding what was said: whatever the case, nothing but words, the newest first."""

import pytest

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

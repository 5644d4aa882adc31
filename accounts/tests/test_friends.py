"""/api/friends/: asking, accepting, putting aside, ending it"""

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from accounts import friend_access, friends
from accounts.models import Friendship, Notice, User
from syncwatch.lib import clock
from syncwatch.lib.errors import ApiError

URL = "/api/friends/"


def ask(api, user, other):
    return api(user)("POST", URL, {"username": other.username})


def befriend(one, other):
    friends.friend_ask(user=one, other=other)
    friends.friend_accept(user=other, other=one)


def page(api, user):
    response = api(user)("GET", URL)
    assert response.status_code == 200
    return response.json()


def names(rows):
    return [row["user"]["display_name"] for row in rows]


def test_an_ask_is_seen_by_both_and_makes_nobody_a_friend(api, ana, bob):
    response = ask(api, ana, bob)
    assert response.status_code == 201
    assert response.json()["state"] == "asked"
    assert set(response.json()["user"]) == {"id", "display_name", "guest", "avatar", "picture"}
    mine, theirs = page(api, ana), page(api, bob)
    assert names(mine["asked_by_me"]) == ["Bob"]
    assert names(theirs["asked_me"]) == ["Ana"]
    assert mine["results"] == theirs["results"] == mine["asked_me"] == theirs["asked_by_me"] == []
    assert mine["next"] is None


def test_whatever_the_case_and_by_id_too(api, ana, bob):
    assert api(ana)("POST", URL, {"username": "BOB"}).status_code == 201
    friends.friend_remove(user=ana, other=bob)
    assert api(ana)("POST", URL, {"user_id": str(bob.id)}).status_code == 201


def test_accepting_makes_friends_of_both(api, ana, bob):
    ask(api, ana, bob)
    response = api(bob)("POST", f"{URL}{ana.id}/accept/")
    assert response.status_code == 200
    assert response.json() == {
        "user": friend_access.person(ana), "presence": "offline", "room": None, "since": None,
    }  # fmt: skip
    assert names(page(api, ana)["results"]) == ["Bob"]
    assert names(page(api, bob)["results"]) == ["Ana"]
    assert page(api, ana)["asked_by_me"] == page(api, bob)["asked_me"] == []


def test_said_twice_it_is_one_yes(api, ana, bob):
    ask(api, ana, bob)
    for _ in range(2):
        assert api(bob)("POST", f"{URL}{ana.id}/accept/").status_code == 200
    assert Notice.objects.filter(kind="friend_accepted").count() == 1


def test_asking_back_accepts(api, ana, bob):
    ask(api, ana, bob)
    assert ask(api, bob, ana).json()["state"] == "accepted"
    assert names(page(api, ana)["results"]) == ["Bob"]


def test_who_asked_cannot_accept_for_the_other(api, ana, bob, code_of):
    ask(api, ana, bob)
    assert code_of(api(ana)("POST", f"{URL}{bob.id}/accept/")) == "not_found"


@pytest.mark.parametrize("verb", ["accept", "decline"])
def test_there_is_nothing_to_answer_where_nobody_asked(api, ana, bob, code_of, verb):
    assert code_of(api(ana)("POST", f"{URL}{bob.id}/{verb}/")) == "not_found"


def test_put_aside_it_looks_unanswered_to_who_asked(api, ana, bob, code_of):
    ask(api, ana, bob)
    assert api(bob)("POST", f"{URL}{ana.id}/decline/").status_code == 204
    assert page(api, bob)["asked_me"] == []
    assert names(page(api, ana)["asked_by_me"]) == ["Bob"]
    assert code_of(ask(api, ana, bob)) == "already_asked"
    assert code_of(api(bob)("POST", f"{URL}{ana.id}/decline/")) == "not_found"
    assert ask(api, bob, ana).json()["state"] == "accepted"


def test_an_ask_can_be_taken_back(api, ana, bob):
    ask(api, ana, bob)
    assert api(ana)("DELETE", f"{URL}{bob.id}/").status_code == 204
    assert page(api, ana)["asked_by_me"] == page(api, bob)["asked_me"] == []
    assert not Notice.objects.exists()


def test_either_ends_a_friendship_once(api, ana, bob, code_of):
    befriend(ana, bob)
    assert api(bob)("DELETE", f"{URL}{ana.id}/").status_code == 204
    assert page(api, ana)["results"] == page(api, bob)["results"] == []
    assert code_of(api(bob)("DELETE", f"{URL}{ana.id}/")) == "not_found"


def test_an_ask_of_the_other_is_not_mine_to_take_back(api, ana, bob, code_of):
    ask(api, ana, bob)
    assert code_of(api(bob)("DELETE", f"{URL}{ana.id}/")) == "not_found"


@pytest.mark.parametrize(
    ("first", "code"), [("nothing", "already_asked"), ("yes", "already_friends")]
)
def test_asking_twice_says_why_not(api, ana, bob, code_of, first, code):
    ask(api, ana, bob)
    if first == "yes":
        friends.friend_accept(user=bob, other=ana)
    response = ask(api, ana, bob)
    assert (response.status_code, code_of(response)) == (409, code)


def test_nobody_asks_themselves(api, ana, code_of):
    response = ask(api, ana, ana)
    assert (response.status_code, code_of(response)) == (400, "invalid")
    assert "username" in response.json()["error"]["fields"]


@pytest.mark.parametrize(
    "body",
    [
        {}, {"username": "x"}, {"username": 7}, {"user_id": "x"}, {"name": "bob"},
        {"username": "bob", "user_id": "01890000-0000-7000-8000-000000000000"}, "[]", "{",
    ],
)  # fmt: skip
def test_what_is_malformed_is_refused(api, ana, bob, body):
    assert api(ana)("POST", URL, body).status_code == 400


def test_there_must_be_such_a_person(api, ana, bob, code_of):
    unknown = "01890000-0000-7000-8000-000000000000"
    User.objects.filter(pk=bob.pk).update(deleted_at=clock.now())
    for body in ({"username": "nobody"}, {"username": "bob"}, {"user_id": unknown}):
        assert code_of(api(ana)("POST", URL, body)) == "not_found"
    for path in ("x/accept/", f"{unknown}/decline/", f"{unknown}/block/"):
        assert code_of(api(ana)("POST", URL + path)) == "not_found"
    for path in ("x/", f"{unknown}/", "x/block/", f"{unknown}/block/"):
        assert code_of(api(ana)("DELETE", URL + path)) == "not_found"


def test_guests_make_an_account_first(api, visitor, bob, code_of):
    response = ask(api, visitor, bob)
    assert (response.status_code, code_of(response)) == (403, "account_needed")
    response = api(bob)("POST", URL, {"user_id": str(visitor.id)})
    assert (response.status_code, code_of(response)) == (409, "has_no_account")
    assert page(api, visitor)["results"] == []


def test_asks_have_a_limit(api, ana, bob, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "friend_ask": (1, 3600, 2)}
    answers = [ask(api, ana, bob).status_code for _ in range(3)]
    assert answers == [201, 409, 429]


def test_there_is_a_most_of_friends(api, ana, bob, code_of, monkeypatch):
    monkeypatch.setattr(friends, "FRIENDS_MAX", 1)
    cleo = User.objects.create_user("cleo", "x", display_name="Cleo")
    befriend(ana, bob)
    assert code_of(ask(api, ana, cleo)) == "friends_full"
    friends.friend_ask(user=cleo, other=ana)
    assert code_of(api(ana)("POST", f"{URL}{cleo.id}/accept/")) == "friends_full"
    friends.friend_remove(user=ana, other=bob)
    assert api(ana)("POST", f"{URL}{cleo.id}/accept/").status_code == 200


def test_a_closed_account_is_missing_until_it_comes_back(api, ana, bob):
    befriend(ana, bob)
    User.objects.filter(pk=bob.pk).update(deleted_at=clock.now())
    assert page(api, ana)["results"] == []
    User.objects.filter(pk=bob.pk).update(deleted_at=None)
    assert names(page(api, ana)["results"]) == ["Bob"]


def rows(one, other):
    low, high = friend_access.ordered(one, other)
    return {
        "the other way round": {"low": high, "high": low, "asked_by": one},
        "with oneself": {"low": one, "high": one, "asked_by": one},
        "asked by a third": {"low": low, "high": high, "asked_by": "third"},
        "accepted at no time": {"low": low, "high": high, "asked_by": one, "state": "accepted"},
    }


@pytest.mark.parametrize("wrong", rows(User(), User()))
def test_the_database_refuses_what_cannot_be(ana, bob, visitor, wrong):
    fields = rows(ana, bob)[wrong]
    if fields["asked_by"] == "third":
        fields["asked_by"] = visitor
    with pytest.raises(IntegrityError), transaction.atomic():
        Friendship.objects.create(**fields)


def test_the_database_knows_one_row_for_two(ana, bob):
    friends.friend_ask(user=ana, other=bob)
    low, high = friend_access.ordered(ana, bob)
    with pytest.raises(IntegrityError), transaction.atomic():
        Friendship.objects.create(low=low, high=high, asked_by=bob)


def at_once(*deeds):
    """Each deed in a thread and a connection of its own; answers what they said."""
    answers = []
    start = threading.Barrier(len(deeds))

    def run(deed):
        start.wait()
        try:
            deed()
            answers.append("done")
        except ApiError as error:
            answers.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers)


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_each_other_at_once_are_friends(ana, bob):
    for _ in range(10):
        said = at_once(
            lambda: friends.friend_ask(user=ana, other=bob),
            lambda: friends.friend_ask(user=bob, other=ana),
        )
        assert said == ["done", "done"]
        assert Friendship.objects.get().state == "accepted"
        Friendship.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_asked_many_times_at_once_it_is_one_ask(ana, bob):
    said = at_once(*[lambda: friends.friend_ask(user=ana, other=bob)] * 6)
    assert said == ["already_asked"] * 5 + ["done"]
    assert Notice.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_asked_and_blocked_at_once_nothing_reaches_the_blocker(ana, bob):
    for _ in range(10):
        said = at_once(
            lambda: friends.friend_ask(user=ana, other=bob),
            lambda: friends.block_add(user=bob, other=ana),
        )
        assert said == ["done", "done"]
        assert friend_access.asks_to(bob) == []
        assert not Notice.objects.exists()
        assert len(friend_access.asks_by(ana)) == 1
        Friendship.objects.all().delete()
        friends.block_remove(user=bob, other_id=ana.pk)


@pytest.mark.django_db(transaction=True)
def test_accepted_and_blocked_at_once_they_are_no_friends(ana, bob):
    for _ in range(10):
        friends.friend_ask(user=ana, other=bob)
        at_once(
            lambda: friends.friend_accept(user=bob, other=ana),
            lambda: friends.block_add(user=ana, other=bob),
        )
        assert not friend_access.are_friends(ana, bob)
        friends.block_remove(user=ana, other_id=bob.pk)
        Friendship.objects.all().delete()

"""Blocking: silent, and complete"""

import pytest
from django.db import IntegrityError, transaction

from accounts import friend_access, friends
from accounts.models import Block, Notice
from accounts.tests.test_friends import ask, befriend, names, page

URL = "/api/friends/"


def block(api, user, other):
    return api(user)("POST", f"{URL}{other.id}/block/")


def blocked(api, user):
    return api(user)("GET", f"{URL}blocked/").json()


def test_a_block_ends_a_friendship_for_both(api, ana, bob):
    befriend(ana, bob)
    assert block(api, ana, bob).status_code == 204
    assert page(api, ana)["results"] == page(api, bob)["results"] == []


def test_who_is_blocked_is_told_the_same_as_without_an_answer(api, ana, bob, code_of):
    cleo = friend_access.User.objects.create_user("cleo", "x", display_name="Cleo")
    block(api, bob, ana)
    silent, plain = ask(api, ana, bob), ask(api, ana, cleo)
    assert silent.status_code == plain.status_code == 201
    assert silent.json() == plain.json() | {"user": friend_access.person(bob)}
    assert sorted(names(page(api, ana)["asked_by_me"])) == ["Bob", "Cleo"]
    assert code_of(ask(api, ana, bob)) == code_of(ask(api, ana, cleo)) == "already_asked"
    assert api(ana)("DELETE", f"{URL}{bob.id}/").status_code == 204
    assert page(api, ana)["asked_by_me"][0]["user"]["display_name"] == "Cleo"


def test_nothing_reaches_the_blocker(api, ana, bob, code_of):
    ask(api, ana, bob)
    assert Notice.objects.filter(user=bob).count() == 1
    block(api, bob, ana)
    assert page(api, bob)["asked_me"] == []
    assert api(bob)("GET", "/api/notices/").json()["results"] == []
    assert names(page(api, ana)["asked_by_me"]) == ["Bob"]
    for verb in ("accept", "decline"):
        assert code_of(api(bob)("POST", f"{URL}{ana.id}/{verb}/")) == "not_found"


def test_asks_of_the_blocker_are_taken_back(api, ana, bob):
    ask(api, ana, bob)
    block(api, ana, bob)
    assert page(api, bob)["asked_me"] == []
    assert not Notice.objects.filter(user=bob).exists()


def test_who_blocked_is_reminded_of_it(api, ana, bob, code_of):
    block(api, ana, bob)
    response = ask(api, ana, bob)
    assert (response.status_code, code_of(response)) == (409, "blocked_by_you")


def test_hidden_is_mutual_and_says_not_why(api, ana, bob):
    block(api, ana, bob)
    assert names(blocked(api, ana)["results"]) == ["Bob"]
    assert blocked(api, ana)["hidden"] == [str(bob.id)]
    assert blocked(api, bob) == {"results": [], "hidden": [str(ana.id)], "next": None}


def test_both_may_block_and_said_twice_it_is_one(api, ana, bob):
    for user, other in ((ana, bob), (bob, ana), (ana, bob)):
        assert block(api, user, other).status_code == 204
    assert Block.objects.count() == 2
    assert blocked(api, ana)["hidden"] == [str(bob.id)]


def test_taken_back_it_is_over_once(api, ana, bob, code_of):
    block(api, ana, bob)
    assert api(ana)("DELETE", f"{URL}{bob.id}/block/").status_code == 204
    assert blocked(api, ana)["hidden"] == blocked(api, bob)["hidden"] == []
    assert code_of(api(ana)("DELETE", f"{URL}{bob.id}/block/")) == "not_found"
    assert ask(api, ana, bob).status_code == 201


def test_only_who_blocked_takes_it_back(api, ana, bob, code_of):
    block(api, ana, bob)
    assert code_of(api(bob)("DELETE", f"{URL}{ana.id}/block/")) == "not_found"


def test_an_ask_made_meanwhile_is_seen_after_the_block(api, ana, bob):
    block(api, bob, ana)
    ask(api, ana, bob)
    friends.block_remove(user=bob, other_id=ana.pk)
    assert names(page(api, bob)["asked_me"]) == ["Ana"]


def test_guests_block_and_are_blocked(api, visitor, ana):
    assert block(api, visitor, ana).status_code == 204
    assert block(api, ana, visitor).status_code == 204


def test_nobody_blocks_themselves(api, ana, code_of):
    assert code_of(block(api, ana, ana)) == "invalid"
    with pytest.raises(IntegrityError), transaction.atomic():
        Block.objects.create(blocker=ana, blocked=ana)


def test_the_database_knows_a_block_once(ana, bob):
    friends.block_add(user=ana, other=bob)
    with pytest.raises(IntegrityError), transaction.atomic():
        Block.objects.create(blocker=ana, blocked=bob)


def test_there_is_a_most_of_blocks(api, ana, bob, visitor, code_of, monkeypatch):
    monkeypatch.setattr(friends, "BLOCKS_MAX", 1)
    block(api, ana, bob)
    assert code_of(block(api, ana, visitor)) == "conflict"

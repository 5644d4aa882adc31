"""An ask that was put aside, taken back and made again: nobody hears of it for a while"""

import datetime

import pytest

from accounts import friend_access, friends, rules, services, tasks
from accounts.models import Friendship, Notice
from accounts.tests.test_friends import ask, names, page

DAY_MS = 86_400_000
ASIDE_MS = rules.ASIDE_FOR.days * DAY_MS


@pytest.fixture
def aside(ana, bob, frozen_clock):
    """Bob put aside what Ana asked, and she took it back."""
    friends.friend_ask(user=ana, other=bob)
    friends.friend_decline(user=bob, other=ana)
    friends.friend_remove(user=ana, other=bob)


@pytest.mark.parametrize(("days", "still"), [(0, True), (29, True), (30, False), (31, False)])
def test_it_stays_aside_for_thirty_days(days, still):
    at = datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC)
    assert rules.still_aside(at, now=at + datetime.timedelta(days=days)) is still
    assert not rules.still_aside(None, now=at)


@pytest.mark.usefixtures("aside")
def test_made_again_it_looks_new_to_who_asks_and_reaches_nobody(api, ana, bob, code_of):
    cleo = friend_access.User.objects.create_user("cleo", "x", display_name="Cleo")
    for _ in range(2):
        silent, plain = ask(api, ana, bob), ask(api, ana, cleo)
        assert silent.status_code == plain.status_code == 201
        assert silent.json() == plain.json() | {"user": friend_access.person(bob)}
        assert code_of(ask(api, ana, bob)) == code_of(ask(api, ana, cleo)) == "already_asked"
        assert page(api, bob)["asked_me"] == []
        assert not Notice.objects.filter(user=bob).exists()
        for other in (bob, cleo):
            friends.friend_remove(user=ana, other=other)
    assert page(api, ana)["asked_by_me"] == []


@pytest.mark.usefixtures("aside")
def test_taken_back_it_is_gone_for_both(api, ana, bob, code_of):
    assert page(api, ana)["asked_by_me"] == page(api, bob)["asked_me"] == []
    assert code_of(api(ana)("DELETE", f"/api/friends/{bob.id}/")) == "not_found"
    for verb in ("accept", "decline"):
        assert code_of(api(bob)("POST", f"/api/friends/{ana.id}/{verb}/")) == "not_found"
    assert friend_access.shown_to(ana) == friend_access.shown_to(bob) == set()
    assert friend_access.asks_made_count(ana) == 0


@pytest.mark.usefixtures("aside")
def test_the_other_way_round_is_an_ask_like_any(api, ana, bob):
    assert ask(api, bob, ana).json()["state"] == "asked"
    assert names(page(api, ana)["asked_me"]) == ["Bob"]
    assert ask(api, ana, bob).json()["state"] == "accepted"


@pytest.mark.usefixtures("aside")
def test_asking_back_while_it_lies_there_accepts(api, ana, bob):
    ask(api, ana, bob)
    assert ask(api, bob, ana).json()["state"] == "accepted"
    friends.friend_remove(user=bob, other=ana)
    ask(api, ana, bob)
    assert names(page(api, bob)["asked_me"]) == ["Ana"], "once they were friends it is forgotten"


@pytest.mark.usefixtures("aside")
def test_after_the_while_it_is_heard_again(api, ana, bob, frozen_clock):
    frozen_clock.advance(ASIDE_MS - 1)
    ask(api, ana, bob)
    friends.friend_remove(user=ana, other=bob)
    frozen_clock.advance(1)
    ask(api, ana, bob)
    assert names(page(api, bob)["asked_me"]) == ["Ana"]
    assert Notice.objects.filter(user=bob, kind="friend_asked").count() == 1


@pytest.mark.usefixtures("aside")
def test_a_block_in_between_changes_nothing(api, ana, bob):
    ask(api, ana, bob)
    friends.block_add(user=ana, other=bob)
    friends.block_remove(user=ana, other_id=bob.pk)
    ask(api, ana, bob)
    friends.block_add(user=bob, other=ana)
    friends.block_remove(user=bob, other_id=ana.pk)
    assert page(api, bob)["asked_me"] == []
    assert not Notice.objects.exists()


@pytest.mark.usefixtures("aside")
def test_what_is_over_is_swept_away(frozen_clock):
    tasks.sweep()
    assert Friendship.objects.exists()
    frozen_clock.advance(ASIDE_MS)
    tasks.sweep()
    assert not Friendship.objects.exists()


def test_long_put_aside_it_leaves_nothing(ana, bob, frozen_clock):
    friends.friend_ask(user=ana, other=bob)
    friends.friend_decline(user=bob, other=ana)
    frozen_clock.advance(ASIDE_MS)
    friends.friend_remove(user=ana, other=bob)
    assert not Friendship.objects.exists()


@pytest.mark.usefixtures("aside")
def test_erasing_either_leaves_nothing(ana):
    services.account_erase(user=ana)
    assert not Friendship.objects.exists()

"""A date for a room: planned, moved, called off, answered; who hears of it and in which words"""

import datetime

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Notice, User
from rooms import bans, friend_invites, memberships
from rooms.access import place_in
from rooms.evenings.models import Evening, EveningAnswer
from rooms.evenings.rules import Flaw, flaw_of, needed_to_change
from rooms.models import Membership, Room
from rooms.tasks import sweep
from syncwatch.lib import clock

DAY = datetime.timedelta(days=1)


@pytest.fixture
def path(room):
    return f"/api/rooms/{room.code}/evening/"


@pytest.fixture
def plan(api, people, path, frozen_clock):
    """`plan(by, title="…")`: the response to planning an evening, tomorrow unless said else."""

    def put(by=None, **wish):
        wish = {"starts_at": (clock.now() + DAY).isoformat()} | wish
        return api(by or people.owner).put(path, wish, format="json")

    return put


@pytest.fixture
def heard(django_capture_on_commit_callbacks, room):
    """Runs what is published after the commit; answers what the room was told of its date."""
    import json

    from rooms import gateway
    from syncwatch.lib import redis

    def run(do):
        with django_capture_on_commit_callbacks(execute=True):
            do()
        kept = redis.sync().lrange(gateway.key(room.code, "recent"), 0, -1)
        told = [json.loads(text) for text in kept]
        return [event for event in told if event["type"].startswith("evening:")]

    return run


NOW = datetime.datetime(2026, 11, 27, 20, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("minutes", "flaw"),
    [(0, None), (-1, None), (-2, Flaw.PAST), (366 * 24 * 60, None), (366 * 24 * 60 + 1, Flaw.FAR)],
)
def test_a_date_is_to_come_and_not_too_far(minutes, flaw):
    assert flaw_of(NOW + datetime.timedelta(minutes=minutes), now=NOW) == flaw


@pytest.mark.parametrize(
    ("mine", "held", "lacking"),
    [
        (True, {"invite"}, ""),
        (True, set(), "invite"),
        (False, {"invite"}, "settings"),
        (False, {"settings"}, ""),
        (True, {"settings"}, ""),
    ],
)
def test_who_may_invite_plans_and_who_may_change_the_room_changes_any(mine, held, lacking):
    assert needed_to_change(mine=mine, capabilities=held) == lacking


class TestPlanning:
    def test_the_room_has_a_date(self, plan, api, people, path):
        made = plan(title="  Rabbit\n night ", note="Bring\ncarrots")
        assert made.status_code == 201
        told = made.json()
        assert (told["title"], told["note"]) == ("Rabbit night", "Bring\ncarrots")
        assert told["planned_by"]["display_name"] == "Mara"
        assert (told["state"], told["waiting"], told["sequence"]) == ("planned", None, 0)
        assert told["counts"] == {"yes": 0, "maybe": 0, "no": 0}
        read = api(people.guest).get(path).json()
        assert read == {"evening": told, "answer": None}

    def test_said_again_it_is_the_same(self, plan):
        first, again = plan(), plan()
        assert (first.status_code, again.status_code) == (201, 200)
        assert again.json() == first.json()
        assert Evening.objects.count() == 1

    def test_a_room_has_one_to_come_and_keeps_those_that_were(self, plan, room):
        plan()
        with pytest.raises(IntegrityError), transaction.atomic():
            Evening.objects.create(room=room, starts_at=clock.now())
        Evening.objects.update(state="begun")
        assert plan(title="The next").status_code == 201
        assert Evening.objects.count() == 2

    def test_moving_raises_the_sequence_and_tells_the_room(self, plan, heard):
        plan()
        later = (clock.now() + 2 * DAY).isoformat()
        events = heard(lambda: plan(starts_at=later))
        told = events[-1]
        assert (told["type"], told["what"]) == ("evening:changed", "moved")
        assert told["evening"]["sequence"] == 1
        assert heard(lambda: plan(starts_at=later, note="!"))[-1]["what"] == "changed"

    @pytest.mark.parametrize(
        ("starts_at", "words"),
        [
            ("2026-01-01T20:00:00Z", "over already"),
            ("2030-01-01T20:00:00Z", "a year ahead"),
            ("2027-01-16T20:30:00", "with its zone"),
            ("tomorrow", "wrong format"),
            ("2027-02-30T20:30:00Z", "wrong format"),
            (20, "wrong format"),
            (None, "may not be null"),
            ("0001-01-01T00:00:00+14:00", ""),
            ("9999-12-31T23:59:59-14:00", ""),
        ],
    )
    def test_a_date_that_cannot_be_is_refused_in_words(self, plan, starts_at, words):
        refused = plan(starts_at=starts_at)
        assert refused.status_code == 400
        assert words in refused.json()["error"]["fields"]["starts_at"][0]

    @pytest.mark.parametrize(
        "wish",
        [
            {"title": "x" * 121}, {"note": "x" * 501}, {"title": ["x"]}, {"item_id": "no"},
            {"item_id": "0198c0de-0000-7000-8000-000000000000"}, {"colour": "red"},
        ],
    )  # fmt: skip
    def test_what_is_malformed_is_refused(self, plan, wish):
        assert plan(**wish).status_code == 400

    def test_a_member_may_plan_and_change_their_own_and_a_guest_may_not(self, plan, people):
        refused = plan(people.guest)
        assert refused.json()["error"]["code"] == "no_invite"
        assert plan(people.member).status_code == 201
        assert plan(people.member, title="Mine").status_code == 200
        assert plan(people.owner, title="Ours").status_code == 200, "the host changes any"

    def test_only_the_host_changes_that_of_another_one(self, plan, api, people, path):
        plan()
        for refused in (plan(people.member, title="No"), api(people.member).delete(path)):
            assert refused.status_code == 403
            assert refused.json()["error"]["code"] == "no_settings"

    def test_it_is_called_off_once(self, plan, api, people, path, heard):
        plan()
        events = heard(lambda: api(people.owner).delete(path))
        assert (events[-1]["what"], events[-1]["evening"]["state"]) == ("cancelled", "cancelled")
        assert len(heard(lambda: api(people.owner).delete(path))) == len(events), "said again"
        assert api(people.owner).get(path).json() == {"evening": None, "answer": None}

    def test_so_often_at_most(self, plan):
        for day in range(10):
            plan(starts_at=(clock.now() + (day + 1) * DAY).isoformat())
        assert plan().status_code == 429


class TestAnswers:
    def answer(self, api, user, path, said):
        return api(user).put(f"{path}answer/", {"answer": said}, format="json")

    def test_each_has_one_and_the_last_counts(self, plan, api, people, path, heard):
        plan()
        for said in ("no", "yes", "yes"):
            self.answer(api, people.member, path, said)
        told = self.answer(api, people.guest, path, "maybe").json()
        assert told["counts"] == {"yes": 1, "maybe": 1, "no": 0}
        assert [each["display_name"] for each in told["answers"]["yes"]] == ["Ana"]
        assert api(people.member).get(path).json()["answer"] == "yes"
        assert EveningAnswer.objects.count() == 2

    def test_the_same_again_is_not_told_again(self, plan, api, people, path, heard):
        plan()
        events = heard(lambda: self.answer(api, people.member, path, "yes"))
        assert events[-1]["what"] == "answered"
        assert events[-1]["by"] == str(people.member.pk)
        assert heard(lambda: self.answer(api, people.member, path, "yes")) == events

    @pytest.mark.parametrize("said", ["perhaps", "", None, 1, ["yes"]])
    def test_it_is_one_of_three(self, plan, api, people, path, said):
        plan()
        assert self.answer(api, people.member, path, said).status_code == 400

    def test_there_is_nothing_to_answer_without_an_evening(self, api, people, path):
        refused = self.answer(api, people.member, path, "yes")
        assert refused.status_code == 404
        assert "No evening is planned" in refused.json()["error"]["message"]

    def test_who_is_banned_hears_that(self, plan, api, people, path, room):
        plan()
        keeper = Membership.objects.get(room=room, user=people.owner)
        bans.member_ban(actor=keeper, user=people.member, reason="told the end", until=None)
        refused = self.answer(api, people.member, path, "yes").json()["error"]
        assert refused["code"] == "banned"
        assert "told the end" in refused["message"]

    def test_who_leaves_does_not_come(self, plan, api, people, path, room, heard):
        plan()
        self.answer(api, people.member, path, "yes")
        place = Membership.objects.get(room=room, user=people.member)
        events = heard(lambda: memberships.room_leave(membership=place))
        assert events[-1]["evening"]["counts"]["yes"] == 0


class TestWhoHears:
    def kinds(self, user):
        found = Notice.objects.filter(user=user, kind="room_evening")
        return [(notice.data["what"], notice.data["path"]) for notice in found]

    def test_members_with_an_account_and_friends_who_are_invited(self, plan, people, room):
        from accounts import friends

        friend = User.objects.create_user("lena", "correct horse", display_name="Lena")
        friends.friend_ask(user=people.owner, other=friend)
        friends.friend_accept(user=friend, other=people.owner)
        friend_invites.friend_invite(place=place_in(people.owner, room.code), friend=friend)
        plan()
        assert self.kinds(people.member) == [("planned", f"/r/{room.code}")]
        assert self.kinds(people.guest) == self.kinds(people.owner) == []
        assert self.kinds(people.stranger) == []
        ((what, path),) = self.kinds(friend)
        assert (what, path[:3]) == ("planned", "/i/")

    def test_news_of_it_take_the_place_of_older_news(self, plan, api, people, path, room):
        plan()
        plan(starts_at=(clock.now() + 2 * DAY).isoformat())
        assert [what for what, _ in self.kinds(people.member)] == ["moved"]
        plan(starts_at=(clock.now() + 2 * DAY).isoformat(), note="only a word more")
        assert [what for what, _ in self.kinds(people.member)] == ["moved"]
        api(people.owner).delete(path)
        assert [what for what, _ in self.kinds(people.member)] == ["cancelled"]


class TestNearTheStart:
    def test_ten_minutes_later_only_from_the_lobby(self, plan, api, people, path, frozen_clock):
        plan()
        refused = api(people.owner).post(f"{path}later/")
        assert (refused.status_code, refused.json()["error"]["code"]) == (409, "no_lobby")
        frozen_clock.advance(DAY.total_seconds() * 1000 - 60_000)
        told = api(people.owner).post(f"{path}later/").json()
        assert datetime.datetime.fromisoformat(told["starts_at"]) == clock.now() + (
            datetime.timedelta(minutes=11)
        )

    def test_it_cannot_be_begun_without_a_film(self, plan, api, people, path):
        plan()
        refused = api(people.owner).post(f"{path}start/")
        assert (refused.status_code, refused.json()["error"]["code"]) == (409, "no_film")

    def test_a_room_for_one_evening_stays_for_that_evening(self, plan, room, frozen_clock):
        Room.objects.update(temporary=True)
        plan()
        frozen_clock.advance(DAY.total_seconds() * 1000)
        assert sweep() == 0
        Evening.objects.update(state="missed")
        assert sweep() == 1

    def test_a_room_with_plans_is_in_use(self, plan, room):
        from rooms.idle import idle_rooms

        since = clock.now() + datetime.timedelta(days=400)
        assert [each.room for each in idle_rooms(since=since)] == [room]
        plan()
        assert idle_rooms(since=since) == []


def test_home_shows_what_one_could_come_to(plan, api, people, path):
    plan(title="Rabbit night")
    api(people.member).put(f"{path}answer/", {"answer": "yes"}, format="json")
    from rooms.evenings.selectors import at_home

    (card,) = at_home(people.guest)
    assert (card["title"], card["mine"]) == ("Rabbit night", "")
    assert [each["display_name"] for each in card["coming"]] == ["Ana"]
    (own,) = at_home(people.member)
    assert (own["mine"], own["coming"]) == ("yes", []), "oneself is said apart"
    assert at_home(people.stranger) == []


def test_what_one_planned_and_said_is_ones_own(plan, api, people, path):
    from rooms import own

    plan(people.member, title="Mine")
    api(people.member).put(f"{path}answer/", {"answer": "yes"}, format="json")
    kept = own.export(people.member)
    assert kept["evenings_planned"][0]["title"] == "Mine"
    assert kept["evening_answers"][0]["answer"] == "yes"
    own.erase(people.member)
    assert EveningAnswer.objects.count() == 0
    assert Evening.objects.get().planned_by is None

"""Answering an evening from outside: whoever is invited by name, and members who are elsewhere"""

import datetime

import pytest
from channels.db import database_sync_to_async
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import friends
from accounts.models import Notice, User
from rooms import bans, friend_invites, invites, memberships
from rooms.access import place_in
from rooms.evenings.models import Evening, EveningAnswer
from rooms.evenings.selectors import at_home
from rooms.models import Invite, Membership, Room
from syncwatch.lib import clock

pytestmark = pytest.mark.django_db(transaction=True)
in_db = database_sync_to_async
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def evening(room, people, frozen_clock):
    Room.objects.update(visibility="private")
    return Evening.objects.create(
        room=room, starts_at=clock.now() + DAY, planned_by=people.owner, title="Rabbit night"
    )


@pytest.fixture
def lena(people, room):
    """A friend of the host, invited by name and not inside."""
    friend = User.objects.create_user("lena", "correct horse", display_name="Lena")
    friends.friend_ask(user=people.owner, other=friend)
    friends.friend_accept(user=friend, other=people.owner)
    friend_invites.friend_invite(place=place_in(people.owner, room.code), friend=friend)
    return friend


@pytest.fixture
def say(api, room):
    """`say(user, "yes")`: the response to this answer."""

    def put(user, said):
        path = f"/api/rooms/{room.code}/evening/answer/"
        return api(user).put(path, {"answer": said}, format="json")

    return put


@pytest.fixture
def asked(api):
    return lambda user: api(user).get("/api/evenings/").json()["results"]


def answers():
    return list(EveningAnswer.objects.values_list("user__display_name", "answer"))


class TestSomebodyInvited:
    def test_says_so_without_stepping_in(self, say, lena, room):
        told = say(lena, "maybe")
        assert told.status_code == 200
        assert told.json()["counts"] == {"yes": 0, "maybe": 1, "no": 0}
        assert say(lena, "yes").json()["counts"] == {"yes": 1, "maybe": 0, "no": 0}
        assert answers() == [("Lena", "yes")]
        assert not Membership.objects.filter(room=room, user=lena).exists()
        assert Invite.objects.get(for_user=lena).uses == 0

    async def test_the_room_sees_it_at_once(self, say, lena, sockets, people, room):
        mara = await sockets.open(people.owner, room.code)
        await in_db(say)(lena, "yes")
        event = await mara.frame("evening:changed")
        assert (event["what"], event["by"]) == ("answered", str(lena.pk))
        assert [one["display_name"] for one in event["evening"]["answers"]["yes"]] == ["Lena"]

    async def test_the_same_again_is_told_once(self, say, lena, sockets, people, room):
        mara = await sockets.open(people.owner, room.code)
        for said in ("yes", "yes", "no"):
            await in_db(say)(lena, said)
        heard = [(await mara.frame("evening:changed"))["evening"]["counts"] for _ in range(2)]
        assert heard == [{"yes": 1, "maybe": 0, "no": 0}, {"yes": 0, "maybe": 0, "no": 1}]

    def test_reads_how_many_come_and_not_who(self, say, lena, people):
        say(people.member, "yes")
        told = say(lena, "yes").json()
        assert told["counts"]["yes"] == 2
        assert [one["display_name"] for one in told["answers"]["yes"]] == ["Lena"]

    @pytest.mark.parametrize("said", ["perhaps", "", None, 1, ["yes"]])
    def test_says_one_of_three(self, say, lena, said):
        assert say(lena, said).status_code == 400

    def test_keeps_the_answer_on_coming_in(self, say, lena, api, room):
        say(lena, "yes")
        token = Invite.objects.get(for_user=lena).token
        assert api(lena).post(f"/api/invites/{token}/accept/").status_code == 200
        assert api(lena).get(f"/api/rooms/{room.code}/evening/").json()["answer"] == "yes"

    def test_reads_nothing_else_of_the_room(self, lena, api, room):
        for path in ("", "members/", "evening/", "evening.ics"):
            assert api(lena).get(f"/api/rooms/{room.code}/{path}").status_code == 404, path


class TestWhoIsNotAsked:
    def test_nobody_and_a_stranger(self, say, people):
        assert say(None, "yes").status_code == 401
        assert say(people.stranger, "yes").status_code == 404, "the room is hidden"
        Room.objects.update(visibility="unlisted")
        refused = say(people.stranger, "yes")
        assert (refused.status_code, refused.json()["error"]["code"]) == (403, "not_a_member")

    def test_by_the_invitation_of_another_one(self, say, lena, people):
        assert say(people.stranger, "yes").status_code == 404

    @pytest.mark.parametrize("over", ["expired", "used up"])
    def test_by_an_invitation_that_does_not_let_in(self, say, lena, over, asked):
        how = {"expired": {"expires_at": clock.now()}, "used up": {"uses": 1}}
        Invite.objects.update(**how[over])
        assert say(lena, "yes").status_code == 404
        assert asked(lena) == []
        assert at_home(lena) == []

    @pytest.mark.parametrize("host_blocks", [False, True])
    async def test_who_a_block_keeps_apart_comes_no_more(
        self, say, lena, people, room, sockets, host_blocks
    ):
        await in_db(say)(lena, "yes")
        mara = await sockets.open(people.owner, room.code)
        one, two = (people.owner, lena) if host_blocks else (lena, people.owner)
        await in_db(friends.block_add)(user=one, other=two)
        event = await mara.frame("evening:changed")
        assert (event["what"], event["by"]) == ("answered", None)
        assert event["evening"]["counts"] == {"yes": 0, "maybe": 0, "no": 0}
        assert await in_db(answers)() == []

    def test_a_block_leaves_who_has_another_way_in(self, say, lena, people, room):
        friends.friend_ask(user=people.member, other=lena)
        friends.friend_accept(user=lena, other=people.member)
        friend_invites.friend_invite(place=place_in(people.member, room.code), friend=lena)
        say(lena, "yes")
        friends.block_add(user=lena, other=people.owner)
        assert answers() == [("Lena", "yes")], "Ana invited her too"
        friends.block_add(user=people.member, other=lena)
        assert answers() == []

    def test_a_block_leaves_the_answers_of_whoever_is_inside(self, say, lena, people):
        invites.invite_accept(user=lena, invite=Invite.objects.get(for_user=lena))
        say(lena, "yes")
        friends.block_add(user=people.owner, other=lena)
        assert answers() == [("Lena", "yes")]

    def test_who_is_banned_hears_that(self, say, lena, people, room, asked):
        say(lena, "yes")
        keeper = Membership.objects.get(room=room, user=people.owner)
        bans.member_ban(actor=keeper, user=lena, reason="told the end")
        assert answers() == [], "who is let in no more does not come"
        assert say(lena, "yes").json()["error"]["code"] == "banned"
        assert asked(lena) == at_home(lena) == []

    def test_who_was_sent_out_needs_a_newer_invitation(self, say, lena, people, room, api):
        token = Invite.objects.get(for_user=lena).token
        api(lena).post(f"/api/invites/{token}/accept/")
        keeper = Membership.objects.get(room=room, user=people.owner)
        memberships.member_kick(actor=keeper, target=Membership.objects.get(room=room, user=lena))
        Invite.objects.update(uses=0)
        assert say(lena, "yes").status_code == 404

    async def test_an_invitation_that_is_taken_back_takes_the_answer(
        self, say, lena, people, room, api, sockets
    ):
        await in_db(say)(lena, "yes")
        mara = await sockets.open(people.owner, room.code)
        invite = await in_db(Invite.objects.get)(for_user=lena)
        path = f"/api/rooms/{room.code}/invites/{invite.pk}/"
        host = await in_db(api)(people.owner)
        assert (await in_db(host.delete)(path)).status_code == 204
        assert (await mara.frame("evening:changed"))["evening"]["counts"]["yes"] == 0
        assert (await in_db(say)(lena, "yes")).status_code == 404

    def test_there_is_nothing_to_answer_any_more(self, say, lena, asked):
        Evening.objects.update(state="begun")
        assert say(lena, "yes").status_code == 404
        assert asked(lena) == []

    def test_too_often(self, say, lena):
        answered = [say(lena, said).status_code for said in ("yes", "no") * 6]
        assert answered[:10] == [200] * 10
        assert answered[-1] == 429


class TestWhatOneIsAskedTo:
    def test_members_and_who_is_invited_read_it_with_their_answer(
        self, asked, say, lena, people, room, evening
    ):
        say(people.member, "yes")
        told = {
            "id": str(evening.pk), "code": room.code, "room": room.name, "title": "Rabbit night",
            "starts_at": evening.starts_at.isoformat(),
        }  # fmt: skip
        assert asked(people.member) == [told | {"answer": "yes"}]
        assert asked(people.guest) == asked(lena) == [told | {"answer": None}]
        assert asked(people.stranger) == []

    def test_nobody_is_asked_to_sign_in(self, api):
        assert api().get("/api/evenings/").status_code == 401

    def test_the_card_at_home_leads_to_the_door_and_names_who_invites(self, lena, people, say):
        say(people.member, "yes")
        (card,) = at_home(lena)
        invite = Invite.objects.get(for_user=lena)
        assert (card["path"], card["asked_by"]) == (f"/i/{invite.token}", "Mara")
        assert (card["names"], card["mine"]) == ("", ""), "who comes is for those inside"
        (own,) = at_home(people.guest)
        assert (own["path"], own["asked_by"], own["names"]) == (f"/r/{card['code']}", "", "Ana")

    def test_so_many_statements_for_any_number(self, lena, people, evening):
        def taken():
            with CaptureQueriesContext(connection) as seen:
                at_home(lena)
            return len(seen)

        before = taken()
        for name in ("Two", "Three"):
            other = Room.objects.create(name=name, owner=people.owner)
            place = Membership.objects.create(room=other, user=people.owner, role="owner")
            Evening.objects.create(room=other, starts_at=evening.starts_at)
            Invite.objects.create(room=other, created_by=place.user, for_user=lena, max_uses=1)
        assert len(at_home(lena)) == 3
        assert taken() == before


class TestWhoHearsOfIt:
    """Of a date that is moved: under the bell of who could come, and of nobody who could not."""

    @pytest.fixture
    def heard(self, api, people, room, lena):
        def move():
            path = f"/api/rooms/{room.code}/evening/"
            later = {"starts_at": (clock.now() + 2 * DAY).isoformat()}
            assert api(people.owner).put(path, later, format="json").status_code == 200
            return Notice.objects.filter(user=lena, kind="room_evening").exists()

        return move

    def test_whoever_was_invited(self, heard):
        assert heard()

    def test_nobody_who_is_banned(self, heard, people, room, lena):
        bans.member_ban(actor=place_in(people.owner, room.code).membership, user=lena)
        assert not heard()

    def test_nobody_who_was_sent_out(self, heard, people, room, lena):
        invites.invite_accept(user=lena, invite=Invite.objects.get(for_user=lena))
        target = Membership.objects.get(room=room, user=lena)
        memberships.member_kick(actor=place_in(people.owner, room.code).membership, target=target)
        assert not heard()

    @pytest.mark.parametrize("other_way", [False, True])
    def test_nobody_whom_a_block_keeps_apart(self, heard, people, lena, asked, other_way):
        one, two = (people.owner, lena) if other_way else (lena, people.owner)
        friends.block_add(user=one, other=two)
        assert not heard()
        assert asked(lena) == []

"""A host who is gone in the middle of an evening: somebody else has the remote meanwhile"""

import pytest
from channels.db import database_sync_to_async

from rooms import rights, rules, services, standing_in
from rooms.access import member_in
from rooms.gateway.hub import running_hub
from rooms.models import Right, Room
from rooms.rights import Change
from rooms.rules import Present

in_db = database_sync_to_async
OWNER_ALONE = frozenset({"owner"})


class TestWho:
    @pytest.mark.parametrize(
        ("present", "chosen"),
        [
            ([], None),
            ([("ana", "guest", None)], "ana"),
            ([("ana", "guest", None), ("ben", "member", None)], "ben"),
            ([("ana", "guest", None), ("ben", "guest", None)], "ana"),
            ([("ana", "guest", None), ("mara", "owner", None)], None),
            ([("ana", "guest", None), ("ben", "guest", True)], None),
            ([("ana", "member", False), ("ben", "guest", None)], "ben"),
            ([("ana", "member", False)], None),
            ([("mo", "moderator", None), ("ana", "guest", None, True)], "ana"),
        ],
    )
    def test_whoever_is_next_in_rank_and_only_where_nobody_else_can(self, present, chosen):
        people = [Present(*each) for each in present]
        assert rules.standing_in(people, holders=OWNER_ALONE, public=False) == chosen

    def test_no_stranger_of_a_public_room(self):
        people = [Present("ana", "guest", None), Present("ben", "member", None)]
        assert rules.standing_in(people, holders=OWNER_ALONE, public=True) == "ben"
        assert rules.standing_in(people[:1], holders=OWNER_ALONE, public=True) is None

    def test_where_moderators_have_the_remote_one_of_them_is_enough(self):
        people = [Present("ana", "guest", None), Present("mo", "moderator", None)]
        both = frozenset({"owner", "moderator"})
        assert rules.standing_in(people, holders=both, public=False) is None


@pytest.fixture
def hosted(room):
    """Mara's room, where she alone holds the remote."""
    Room.objects.filter(pk=room.pk).update(control="owner")
    return Room.objects.get(pk=room.pk)


@pytest.fixture
async def evening(sockets, people, hosted):
    """Mara, Ana and Ilya are there."""
    return [
        await sockets.open(one, hosted.code) for one in (people.owner, people.member, people.guest)
    ]


@pytest.fixture
def goes(sockets, frozen_clock):
    """`goes(socket)`: they close their tab, and a minute goes by; the others stay."""

    async def pass_by(span_ms):
        frozen_clock.advance(span_ms)
        await running_hub().renew_leases()
        await sockets.run_due()

    async def close(socket, then_ms=standing_in.AFTER_MS):
        await socket.close()
        await pass_by(5_000)
        for span_ms in (20_000, 20_000, then_ms - 40_000):
            await pass_by(span_ms)

    return close


@pytest.fixture
def gives(people, hosted):
    """`gives(user)`: Mara gives them the remote, without an end."""

    def give(user):
        actor, target = (member_in(hosted, str(one.pk)) for one in (people.owner, user))
        rights.rights_set(actor=actor, target=target, changes=[Change("control", True)])

    return in_db(give)


async def told(socket):
    member = (await socket.frame("room:member:updated"))["member"]
    signs = [right["stands_in"] for right in member["rights"] if right["capability"] == "control"]
    return member["user"]["display_name"], signs


@pytest.mark.django_db(transaction=True)
class TestOnTheSocket:
    async def test_somebody_has_the_remote_until_the_host_is_back(
        self, evening, goes, sockets, people, hosted
    ):
        mara, ana, ilya = evening
        assert (await ana.ask(type="sync:pause"))["code"] == "no_control"
        await goes(mara)
        assert await told(ilya) == ("Ana", [True])
        assert (await ana.ask(type="sync:pause"))["type"] == "ack"
        assert (await ilya.ask(type="sync:pause"))["code"] == "no_control"
        await sockets.open(people.owner, hosted.code)
        assert await told(ilya) == ("Ana", [])
        assert (await ana.ask(type="sync:pause"))["code"] == "no_control"

    async def test_not_before_a_minute_has_gone_by(self, evening, goes, sockets, people, hosted):
        mara, ana, _ = evening
        await goes(mara, then_ms=standing_in.AFTER_MS - 1)
        assert await ana.without("room:member:updated")
        await sockets.open(people.owner, hosted.code)
        assert await ana.without("room:member:updated")

    async def test_whoever_stands_in_and_goes_as_well_is_followed(self, evening, goes):
        mara, ana, ilya = evening
        await goes(mara)
        assert await told(ilya) == ("Ana", [True])
        await goes(ana)
        assert await told(ilya) == ("Ana", [])
        assert await told(ilya) == ("Ilya", [True])

    async def test_a_reload_of_whoever_stands_in_changes_nothing(
        self, evening, goes, sockets, people, hosted
    ):
        mara, ana, ilya = evening
        await goes(mara)
        await told(ilya)
        await ana.close()
        ana = await sockets.open(people.member, hosted.code)
        assert await ilya.without("room:member:updated")
        assert (await ana.ask(type="sync:pause"))["type"] == "ack"

    async def test_where_it_is_lent_nobody_stands_in_before_its_end(
        self, evening, goes, gives, people
    ):
        mara, ana, _ = evening
        await gives(people.guest)
        assert await told(ana) == ("Ilya", [False])
        await goes(mara)
        assert await ana.without("room:member:updated")

    @pytest.mark.parametrize("changes", [{"stand_in": False}, {"control": "everyone"}])
    async def test_the_room_is_set_otherwise_and_it_is_over(
        self, evening, goes, sockets, people, hosted, changes
    ):
        mara, _, ilya = evening
        await goes(mara)
        assert await told(ilya) == ("Ana", [True])
        await in_db(services.room_update)(room=hosted, by=people.owner, changes=changes)
        await sockets.run_due()
        assert await told(ilya) == ("Ana", [])

    async def test_where_the_room_wants_nobody_to_nobody_does(self, evening, goes, hosted):
        mara, ana, _ = evening
        await in_db(Room.objects.filter(pk=hosted.pk).update)(stand_in=False)
        await goes(mara)
        assert await ana.without("room:member:updated")

    async def test_given_by_a_person_it_stays_when_the_host_is_back(
        self, evening, goes, gives, sockets, people, hosted
    ):
        mara, ana, ilya = evening
        await goes(mara)
        await told(ilya)
        await gives(people.member)
        assert await told(ilya) == ("Ana", [False])
        await sockets.open(people.owner, hosted.code)
        assert (await ana.ask(type="sync:pause"))["type"] == "ack"

    async def test_looked_at_again_it_is_no_news(self, evening, goes, hosted):
        mara, _, ilya = evening
        await goes(mara)
        await told(ilya)
        await in_db(standing_in.settle)(hosted.code)
        assert await ilya.without("room:member:updated")
        assert await in_db(Right.objects.filter(stands_in=True).count)() == 1

    async def test_a_room_that_was_closed_meanwhile_is_let_be(self, evening, goes, people, hosted):
        mara, _, _ = evening
        await in_db(services.room_close)(room=hosted, by=people.owner)
        await goes(mara)
        assert await in_db(Right.objects.count)() == 0

"""Asking to come in: who may, who hears of it, who answers, and what the asker is told"""

import pytest
from channels.db import database_sync_to_async
from django.db import IntegrityError, transaction
from django.test import Client

from accounts import friends, sessions
from accounts.models import Notice, User
from rooms import bans, memberships
from rooms.models import Membership, Room
from rooms.places.knocks import AGAIN_AFTER, WAITS_FOR
from rooms.places.models import Knock
from rooms.store import present_sync

in_db = database_sync_to_async
HOUR_MS = 3_600_000
UNKNOWN = "01a21b18-f55a-7606-9166-6705b4d945bb"


@pytest.fixture
def asking(room):
    """Mara's room: for invited people, and others may ask."""
    Room.objects.update(visibility="private", knocks=True)
    room.refresh_from_db()
    return room


@pytest.fixture
def knock(api, room):
    return lambda user: api(user).post(f"/api/rooms/{room.code}/knocks/")


@pytest.fixture
def answer(api, room):
    def give(user, verdict, knock_id=None):
        which = knock_id or Knock.objects.latest("asked_at").id
        return api(user).post(f"/api/rooms/{room.code}/knocks/{which}/{verdict}/")

    return give


def stands(api, user, room):
    return api(user).get(f"/api/rooms/{room.code}/knocks/mine/").json()


def inside(user, room):
    return Membership.objects.filter(user=user, room=room, ended_at=None).exists()


# --- asking ----------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["stranger", "new guest"])
def test_whoever_has_the_code_may_ask(api, knock, people, asking, who):
    user = people.stranger if who == "stranger" else User.objects.create_guest("Noor")
    response = knock(user)
    assert response.status_code == 201
    assert response.json() == {"state": "waiting", "again_s": None}
    assert stands(api, user, asking)["state"] == "waiting"
    assert not inside(user, asking)
    (row,) = api(people.owner).get(f"/api/rooms/{asking.code}/knocks/").json()["results"]
    assert row["user"]["id"] == str(user.id)


def test_its_door_is_seen_and_not_more(api, people, asking, refusal):
    client = api(people.stranger)
    door = client.get(f"/api/rooms/{asking.code}/").json()
    assert (door["asks"], door["visibility"]) == (True, "private")
    assert "me" not in door
    assert refusal(client.get(f"/api/rooms/{asking.code}/members/")) == (403, "not_a_member")
    assert refusal(client.post(f"/api/rooms/{asking.code}/join/")) == (403, "ask_first")


def test_asking_again_is_one_ask(knock, people, asking):
    assert [knock(people.stranger).status_code for _ in range(3)] == [201, 200, 200]
    assert Knock.objects.count() == 1


def test_the_database_holds_one_waiting_ask_a_person(people, asking):
    Knock.objects.create(room=asking, user=people.stranger)
    with pytest.raises(IntegrityError), transaction.atomic():
        Knock.objects.create(room=asking, user=people.stranger)
    Knock.objects.create(room=asking, user=people.stranger, state="declined")


def test_who_is_inside_need_not_ask(knock, people, asking):
    response = knock(people.member)
    assert (response.status_code, response.json()["state"]) == (200, "inside")
    assert not Knock.objects.exists()


@pytest.mark.parametrize(
    ("visibility", "knocks", "expected"),
    [
        ("private", False, (404, "not_found")),
        ("unlisted", True, (409, "door_open")),
        ("public", True, (409, "door_open")),
    ],
)
def test_elsewhere_there_is_no_door_to_ask_at(
    knock, people, room, refusal, visibility, knocks, expected
):
    Room.objects.update(visibility=visibility, knocks=knocks)
    assert refusal(knock(people.stranger)) == expected


def test_nobody_asks_without_a_name(knock, asking, refusal):
    assert refusal(knock(None)) == (401, "not_signed_in")


def test_who_is_banned_hears_so(knock, people, asking, refusal):
    owner = Membership.objects.get(room=asking, user=people.owner)
    bans.member_ban(actor=owner, user=people.stranger, reason="Spoilers")
    response = knock(people.stranger)
    assert refusal(response) == (403, "banned")
    assert "Spoilers" in response.json()["error"]["message"]
    assert not Knock.objects.exists()


def test_who_was_sent_out_hears_so(knock, people, asking, refusal):
    places = Membership.objects.select_related("room", "user")
    owner, ana = (places.get(user=each) for each in (people.owner, people.member))
    memberships.member_kick(actor=owner, target=ana)
    assert refusal(knock(people.member)) == (403, "removed")


def test_a_room_that_lets_nobody_in_says_so(knock, people, asking, refusal):
    Room.objects.update(locked_in=True)
    assert refusal(knock(people.stranger)) == (403, "locked_in")


def test_asking_around_is_counted(api, people, asking, refusal, frozen_clock):
    client, answers = api(people.stranger), []
    for _ in range(6):
        answers.append(client.post(f"/api/rooms/{asking.code}/knocks/").status_code)
        client.delete(f"/api/rooms/{asking.code}/knocks/mine/")
    assert answers == [201] * 5 + [429]


# --- answering -------------------------------------------------------------------------------


def test_admitted_they_are_in_as_a_guest(api, knock, answer, people, asking):
    knock(people.stranger)
    assert answer(people.owner, "admit").status_code == 204
    place = Membership.objects.get(room=asking, user=people.stranger)
    assert (place.role, place.active) == ("guest", True)
    assert stands(api, people.stranger, asking)["state"] == "inside"
    assert answer(people.owner, "admit").status_code == 204, "said again"
    assert Knock.objects.get().answered_by == people.owner
    log = api(people.owner).get(f"/api/rooms/{asking.code}/moderation/").json()["results"]
    assert (log[0]["action"], log[0]["person"]["id"]) == ("admit", str(people.stranger.id))


def test_declined_they_may_ask_again_in_an_hour(
    api, knock, answer, people, asking, refusal, frozen_clock
):
    knock(people.stranger)
    assert answer(people.owner, "decline").status_code == 204
    assert answer(people.owner, "decline").status_code == 204, "said again"
    assert stands(api, people.stranger, asking) == {"state": "declined", "again_s": 3600}
    again = knock(people.stranger)
    assert refusal(again) == (403, "not_now")
    assert again.json()["error"]["retry_after"] == 3600
    frozen_clock.advance(AGAIN_AFTER.total_seconds() * 1000)
    assert knock(people.stranger).status_code == 201


@pytest.mark.parametrize("verdict", ["admit", "decline"])
@pytest.mark.parametrize("before", ["admitted", "declined", "withdrawn"])
def test_what_is_answered_is_not_answered_otherwise(
    people, asking, answer, refusal, verdict, before
):
    Knock.objects.create(room=asking, user=people.stranger, state=before)
    response = answer(people.owner, verdict)
    if verdict == "decline" and before == "declined":
        assert response.status_code == 204
    else:
        assert refusal(response) == (409, "knock_answered")
    assert not inside(people.stranger, asking)


@pytest.mark.parametrize("who", ["member", "guest"])
def test_only_who_looks_after_people_answers(knock, answer, people, asking, refusal, who):
    knock(people.stranger)
    for verdict in ("admit", "decline"):
        assert refusal(answer(getattr(people, who), verdict)) == (403, "no_moderate")


def test_the_asker_cannot_let_themselves_in(knock, answer, people, asking, refusal):
    knock(people.stranger)
    assert refusal(answer(people.stranger, "admit")) == (403, "not_a_member")


@pytest.mark.parametrize("knock_id", ["nonsense", UNKNOWN])
def test_an_unknown_ask_is_not_there(answer, people, asking, refusal, knock_id):
    assert refusal(answer(people.owner, "admit", knock_id)) == (404, "not_found")


def test_another_rooms_ask_is_not_there(api, people, asking, refusal, knock):
    knock(people.stranger)
    other = api(people.member).post("/api/rooms/", {"name": "Mine"}, format="json").json()["code"]
    which = Knock.objects.get().id
    response = api(people.member).post(f"/api/rooms/{other}/knocks/{which}/admit/")
    assert refusal(response) == (404, "not_found")


def test_who_was_banned_meanwhile_is_not_let_in(knock, answer, people, asking, refusal):
    knock(people.stranger)
    owner = Membership.objects.get(room=asking, user=people.owner)
    bans.member_ban(actor=owner, user=people.stranger)
    assert refusal(answer(people.owner, "admit")) == (409, "conflict")
    assert not inside(people.stranger, asking)


def test_going_away_takes_it_back(api, knock, people, asking):
    knock(people.stranger)
    path = f"/api/rooms/{asking.code}/knocks/mine/"
    assert [api(people.stranger).delete(path).status_code for _ in range(2)] == [204, 204]
    assert api(people.owner).get(f"/api/rooms/{asking.code}/knocks/").json()["results"] == []
    assert stands(api, people.stranger, asking)["state"] == "none"


def test_nobody_waits_for_longer_than_a_day(api, knock, people, asking, frozen_clock):
    knock(people.stranger)
    frozen_clock.advance(WAITS_FOR.total_seconds() * 1000)
    assert stands(api, people.stranger, asking)["state"] == "none"
    assert api(people.owner).get(f"/api/rooms/{asking.code}/knocks/").json()["results"] == []
    assert knock(people.stranger).status_code == 201
    assert Knock.objects.count() == 1


# --- the bell --------------------------------------------------------------------------------


def notices(user):
    return Notice.objects.filter(user=user, kind="room_knocked")


def test_it_is_under_the_bell_of_those_who_could_answer(knock, answer, people, asking):
    moderator = User.objects.create_user("mo", "correct horse", display_name="Mo")
    memberships.place_take(user=moderator, room=asking, role="moderator")
    knock(people.stranger)
    (told,) = notices(people.owner)
    data = {"code": asking.code, "name": asking.name, "knock": str(Knock.objects.get().id)}
    assert told.data == data
    assert notices(moderator).count() == 1
    assert not notices(people.member)
    answer(moderator, "admit")
    assert not notices(people.owner), "answered, it is nobody's news any more"


@pytest.mark.django_db(transaction=True)
async def test_who_left_a_moment_ago_hears_it_under_the_bell(sockets, people, asking, knock):
    """For four seconds they count as there, because they may come back; nobody reads meanwhile."""
    mara = await sockets.open(people.owner, asking.code)
    await in_db(knock)(people.stranger)
    assert not await in_db(notices(people.owner).exists)(), "she sees it in the room"
    await in_db(Knock.objects.all().delete)()
    await mara.close()
    assert present_sync(asking.code) == {str(people.owner.pk)}, "not missed yet"
    await in_db(knock)(people.stranger)
    assert await in_db(notices(people.owner).count)() == 1


@pytest.mark.django_db(transaction=True)
async def test_who_left_with_one_of_two_tabs_is_there(sockets, people, asking, knock):
    mara = await sockets.open(people.owner, asking.code)
    await sockets.open(people.owner, asking.code)
    await mara.close()
    await in_db(knock)(people.stranger)
    assert not await in_db(notices(people.owner).exists)()


def test_a_block_keeps_it_from_the_bell(knock, people, asking):
    friends.block_add(user=people.owner, other=people.stranger)
    knock(people.stranger)
    assert not notices(people.owner)


# --- live ------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
class TestLive:
    async def test_those_who_may_answer_see_it_and_nobody_else(
        self, sockets, people, asking, knock, answer
    ):
        mara = await sockets.open(people.owner, asking.code)
        ana = await sockets.open(people.member, asking.code)
        await in_db(knock)(people.stranger)
        told = await mara.frame("room:knock")
        assert "seq" not in told
        assert told["knock"]["user"]["display_name"] == "Jonas"
        assert not await in_db(notices(people.owner).count)(), "who is there needs no bell"
        await in_db(answer)(people.owner, "decline")
        assert (await mara.frame("room:knock:over"))["knock_id"] == told["knock"]["id"]
        assert await ana.without("room:knock")

    @pytest.mark.parametrize("verdict", ["admit", "decline"])
    async def test_the_asker_hears_it_on_their_own_socket(
        self, sockets, people, asking, knock, answer, verdict
    ):
        noor = await in_db(User.objects.create_guest)("Noor")
        door = await sockets.me(noor)
        await in_db(knock)(noor)
        await in_db(answer)(people.owner, verdict)
        told = await door.frame("door:answered")
        assert told == {
            "type": "door:answered", "code": asking.code, "admitted": verdict == "admit",
        }  # fmt: skip
        if verdict == "admit":
            assert (await sockets.open(noor, asking.code)).snapshot["me"]["role"] == "guest"

    @pytest.mark.parametrize("asker_blocks", [False, True])
    async def test_a_block_keeps_it_from_that_keeper_alone(
        self, sockets, people, asking, knock, answer, api, refusal, asker_blocks
    ):
        moderator = await in_db(User.objects.create_user)("mo", "x", display_name="Mo")
        await in_db(memberships.place_take)(user=moderator, room=asking, role="moderator")
        one, other = people.stranger, moderator
        if not asker_blocks:
            one, other = other, one
        await in_db(friends.block_add)(user=one, other=other)
        mara, mo = [await sockets.open(each, asking.code) for each in (people.owner, moderator)]
        assert (await in_db(knock)(people.stranger)).json()["state"] == "waiting"
        assert (await mara.frame("room:knock"))["knock"]["user"]["display_name"] == "Jonas"
        path = f"/api/rooms/{asking.code}/knocks/"
        for keeper, rows in ((people.owner, 1), (moderator, 0)):
            found = await in_db(lambda who=keeper: api(who).get(path).json())()
            assert len(found["results"]) == rows
        for verdict in ("admit", "decline"):
            said = await in_db(answer)(moderator, verdict)
            assert refusal(said) == (404, "not_found")
        assert (await in_db(answer)(people.owner, "admit")).status_code == 204
        await mara.frame("room:knock:over")
        assert await mo.without("room:knock")
        assert await mo.without("room:knock:over")

    async def test_before_that_the_room_is_shut(self, sockets, people, asking, knock):
        await in_db(knock)(people.stranger)
        assert await sockets.refusal(people.stranger, asking.code) == 4403


# --- the page --------------------------------------------------------------------------------


@pytest.fixture
def visit(room):
    def get(user=None):
        client = Client()
        if user is not None:
            client.cookies["access"] = sessions.session_open(user=user, agent="test").access
        return client.get(f"/r/{room.code}")

    return get


@pytest.mark.parametrize("who", ["stranger", None])
def test_the_door_says_that_one_asks(visit, people, asking, who):
    page = visit(getattr(people, who) if who else None)
    assert page.status_code == 200
    assert page.templates[0].name == "rooms/ask.html"
    assert page.context["knock"]["state"] == "none"
    assert "Ask to come in" in page.content.decode()


def test_who_waits_finds_themselves_waiting(visit, knock, people, asking):
    knock(people.stranger)
    assert visit(people.stranger).context["knock"]["state"] == "waiting"


def test_who_is_banned_reads_it_at_the_door(visit, people, asking):
    owner = Membership.objects.get(room=asking, user=people.owner)
    bans.member_ban(actor=owner, user=people.stranger)
    page = visit(people.stranger)
    assert (page.status_code, page.context["problem"]["code"]) == (403, "banned")


# --- one's own -------------------------------------------------------------------------------


def test_what_one_asked_is_exported_and_erased(knock, people, asking):
    from rooms import own

    knock(people.stranger)
    (row,) = own.export(people.stranger)["asks_to_come_in"]
    assert (row["room"], row["state"]) == (asking.name, "waiting")
    own.erase(people.stranger)
    assert not Knock.objects.exists()

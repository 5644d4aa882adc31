"""Banned is out, now and at every door, until the end or until somebody lifts it."""

import pytest
from channels.db import database_sync_to_async

from accounts import own_data
from accounts.models import AuditEntry, User
from chat.models import Message
from rooms import entry, invites, memberships, policy, rules
from rooms.access import member_in
from rooms.models import Ban, Measure, Membership, Room
from syncwatch.lib import clock

in_db = database_sync_to_async
stored = pytest.mark.django_db
ROLES = ("owner", "moderator", "member", "guest")
HOUR_MS = 3_600_000


@pytest.fixture
def ban(api, room):
    def post(actor, target, **body):
        path = f"/api/rooms/{room.code}/members/{target.pk}/ban/"
        return api(actor).post(path, body, format="json")

    return post


@pytest.fixture
def lift(api, room):
    return lambda actor, target: api(actor).delete(f"/api/rooms/{room.code}/bans/{target.pk}/")


@pytest.fixture
def listed(api, room):
    return lambda actor: api(actor).get(f"/api/rooms/{room.code}/bans/")


@pytest.fixture
def join(api, room):
    return lambda who, **body: api(who).post(f"/api/rooms/{room.code}/join/", body, format="json")


def lines():
    return list(Message.objects.filter(kind="system").values_list("body", flat=True))


def test_a_ban_ends_the_place_and_shuts_the_door_in_words(ban, join, people, frozen_clock):
    made = ban(people.owner, people.guest, reason="spoilers", for_s=2 * 3600)
    assert made.status_code == 201
    assert set(made.json()) == {"id", "user", "by", "reason", "until", "created_at"}
    place = Membership.objects.get(user=people.guest)
    assert (place.active, place.ending, place.barred_at) == (False, "banned", None)
    refused = join(people.guest)
    assert refused.status_code == 403
    assert refused.json()["error"] == {
        "code": "banned", "retry_after": 7200.0,
        "message": "You are banned from this room for 2 hours more: spoilers.",
    }  # fmt: skip


def test_everybody_sees_that_and_only_moderators_why(ban, lift, listed, people):
    ban(people.owner, people.guest, reason="told the end")
    ban(people.owner, people.guest, reason="told the end")
    lift(people.owner, people.guest)
    assert lines() == ["Mara banned Ilya", "Mara lifted the ban on Ilya"]
    told = str(list(Message.objects.values_list("deed", "body")))
    assert "told the end" not in told
    assert listed(people.member).status_code == 403
    rows = AuditEntry.objects.filter(action__startswith="room.").order_by("at", "id")
    assert list(rows.values_list("action", "actor_id", "target")) == [
        ("room.ban", people.owner.pk, str(people.guest.pk)),
        ("room.unban", people.owner.pk, str(people.guest.pk)),
    ]
    assert "told the end" not in str(list(rows.values_list("detail")))


def test_the_list_has_those_who_are_kept_out_now(ban, lift, listed, people, frozen_clock):
    ban(people.owner, people.guest, for_s=60)
    frozen_clock.advance(1)
    ban(people.owner, people.stranger, reason="spam")
    names = [row["user"]["display_name"] for row in listed(people.owner).json()["results"]]
    assert names == ["Jonas", "Ilya"]
    frozen_clock.advance(60_000)
    assert [row["reason"] for row in listed(people.owner).json()["results"]] == ["spam"]
    assert lift(people.owner, people.stranger).status_code == 204
    assert listed(people.owner).json() == {"results": [], "next": None}


@pytest.mark.parametrize("known", ["outside", "inside"])
def test_no_invitation_opens_to_the_banned(ban, api, people, room, known):
    owner = member_in(room, str(people.owner.pk))
    who = people.stranger if known == "outside" else people.member
    tokens = [invites.invite_create(room=room, by=owner, role="moderator").token]
    ban(people.owner, who)
    tokens.append(invites.invite_create(room=room, by=owner, for_user=who).token)
    for token in tokens:
        answer = api(who).post(f"/api/invites/{token}/accept/")
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "banned")
    assert [invite.uses for invite in room.invites.all()] == [0, 0]
    assert not Membership.objects.filter(user=who, ended_at=None).exists()


def test_no_password_opens_either_and_none_is_asked_for(ban, join, people, room):
    Room.objects.update(password="md5$x$y")
    ban(people.owner, people.guest)
    assert join(people.guest, password="guess").json()["error"]["code"] == "banned"


def test_a_private_room_stays_hidden_from_who_never_was_inside(ban, api, join, people, room):
    ban(people.owner, people.guest, reason="spam")
    ban(people.owner, people.stranger, reason="spam")
    Room.objects.update(visibility="private")
    assert join(people.guest).json()["error"]["code"] == "banned"
    assert join(people.stranger).json()["error"]["code"] == "not_found"


def test_a_ban_whose_end_is_over_counts_for_nothing(ban, join, people, frozen_clock):
    ban(people.owner, people.guest, for_s=60)
    frozen_clock.advance(59_999)
    assert join(people.guest).status_code == 403
    frozen_clock.advance(1)
    assert join(people.guest).json()["role"] == "guest"
    assert ban(people.owner, people.guest, for_s=60).status_code == 201, "and there is another"
    assert Ban.objects.filter(lifted_at=None).count() == 1


def test_a_lifted_ban_lets_in_again(ban, lift, join, people):
    ban(people.owner, people.guest)
    assert lift(people.owner, people.guest).status_code == 204
    assert join(people.guest).status_code == 200
    again = lift(people.owner, people.guest)
    assert (again.status_code, again.json()["error"]["code"]) == (404, "not_found")


@pytest.mark.parametrize("gone", [{"is_active": False}, {"deleted_at": clock.now()}])
def test_of_whoever_is_gone_for_now_too(ban, lift, listed, people, gone):
    """They stand in the list, so they can be taken off it."""
    ban(people.owner, people.guest)
    User.objects.filter(pk=people.guest.pk).update(**gone)
    assert len(listed(people.owner).json()["results"]) == 1
    assert lift(people.owner, people.guest).status_code == 204


@pytest.mark.parametrize("nobody", ["x", "0", "01a3185c-5000-7000-9172-7a20d7bf81a7"])
def test_nobody_to_let_in_is_said(api, room, people, nobody):
    answer = api(people.owner).delete(f"/api/rooms/{room.code}/bans/{nobody}/")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")


def test_a_ban_does_not_forgive_a_kick(ban, lift, join, people, room):
    owner, guest = (member_in(room, str(each.pk)) for each in (people.owner, people.guest))
    memberships.member_kick(actor=owner, target=guest)
    ban(people.owner, people.guest)
    lift(people.owner, people.guest)
    assert join(people.guest).json()["error"]["code"] == "removed"


def test_said_again_it_takes_the_new_reason_and_end(ban, listed, people):
    first = ban(people.owner, people.guest, reason="spam", for_s=60)
    again = ban(people.owner, people.guest, reason="spam and more")
    assert (again.status_code, again.json()["id"]) == (200, first.json()["id"])
    (row,) = listed(people.owner).json()["results"]
    assert (row["reason"], row["until"]) == ("spam and more", None)
    assert Measure.objects.filter(action="ban").count() == 2


@pytest.mark.parametrize("actor", ROLES)
@pytest.mark.parametrize("held", [*ROLES, "outside"])
def test_only_those_below_are_banned(ban, cast, actor, held):
    target = {"owner": cast["owner"], "outside": cast["stranger"]}.get(held, cast["target"])
    if held in {"moderator", "member"}:
        Membership.objects.filter(user=target).update(role=held)
    rank = rules.RANK
    may = "moderate" in policy.ROLES[actor]
    may = may and rank[actor] > rank.get(held, rank["guest"])
    answer = ban(cast[actor], target)
    oneself = cast[actor] == target
    assert answer.status_code == (201 if may else 409 if oneself and may else answer.status_code)
    assert Ban.objects.exists() is may
    if not may:
        assert answer.status_code in {403, 409}
        assert answer.json()["error"]["message"]


@stored
@pytest.mark.parametrize(
    "body",
    [{"until": "yesterday"}, {"for_s": 0}, {"for_s": 10**9}, {"for_s": "x"}, {"reason": 7 * [1]},
     {"reason": "x" * 201}, {"why": "x"}, {"until": "2020-01-01T00:00:00Z"},
     {"until": "2999-01-01T00:00:00Z", "for_s": 1}],
)  # fmt: skip
def test_malformed_bans_are_refused(ban, people, refusal, body):
    assert refusal(ban(people.owner, people.guest, **body)) == (400, "invalid")
    assert not Ban.objects.exists()


def test_nobody_bans_who_does_not_exist(api, people, room, refusal):
    for who in ("nonsense", str(room.pk)):
        answer = api(people.owner).post(f"/api/rooms/{room.code}/members/{who}/ban/")
        assert refusal(answer) == (404, "not_found")


def test_hidden_characters_go_from_the_reason(ban, people):
    assert ban(people.owner, people.guest, reason="a\u202eb\n c").json()["reason"] == "ab c"


@pytest.mark.parametrize("visibility", ["unlisted", "private"])
def test_the_page_of_the_room_says_it_at_its_door(ban, client, people, room, visibility):
    from accounts import sessions

    ban(people.owner, people.guest, reason="spam")
    Room.objects.update(visibility=visibility)
    client.cookies["access"] = sessions.session_open(user=people.guest, agent="test").access
    page = client.get(f"/r/{room.code}")
    assert (page.status_code, "room: spam." in page.content.decode()) == (403, True)


@pytest.mark.django_db(transaction=True)
async def test_open_sockets_end_with_the_code_of_those_who_are_out(sockets, people, room):
    mara = await sockets.open(people.owner, room.code)
    tabs = [await sockets.open(people.guest, room.code) for _ in range(2)]

    def do():
        from rooms import bans

        bans.member_ban(actor=member_in(room, str(people.owner.pk)), user=people.guest)

    await in_db(do)()
    assert [await each.closing_code() for each in tabs] == [4403, 4403]
    left = await mara.frame("room:member:left")
    assert (left["user_id"], left["reason"]) == (str(people.guest.pk), "banned")
    assert await sockets.refusal(people.guest, room.code) == 4403


def test_it_goes_along_with_the_person_and_is_theirs_to_read(ban, people, room):
    ban(people.owner, people.guest, reason="marker-5c1d")
    assert own_data.export_all(people.guest)["rooms"]["bans"][0]["reason"] == "marker-5c1d"
    own_data.erase_all(people.guest)
    assert not Ban.objects.exists()
    assert not Measure.objects.filter(person=people.guest).exists()


def test_who_banned_may_go_and_the_ban_stays(ban, cast, people, room):
    ban(cast["moderator"], people.guest)
    own_data.erase_all(cast["moderator"])
    assert (Ban.objects.get().by, Measure.objects.get(action="ban").by) == (None, None)


@stored
@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1, "1 minute"), (60, "1 minute"), (61, "2 minutes"), (3600, "60 minutes"),
     (3601, "2 hours"), (172_800, "48 hours"), (172_801, "3 days")],
)  # fmt: skip
def test_a_length_in_words_is_never_shorter_than_it_is(seconds, words):
    assert entry.span_words(seconds) == words


# --- the room that lets nobody in ----------------------------------------------------------


def test_a_locked_room_lets_nobody_new_in(api, join, people, room):
    owner = member_in(room, str(people.owner.pk))
    token = invites.invite_create(room=room, by=owner).token
    patch = api(people.owner).patch(f"/api/rooms/{room.code}/", {"locked_in": True}, format="json")
    assert (patch.json()["locked_in"], patch.json()["locked"]) == (True, False)
    accepted = api(people.stranger).post(f"/api/invites/{token}/accept/")
    for answer in (join(people.stranger), accepted):
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "locked_in")
    assert join(people.guest).status_code == 200, "members come back"
    assert not User.objects.get(pk=people.stranger.pk).memberships.exists()
    door = api(people.stranger).get(f"/api/rooms/{room.code}/").json()
    assert (door["locked_in"], door["locked"]) == (True, False)
    api(people.owner).patch(f"/api/rooms/{room.code}/", {"locked_in": False}, format="json")
    assert join(people.stranger).status_code == 200


@pytest.mark.parametrize(
    ("role", "body", "status"),
    [("moderator", {"slow_mode_s": 5}, 200), ("moderator", {"locked_in": True}, 200),
     ("moderator", {"new_guest_delay_s": 5, "name": "X"}, 403), ("moderator", {}, 403),
     ("member", {"slow_mode_s": 5}, 403), ("owner", {"slow_mode_s": 5, "name": "X"}, 200),
     ("owner", {"slow_mode_s": 3601}, 400), ("owner", {"slow_mode_s": -1}, 400),
     ("owner", {"new_guest_delay_s": 3601}, 400), ("owner", {"locked_in": "yes"}, 400),
     ("owner", {"filters": {}}, 400)],
)  # fmt: skip
def test_moderators_keep_order_and_the_host_keeps_the_rest(api, cast, room, role, body, status):
    answer = api(cast[role]).patch(f"/api/rooms/{room.code}/", body, format="json")
    assert answer.status_code == status, answer.content


def test_what_keeps_order_is_told_to_everybody(api, people, room):
    for body in ({"slow_mode_s": 30}, {"slow_mode_s": 30}, {"new_guest_delay_s": 120},
                 {"locked_in": True}, {"slow_mode_s": 0, "locked_in": False}):  # fmt: skip
        api(people.owner).patch(f"/api/rooms/{room.code}/", body, format="json")
    assert lines() == [
        "Mara turned slow mode on, a message every 30 seconds",
        "Mara lets new guests write after 2 minutes",
        "Mara closed the room to newcomers",
        "Mara turned slow mode off",
        "Mara opened the room to newcomers",
    ]
    last = Measure.objects.filter(action="order").latest("id")
    assert last.facts == {"slow_mode_s": 0, "locked_in": False}


# --- the moderators' log -------------------------------------------------------------------


def test_moderators_read_who_did_what_to_whom_and_why(api, ban, cast, people, room):
    path = f"/api/rooms/{room.code}"
    mo = api(cast["moderator"])
    mute = {"grants": {"chat": {"allowed": False, "for_s": 60}}, "reason": "loud"}
    mo.patch(f"{path}/members/{people.guest.pk}/", mute, format="json")
    mo.delete(f"{path}/members/{people.guest.pk}/", {"reason": "louder"}, format="json")
    ban(cast["moderator"], people.guest, reason="loudest")
    ana = f"{path}/members/{people.member.pk}/"
    api(people.owner).patch(ana, {"role": "moderator"}, format="json")
    log = mo.get(f"{path}/moderation/").json()["results"]
    told = [(row["action"], row["by"]["display_name"], row["person"]["display_name"], row["reason"])
            for row in log]  # fmt: skip
    assert told == [
        ("role", "Mara", "Ana", ""), ("ban", "Mo", "Ilya", "loudest"),
        ("kick", "Mo", "Ilya", "louder"), ("right", "Mo", "Ilya", "loud"),
    ]  # fmt: skip
    assert set(log[0]) == {"id", "action", "by", "person", "reason", "facts", "created_at"}
    assert log[3]["facts"]["capability"] == "chat"
    first = mo.get(f"{path}/moderation/?limit=3").json()
    assert len(mo.get(first["next"]).json()["results"]) == 1
    assert AuditEntry.objects.filter(action__startswith="room.").count() == 4


def test_nobody_reads_there_that_they_were_reported(api, cast, people, room):
    """As in the reports: whom one is about hears nothing of it."""
    path, mo = f"/api/rooms/{room.code}", cast["moderator"]
    for about in (mo, people.guest):
        body = {"kind": "harassment", "user_id": str(about.pk)}
        filed = api(people.member).post(f"{path}/reports/", body, format="json").json()["id"]
        settled = f"{path}/reports/{filed}/"
        api(people.owner).patch(settled, {"state": "dismissed"}, format="json")

    def log(who):
        rows = api(who).get(f"{path}/moderation/").json()["results"]
        return [row["person"]["display_name"] for row in rows if row["action"] == "report"]

    assert log(people.owner) == ["Ilya", "Mo"]
    assert log(mo) == ["Ilya"]
    ana = f"{path}/members/{mo.pk}/"
    api(people.owner).patch(ana, {"grants": {"voice": {"allowed": False}}}, format="json")
    rows = api(mo).get(f"{path}/moderation/").json()["results"]
    assert rows[0]["action"] == "right", "what was done to oneself one may read"

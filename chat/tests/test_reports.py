"""Reports: who may file, what is kept, who sees it, and what becomes of it."""

import pytest
from channels.db import database_sync_to_async

from accounts import own_data
from accounts.models import AuditEntry, User
from chat.models import Report
from chat.services import message_delete, message_edit
from rooms import memberships
from rooms.models import Measure, Room

in_db = database_sync_to_async
pytestmark = pytest.mark.django_db
ITEM = "01890000-0000-7000-8000-000000000001"


@pytest.fixture
def file(api, room):
    def post(who, **body):
        body = {"kind": "spam", **body}
        return api(who).post(f"/api/rooms/{room.code}/reports/", body, format="json")

    return post


@pytest.fixture
def seen(api, room):
    return lambda who, query="": api(who).get(f"/api/rooms/{room.code}/reports/{query}")


@pytest.fixture
def settle(api, room):
    def patch(who, report_id, **body):
        path = f"/api/rooms/{room.code}/reports/{report_id}/"
        return api(who).patch(path, body, format="json")

    return patch


@pytest.fixture
def mo(room):
    made = User.objects.create_user("mo", "correct horse", display_name="Mo")
    memberships.place_take(user=made, room=room, role="moderator")
    return made


def test_a_message_is_kept_as_it_was_with_its_place_in_the_film(file, seen, say, people, room):
    Room.objects.update(now_playing={"item_id": ITEM, "title": "Sintel", "video_id": None})
    said = say("He dies", by=people.guest, media_time_s=61.5)
    filed = file(people.member, message_id=str(said.pk), kind="spoiler", note="again", media_time=9)
    assert filed.status_code == 201
    assert "excerpt" not in filed.json()
    assert filed.json()["state"] == "open"
    message_edit(message=said, body="He lives")
    message_delete(message=said, by=str(people.guest.pk))
    (row,) = seen(people.owner).json()["results"]
    assert (row["excerpt"], row["message_deleted"], row["note"]) == ("He dies", True, "again")
    assert (row["item_id"], row["media_time"]) == (ITEM, 61.5)
    assert (row["reporter"]["display_name"], row["person"]["display_name"]) == ("Ana", "Ilya")


def test_a_person_is_reported_with_the_moment_that_is_on(file, seen, people, room):
    Room.objects.update(now_playing={"item_id": ITEM, "title": "Sintel", "video_id": None})
    memberships.room_leave(membership=room.memberships.get(user=people.guest))
    file(people.member, user_id=str(people.guest.pk), kind="harassment", media_time=12.25)
    (row,) = seen(people.owner).json()["results"]
    assert (row["item_id"], row["media_time"], row["message_id"]) == (ITEM, 12.25, None)
    assert row["person"]["display_name"] == "Ilya"


def test_the_second_answers_with_the_first_until_it_is_settled(file, settle, people):
    first = file(people.member, user_id=str(people.guest.pk))
    again = file(people.member, user_id=str(people.guest.pk), kind="other", note="still")
    assert (again.status_code, again.json()) == (200, first.json())
    assert file(people.owner, user_id=str(people.guest.pk)).status_code == 201, "others may as well"
    settle(people.owner, first.json()["id"], state="done")
    assert file(people.member, user_id=str(people.guest.pk)).status_code == 201


def test_who_may_file(file, say, people, mo):
    said = str(say("x", by=people.guest).pk)
    everybody = (people.owner, mo, people.member, people.guest, people.stranger, None)
    assert [file(who, message_id=said).status_code for who in everybody] == [
        201,
        201,
        201,
        409,
        403,
        401,
    ]
    assert file(people.guest, user_id=str(people.guest.pk)).status_code == 409


def test_who_may_look_and_settle(file, seen, settle, people, mo):
    filed = file(people.member, user_id=str(people.guest.pk)).json()["id"]
    everybody = (people.owner, mo, people.member, people.guest, people.stranger, None)
    assert [seen(who).status_code for who in everybody] == [200, 200, 403, 403, 403, 401]
    assert [settle(who, filed, state="taken").status_code for who in everybody] == [
        200, 200, 403, 403, 403, 401,
    ]  # fmt: skip
    Room.objects.update(visibility="private")
    assert seen(people.stranger).status_code == file(people.stranger, user_id=filed).status_code
    assert seen(people.stranger).status_code == 404


def test_nobody_judges_what_is_about_themselves(file, seen, settle, people, mo):
    filed = file(people.member, user_id=str(mo.pk)).json()["id"]
    assert seen(mo).json()["results"] == []
    assert settle(mo, filed, state="dismissed").status_code == 404
    assert settle(people.owner, filed, state="taken").status_code == 200


@pytest.mark.django_db(transaction=True)
async def test_nobody_hears_that_one_about_themselves_waits(sockets, people, room, file, mo):
    theirs = await sockets.open(mo, room.code)
    mara = await sockets.open(people.owner, room.code)
    await in_db(file)(people.member, user_id=str(mo.pk))
    assert (await mara.frame("room:report"))["count"] == 1
    assert await theirs.without("room:report")
    assert (await sockets.open(mo, room.code)).snapshot["reports"] == 0
    await in_db(file)(people.member, user_id=str(people.guest.pk))
    assert (await mara.frame("room:report"))["count"] == 2
    assert (await theirs.frame("room:report"))["count"] == 1


@pytest.mark.django_db(transaction=True)
async def test_a_new_moderator_hears_what_waits(sockets, api, people, room, file):
    ana = await sockets.open(people.member, room.code)
    await in_db(file)(people.guest, user_id=str(people.owner.pk))
    assert await ana.without("room:report")
    path = f"/api/rooms/{room.code}/members/{people.member.pk}/"
    await in_db(lambda: api(people.owner).patch(path, {"role": "moderator"}, format="json"))()
    assert (await ana.frame("room:report"))["count"] == 1


def test_what_waits_is_open_or_taken(file, seen, settle, people, mo):
    first = file(people.member, user_id=str(people.guest.pk)).json()["id"]
    second = file(people.member, user_id=str(mo.pk)).json()["id"]
    settle(people.owner, first, state="taken")

    def waiting():
        return [row["id"] for row in seen(people.owner, "?state=waiting").json()["results"]]

    assert waiting() == [second, first]
    settle(people.owner, second, state="dismissed")
    assert waiting() == [first]


def test_a_report_is_taken_on_and_settled(file, seen, settle, people):
    filed = file(people.member, user_id=str(people.guest.pk), kind="spam").json()["id"]
    assert settle(people.owner, filed, state="taken").json()["handled_by"]["display_name"] == "Mara"
    for _ in range(2):
        done = settle(people.owner, filed, state="done").json()
    assert (done["state"], bool(done["handled_at"])) == ("done", True)
    assert settle(people.owner, filed, state="taken").status_code == 400
    assert settle(people.owner, filed, state="dismissed").status_code == 200
    assert seen(people.owner, "?state=open").json()["results"] == []
    assert len(seen(people.owner, "?state=dismissed").json()["results"]) == 1
    assert seen(people.owner, "?state=lost").status_code == 400
    facts = [each.facts for each in Measure.objects.filter(action="report").order_by("id")]
    assert [each["state"] for each in facts] == ["taken", "done", "dismissed"]
    assert AuditEntry.objects.filter(action="room.report").first().detail["kind"] == "spam"


@pytest.mark.parametrize(
    "body",
    [{}, {"message_id": "x"}, {"user_id": []}, {"message_id": ITEM, "user_id": ITEM},
     {"user_id": ITEM, "kind": "rude"}, {"user_id": ITEM, "note": "x" * 501},
     {"user_id": ITEM, "media_time": -1}, {"user_id": ITEM, "state": "done"},
     {"user_id": ITEM, "kind": None}],
)  # fmt: skip
def test_malformed_reports_are_refused(file, people, body):
    answer = file(people.member, **body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid")
    assert not Report.objects.exists()


def test_what_is_not_there_is_not_reported(file, settle, say, people, room):
    gone = say("x", by=people.guest)
    message_delete(message=gone, by=str(people.guest.pk))
    memberships.room_leave(membership=room.memberships.get(user=people.guest))  # a line of history
    for body in ({"message_id": str(gone.pk)}, {"message_id": ITEM}, {"user_id": ITEM},
                 {"user_id": str(people.stranger.pk)}):  # fmt: skip
        assert file(people.member, **body).status_code == 404
    assert settle(people.owner, "nonsense", state="done").status_code == 404


def test_there_is_a_limit(file, people, say):
    said = [str(say(f"m{n}", by=people.guest).pk) for n in range(11)]
    answers = [file(people.member, message_id=each).status_code for each in said]
    assert answers == [201] * 10 + [429]


@pytest.mark.django_db(transaction=True)
async def test_only_moderators_hear_how_many_wait(sockets, people, room, file, settle):
    mara = await sockets.open(people.owner, room.code)
    ana = await sockets.open(people.member, room.code)
    assert (mara.snapshot["reports"], ana.snapshot["reports"]) == (0, 0)
    filed = await in_db(file)(people.member, user_id=str(people.guest.pk))
    assert (await mara.frame("room:report")) == {"type": "room:report", "count": 1}
    assert await ana.without("room:report")
    late = await sockets.open(people.owner, room.code)
    assert late.snapshot["reports"] == 1
    await in_db(settle)(people.owner, filed.json()["id"], state="taken")
    assert (await mara.frame("room:report"))["count"] == 0


def test_reports_go_with_the_person_they_are_about(file, say, people, room):
    said = say("marker-9", by=people.guest)
    file(people.member, message_id=str(said.pk))
    file(people.member, user_id=str(people.guest.pk), note="mine-9")
    assert len(own_data.export_all(people.member)["chat"]["reports"]) == 2
    own_data.erase_all(people.member)
    assert set(Report.objects.values_list("reporter", "note")) == {(None, "")}
    own_data.erase_all(people.guest)
    assert not Report.objects.exists()

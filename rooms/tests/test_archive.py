"""A closed room: its people read it, its host deletes it for good, and then nothing is left"""

import pytest
from django.core.management import call_command
from django.test import Client

from accounts import notices, sessions
from accounts.models import AuditEntry, Notice
from rooms import services
from rooms.models import Membership, Room
from syncwatch.lib import clock, redis

pytestmark = pytest.mark.django_db
CODES = ["nonsense", "000000000000", "%00", "ÄÖ"]


@pytest.fixture
def closed(api, people, room):
    assert api(people.owner).delete(f"/api/rooms/{room.code}/").status_code == 204
    room.refresh_from_db()
    return room


@pytest.fixture
def look(api, room):
    return lambda user, below="": api(user).get(f"/api/rooms/{room.code}/archive/{below}")


@pytest.fixture
def drop(api, room):
    def send(user, **body):
        path = f"/api/rooms/{room.code}/archive/"
        return api(user).delete(path, body or {"name": room.name}, format="json")

    return send


@pytest.mark.parametrize("who", ["owner", "member", "guest"])
def test_its_people_read_it(look, people, closed, who):
    body = look(getattr(people, who)).json()
    assert (body["name"], body["me"]["role"]) == (closed.name, who)
    assert body["back_until"] == closed.back_until.isoformat()
    assert look(getattr(people, who), "messages/").status_code == 200
    assert look(getattr(people, who), "queue/").json() == {"results": [], "next": None}


@pytest.mark.parametrize("below", ["", "messages/", "queue/"])
def test_nobody_else_does(look, people, closed, refusal, below):
    assert refusal(look(people.stranger, below)) == (404, "not_found")
    assert refusal(look(None, below)) == (401, "not_signed_in")
    Membership.objects.filter(user=people.member).update(ended_at=clock.now())
    assert refusal(look(people.member, below)) == (404, "not_found")


@pytest.mark.parametrize("below", ["", "messages/", "queue/"])
def test_an_open_room_has_no_archive(look, people, room, refusal, below):
    assert refusal(look(people.owner, below)) == (404, "not_found")


@pytest.mark.parametrize("below", ["", "messages/", "queue/"])
def test_after_a_month_it_is_over(look, people, closed, refusal, below):
    Room.objects.update(back_until=clock.now())
    assert refusal(look(people.owner, below)) == (404, "not_found")


def test_what_those_who_run_the_site_closed_is_not_read(look, people, room, refusal):
    services.room_close(room=room, by=None)
    assert refusal(look(people.owner)) == (404, "not_found")


@pytest.mark.parametrize("code", CODES)
def test_no_such_room(api, people, refusal, code):
    assert refusal(api(people.owner).get(f"/api/rooms/{code}/archive/")) == (404, "not_found")


# --- deleting --------------------------------------------------------------------------------


def test_its_host_deletes_it_by_its_name(drop, people, closed, refusal):
    assert drop(people.owner).status_code == 204
    assert not Room.objects.exists()
    row = AuditEntry.objects.get(action="room.delete_for_good")
    assert (row.actor_id, row.target, row.detail) == (people.owner.pk, str(closed.pk), {})
    assert refusal(drop(people.owner)) == (404, "not_found")


@pytest.mark.parametrize("body", [{"name": "Another"}, {"name": ""}, {"name": None}, {"nam": "x"},
                                  {"name": "sunday rabbit club"}, {"name": "x" * 400}])  # fmt: skip
def test_another_name_deletes_nothing(drop, people, closed, refusal, body):
    assert refusal(drop(people.owner, **body)) == (400, "invalid")
    assert Room.objects.exists()


@pytest.mark.parametrize(
    ("who", "expected"),
    [("member", (403, "forbidden")), ("guest", (403, "forbidden")),
     ("stranger", (404, "not_found")), (None, (401, "not_signed_in"))],
)  # fmt: skip
def test_nobody_else_deletes_it(drop, people, closed, refusal, who, expected):
    assert refusal(drop(who and getattr(people, who))) == expected
    assert Room.objects.exists()


def test_an_open_room_is_closed_first(drop, people, room, refusal):
    assert refusal(drop(people.owner)) == (404, "not_found")
    assert Room.objects.exists()


# --- the page --------------------------------------------------------------------------------


def visit(user, address):
    client = Client()
    if user:
        client.cookies["access"] = sessions.session_open(user=user, agent="test").access
    return client.get(address)


def test_its_address_leads_its_people_there(people, closed):
    assert visit(people.member, f"/r/{closed.code}")["Location"] == f"/r/{closed.code}/closed"
    assert visit(people.stranger, f"/r/{closed.code}").status_code == 404
    assert visit(None, f"/r/{closed.code}").status_code == 404


def test_the_page_offers_what_its_reader_may_do(people, closed):
    page = visit(people.owner, f"/r/{closed.code}/closed").content.decode()
    assert "data-reopen" in page
    assert "data-delete" in page
    page = visit(people.member, f"/r/{closed.code}/closed").content.decode()
    assert closed.name in page
    assert "data-reopen" not in page
    assert "data-delete" not in page
    for user in (people.stranger, None):
        assert visit(user, f"/r/{closed.code}/closed").status_code == 404


def test_of_an_open_room_the_page_leads_inside(people, room):
    assert visit(people.member, f"/r/{room.code}/closed")["Location"] == f"/r/{room.code}"


# --- nothing is left -------------------------------------------------------------------------


def everything():
    """The database as text, and what Redis holds that does not end by itself."""
    import io

    rows = io.StringIO()
    call_command("dumpdata", stdout=rows)
    client = redis.sync()
    live = [client.dump(each) + each for each in client.scan_iter() if client.ttl(each) < 0]
    return rows.getvalue(), b"".join(live)


def test_then_nothing_is_left(api, drop, people, room, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        owner = api(people.owner)
        path = f"/api/rooms/{room.code}/"
        owner.patch(path, {"name": "marker-7f3a", "welcome": "marker-7f3a"}, format="json")
        owner.put(f"{path}address/", {"address": "marker-7f3a"}, format="json")
        owner.put(f"{path}address/", {"address": "marker-7f3a-too"}, format="json")
        owner.post(f"{path}invites/", {}, format="json")
        member = Membership.objects.get(room=room, user=people.member)
        services.ownership_transfer(room=room, by=people.owner, to=member)
        notices.notice_give(
            user=people.owner, kind=Notice.Kind.ROOM_INVITED, from_user=people.member,
            data={"code": room.code, "name": "marker-7f3a"},
        )  # fmt: skip
        redis.sync().set(f"{{room:{room.code}}}:anything", "marker-7f3a")
    rows, live = everything()
    assert "marker-7f3a" in rows
    assert room.code.encode() in live
    with django_capture_on_commit_callbacks(execute=True):
        assert api(people.member).delete(path).status_code == 204
        assert drop(people.member, name="marker-7f3a").status_code == 204
    rows, live = everything()
    for gone in ("marker-7f3a", room.code):
        assert gone not in rows
        assert gone.encode() not in live

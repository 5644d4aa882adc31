"""An evening as a calendar's file: RFC 5545, to the octet"""

import datetime

import pytest

from rooms.evenings import ics
from rooms.evenings.models import Evening
from syncwatch.lib import clock

STARTS = datetime.datetime(2027, 1, 20, 20, 30, tzinfo=datetime.UTC)


@pytest.fixture
def evening(room, people, frozen_clock):
    return Evening.objects.create(
        room=room, starts_at=STARTS, planned_by=people.owner,
        title="Rabbits, foxes; and a \\ backslash", note="First line\nsecond line",
    )  # fmt: skip


@pytest.fixture
def fetch(api, people, room):
    def get(by=people.owner, **more):
        return api(by).get(f"/api/rooms/{room.code}/evening.ics", **more)

    return get


def unfolded(body):
    return body.decode().replace("\r\n ", "").split("\r\n")


def test_it_is_a_calendar_of_one_event(evening, fetch, room):
    answer = fetch()
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="evening.ics"'
    lines = unfolded(answer.content)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert {"VERSION:2.0", "METHOD:PUBLISH", "BEGIN:VEVENT", "END:VEVENT"} <= set(lines)
    assert f"UID:{evening.pk}" in lines
    assert "SEQUENCE:0" in lines
    assert "DTSTART:20270120T203000Z" in lines
    assert "DTEND:20270120T223000Z" in lines
    assert f"DTSTAMP:{clock.now():%Y%m%dT%H%M%SZ}" in lines
    assert "STATUS:CONFIRMED" in lines
    assert f"URL:http://testserver/r/{room.code}" in lines


def test_what_people_write_is_no_structure(evening, fetch):
    lines = unfolded(fetch().content)
    assert "SUMMARY:Rabbits\\, foxes\\; and a \\\\ backslash" in lines
    assert any(line.startswith("DESCRIPTION:First line\\nsecond line\\n\\n") for line in lines)


def test_a_hostile_title_adds_no_line(evening, fetch):
    Evening.objects.update(title="x\r\nATTENDEE:mailto:a@b.example\x00\x0b")
    assert not any(line.startswith("ATTENDEE") for line in unfolded(fetch().content))


@pytest.mark.parametrize("title", ["a" * 120, "ä" * 120, "🐇" * 120, "👩‍👩‍👧" * 24])
def test_no_line_has_more_than_75_octets_and_none_ends_in_a_character(evening, fetch, title):
    Evening.objects.update(title=title)
    body = fetch().content
    for line in body.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()
    assert b"\n" not in body.replace(b"\r\n", b"")
    assert f"SUMMARY:{title}" in unfolded(body)


def test_a_move_is_a_newer_state_of_the_same_event(evening, fetch, api, people, room, frozen_clock):
    before = unfolded(fetch().content)
    frozen_clock.advance(60_000)
    wish = {"starts_at": (STARTS + datetime.timedelta(hours=1)).isoformat()}
    api(people.owner).put(f"/api/rooms/{room.code}/evening/", wish, format="json")
    after = unfolded(fetch().content)
    assert before[6:8] == [f"UID:{evening.pk}", "SEQUENCE:0"]
    assert after[6:8] == [f"UID:{evening.pk}", "SEQUENCE:1"]
    assert "DTSTART:20270120T213000Z" in after


def test_it_is_called_off_in_the_calendar_too(evening, fetch, api, people, room):
    api(people.owner).delete(f"/api/rooms/{room.code}/evening/")
    lines = unfolded(fetch().content)
    assert {"STATUS:CANCELLED", "SEQUENCE:1", f"UID:{evening.pk}"} <= set(lines)


def test_it_is_there_for_the_rooms_people_alone(evening, fetch, people, refusal):
    assert fetch(people.guest, headers={"accept": "text/calendar"}).status_code == 200
    assert refusal(fetch(people.stranger)) == (403, "not_a_member")
    assert refusal(fetch(None)) == (401, "not_signed_in")


def test_a_room_without_one_has_no_file(fetch, refusal, frozen_clock):
    assert refusal(fetch()) == (404, "not_found")


def test_the_address_is_the_public_one(evening, fetch, settings, room):
    settings.PUBLIC_URL = "https://watch.example"
    assert f"URL:https://watch.example/r/{room.code}" in unfolded(fetch().content)


def test_folding_counts_octets():
    assert ics.folded("x" * 75) == "x" * 75
    assert ics.folded("x" * 76) == "x" * 75 + "\r\n x"
    assert ics.folded("é" * 38) == "é" * 37 + "\r\n é"

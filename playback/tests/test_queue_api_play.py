"""POST …/play/: addresses for one session in one room, and when they end."""

import datetime
from contextlib import contextmanager

import pytest
from django.conf import settings as live_settings

from playback.services import item_add
from rooms import gateway, memberships, services
from rooms.access import place_in
from syncwatch.lib import clock, redis
from videos import store as films
from videos.tests import library
from videos.tests.library import fetch

pytestmark = pytest.mark.usefixtures("frozen_clock")  # before anybody signs in

GRANT = {"hls", "expires_at", "duration", "available_until", "poster", "storyboard", "subtitles",
         "audio", "source", "url"}  # fmt: skip


@pytest.fixture
def item(room, people):
    """A film of Mara's on the list of her room, with its objects in the storage."""
    video = library.film(people.owner)
    return item_add(room=room, by=people.owner, video_id=str(video.pk))


@pytest.fixture
def play(room, item):
    path = f"/api/rooms/{room.code}/queue/{item.id}/play/"
    return lambda client: client.post(path)


@pytest.fixture
def guest(api, people):
    """Ilya's client."""
    return api(people.guest)


@pytest.fixture
def later(frozen_clock, django_capture_on_commit_callbacks):
    """`with later(ms):` the world hears of what is done, and time goes on."""

    @contextmanager
    def run(ms=1):
        frozen_clock.advance(1)
        with django_capture_on_commit_callbacks(execute=True):
            yield
        frozen_clock.advance(ms)

    return run


@pytest.fixture
def shown(room, item):
    """`shown(client)`: the film as the list shows it to them."""
    path = f"/api/rooms/{room.code}/queue/"
    return lambda client, **headers: client.get(path, headers=headers).json()["results"][0]


def refused(address):
    answer = fetch(address)
    return answer.status == 403 and b"media_denied" in answer.body


@pytest.mark.parametrize("who", ["owner", "member", "guest"])
def test_everybody_in_the_room_plays_without_owning_the_film(api, people, play, who):
    answer = play(api(getattr(people, who)))
    grant = answer.json()
    assert set(grant) == GRANT
    assert answer["Cache-Control"] == "no-store"
    assert (grant["source"], grant["url"], grant["duration"]) == ("video", None, 60.0)
    assert grant["subtitles"][0]["language"] == "de"
    assert grant["audio"][0]["language"] == "en"
    for address in (grant["hls"], grant["poster"], grant["storyboard"]):
        assert fetch(address).status == 200


def test_it_says_when_to_ask_again(frozen_clock, api, people, play):
    grant = play(api(people.member)).json()
    ends = clock.now() + datetime.timedelta(seconds=live_settings.HLS_TOKEN_TTL_S)
    assert datetime.datetime.fromisoformat(grant["expires_at"]) == ends
    frozen_clock.advance(live_settings.HLS_TOKEN_TTL_S * 1000)
    assert refused(grant["hls"])


def test_it_tells_how_much_of_a_growing_film_there_is(api, people, room):
    video = library.film(people.owner, state="processing", progress=30, available_until=20.0)
    films.live_set(video.pk, {"progress": 40, "available_until": 32.0})
    item = item_add(room=room, by=people.owner, video_id=str(video.pk))
    grant = api(people.guest).post(f"/api/rooms/{room.code}/queue/{item.id}/play/").json()
    assert (grant["available_until"], grant["duration"]) == (32.0, 60.0)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"state": "processing"}, "not_playable"),
        ({"state": "queued"}, "not_playable"),
        ({"state": "failed", "error_code": "x", "error_message": "Bad file."}, "video_failed"),
    ],
)
def test_what_cannot_be_played_says_why(api, people, room, fields, code):
    video = library.film(people.owner, playable=False, objects={}, **fields)
    item = item_add(room=room, by=people.owner, video_id=str(video.pk))
    answer = api(people.guest).post(f"/api/rooms/{room.code}/queue/{item.id}/play/")
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, code)
    assert "Rabbit" in answer.json()["error"]["message"]


@pytest.mark.parametrize(
    ("url", "source"),
    [
        ("https://films.example.org/a.mp4", "file"),
        ("https://films.example.org/a.m3u8", "hls"),
        ("https://youtu.be/aqz-KE-bpKQ", "youtube"),
    ],
)
def test_an_address_outside_is_given_as_it_is(api, people, room, url, source):
    item = item_add(room=room, by=people.owner, url=url)
    grant = api(people.guest).post(f"/api/rooms/{room.code}/queue/{item.id}/play/").json()
    assert set(grant) == GRANT
    assert (grant["source"], grant["url"], grant["expires_at"]) == (source, item.url, None)
    assert grant["hls"] == (item.url if source == "hls" else None)


@pytest.fixture
def member(api, people):
    """Ana's client."""
    return api(people.member)


@pytest.fixture
def sent_out(room, people):
    """Mara sends Ana out."""

    def send_out():
        memberships.member_kick(
            actor=place_in(people.owner, room.code).membership,
            target=place_in(people.member, room.code).membership,
        )

    return send_out


@pytest.fixture
def left(room, people):
    """Ilya leaves."""
    return lambda: memberships.room_leave(membership=place_in(people.guest, room.code).membership)


def test_who_is_sent_out_sees_nothing_after_ten_seconds(member, guest, play, sent_out, later):
    removed, stays = play(member).json()["hls"], play(guest).json()["hls"]
    assert fetch(removed).status == fetch(stays).status == 200
    with later(10_000):
        sent_out()
    assert refused(removed)
    assert fetch(stays).status == 200


def test_who_comes_back_plays_again(people, room, guest, play, later):
    before = play(guest).json()["hls"]
    with later():
        memberships.room_leave(membership=place_in(people.guest, room.code).membership)
    with later():
        memberships.room_join(user=people.guest, room=room)
    assert fetch(play(guest).json()["hls"]).status == 200
    assert refused(before)


@pytest.fixture
def elsewhere(people, item):
    """The address of the same film on the list of another room that Ilya is in."""
    other = services.room_create(owner=people.guest, name="Other")
    memberships.place_take(user=people.owner, room=other, role="member")
    twin = item_add(room=other, by=people.owner, video_id=str(item.video_id))
    return f"/api/rooms/{other.code}/queue/{twin.id}/play/"


def test_leaving_one_room_leaves_another_alone(guest, play, elsewhere, left, later):
    here, there = play(guest).json()["hls"], guest.post(elsewhere).json()["hls"]
    with later():
        left()
    assert refused(here)
    assert fetch(there).status == 200


def test_a_closed_room_shows_nothing(people, room, member, play, later):
    address = play(member).json()["hls"]
    with later():
        services.room_close(room=room, by=people.owner)
    assert refused(address)


def test_signing_out_ends_what_the_session_was_given(api, people, play, later):
    client = api(people.member)
    address, other = play(client).json()["hls"], play(api(people.member)).json()["hls"]
    with later():
        assert client.post("/api/auth/logout/").status_code in (200, 204)
    assert refused(address)
    assert fetch(other).status == 200


def test_sending_out_works_with_redis_away(member, play, sent_out, settings, later):
    settings.REDIS_URL = "unix:///nowhere/redis.sock"
    with later():
        sent_out()
    assert play(member).status_code == 403


def test_nothing_signed_is_ever_told_to_the_room(api, people, item, play, later):
    code = item.room.code
    path, client = f"/api/rooms/{code}/queue/", api(people.owner)
    with later():
        token = play(client).json()["hls"].split("/")[3]
        client.post(f"{path}{item.id}/vote/")
        client.patch(f"{path}{item.id}/", {"title": "x"}, format="json")
    recent = b"".join(redis.sync().lrange(gateway.key(code, "recent"), 0, -1)).decode()
    kept = redis.sync().hget(gateway.key(code, "queue"), "items").decode()
    for text in (recent, kept):
        assert str(item.id) in text
        assert "/media/" not in text
        assert token not in text


# --- pictures on the list ------------------------------------------------------------------


def test_the_list_has_an_address_of_the_picture_for_who_asks(member, shown, sent_out, later):
    address = shown(member)["poster"]
    assert fetch(address).status == 200
    with later(10_000):
        sent_out()
    assert refused(address)


def test_a_film_without_pictures_and_one_outside_have_no_address(room, people, item, guest, shown):
    item.video.posters = 0
    item.video.save()
    outside = item_add(room=room, by=people.owner, url="https://example.org/film.mp4")
    listed = guest.get(f"/api/rooms/{room.code}/queue/").json()["results"]
    assert [each["poster"] for each in listed] == [None, None]
    assert listed[1]["id"] == str(outside.id)


def test_why_a_film_cannot_be_shown_is_said_in_the_language_of_who_asks(item, guest, shown):
    assert shown(guest)["error"] is None
    item.video.state, item.video.error_code = "failed", "too_long"
    item.video.error_message = "The film is 9:00:00 long; 8:00:00 is the most."
    item.video.save()
    assert shown(guest)["error"]["message"] == item.video.error_message
    said = shown(guest, accept_language="de")["error"]
    assert said["code"] == "too_long"
    assert said["message"] == "Der Film ist 9:00:00 lang; höchstens 8:00:00 gehen."

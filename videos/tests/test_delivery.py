"""Signed delivery: what a token opens, what it does not, and when it ends."""

import re
import uuid

import pytest
from django.conf import settings as live_settings

from syncwatch.lib import clock
from videos import delivery
from videos.delivery import Holder
from videos.tests.library import FINISHED, OBJECTS, SEGMENT, fetch, film

HOUR_MS = 3_600_000


@pytest.fixture
def video(people):
    return film(people.owner)


@pytest.fixture
def base(api, people, video):
    """The folder of the film's addresses, for its owner's session."""
    told = api(people.owner).get(f"/api/videos/{video.pk}/").json()
    return told["hls"].removesuffix("master.m3u8")


def refused(answer):
    return answer.status == 403 and b'"code": "media_denied"' in answer.body


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("master.m3u8", "application/vnd.apple.mpegurl"),
        ("source/index.m3u8", "application/vnd.apple.mpegurl"),
        ("source/1-init.mp4", "video/mp4"),
        ("source/1-00000.m4s", "video/iso.segment"),
        ("poster-0.jpg", "image/jpeg"),
        ("sheet-000.jpg", "image/jpeg"),
        ("storyboard.vtt", "text/vtt; charset=utf-8"),
    ],
)
def test_everything_of_a_film_is_delivered(base, name, kind):
    answer = fetch(base + name)
    assert (answer.status, answer.body) == (200, OBJECTS[name])
    assert answer.headers["Content-Type"] == kind
    assert answer.headers["Content-Length"] == str(len(OBJECTS[name]))
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_playlists_name_their_parts_relative_to_the_token(base):
    master = fetch(f"{base}master.m3u8").body.decode()
    uris = [line for line in master.splitlines() if not line.startswith("#")]
    assert uris
    assert fetch(base + uris[0]).body == FINISHED


def flipped(text, at):
    return text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :]


TAMPERED = {
    "no token": lambda exp, scope, mac: "",
    "no mac": lambda exp, scope, mac: f"{exp}.{scope}",
    "empty mac": lambda exp, scope, mac: f"{exp}.{scope}.",
    "short mac": lambda exp, scope, mac: f"{exp}.{scope}.{mac[:-1]}",
    "long mac": lambda exp, scope, mac: f"{exp}.{scope}.{mac}A",
    "first bit of the mac": lambda exp, scope, mac: f"{exp}.{scope}.{flipped(mac, 0)}",
    "middle of the mac": lambda exp, scope, mac: f"{exp}.{scope}.{flipped(mac, 11)}",
    "mac in other case": lambda exp, scope, mac: f"{exp}.{scope}.{mac.swapcase()}",
    "later end": lambda exp, scope, mac: f"{int(exp) + 1}.{scope}.{mac}",
    "zeros before the end": lambda exp, scope, mac: f"0{exp}.{scope}.{mac}",
    "negative end": lambda exp, scope, mac: f"-{exp}.{scope}.{mac}",
    "end in Arabic digits": lambda exp, scope, mac: f"\u0661{exp[1:]}.{scope}.{mac}",
    "later signing": lambda exp, scope, mac: f"{exp}.9{scope[1:]}.{mac}",
    "one scope more": lambda exp, scope, mac: f"{exp}.{scope}~r-x.{mac}",
    "no scope": lambda exp, scope, mac: f"{exp}.{scope.split('~')[0]}.{mac}",
    "scope of another": lambda exp, scope, mac: f"{exp}.{scope[:-1]}0{scope[-1:]}.{mac}",
    "parts moved": lambda exp, scope, mac: f"{exp}{scope[0]}.{scope[1:]}.{mac}",
    "a fourth part": lambda exp, scope, mac: f"{exp}.{scope}.{mac}.x",
    "something before": lambda exp, scope, mac: f"x{exp}.{scope}.{mac}",
    "line feed after": lambda exp, scope, mac: f"{exp}.{scope}.{mac}%0a",
    "very long": lambda exp, scope, mac: f"{exp}.{scope}{'~a' * 5000}.{mac}",
    "nothing but dots": lambda exp, scope, mac: "...",
}


@pytest.mark.parametrize("change", TAMPERED.values(), ids=TAMPERED)
def test_a_token_that_was_touched_opens_nothing(base, change):
    token, rest = re.fullmatch(r"/media/hls/([^/]+)/(.+)", base).groups()
    assert fetch(f"/media/hls/{token}/{rest}master.m3u8").status == 200
    assert refused(fetch(f"/media/hls/{change(*token.split('.'))}/{rest}master.m3u8"))


def test_a_token_opens_its_own_film_only(api, people, base):
    other = film(people.owner)
    token = base.split("/")[3]
    assert refused(fetch(f"/media/hls/{token}/{other.pk}/master.m3u8"))
    assert refused(fetch(f"/media/hls/{token}/{str(other.pk).upper()}/master.m3u8"))


@pytest.mark.parametrize("path", ["x", "master.m3u8", "a/b/c", "//", "../secret"])
def test_an_address_without_token_opens_nothing(db, path):
    assert refused(fetch(f"/media/hls/{path}"))


def test_a_token_of_another_installation_opens_nothing(base, settings):
    settings.SECRET_KEY = "another"
    assert refused(fetch(f"{base}master.m3u8"))


@pytest.mark.parametrize(
    "name",
    [
        "nothing.m3u8", "source/9-00000.m4s", "master.m3u8/", "master", "", ".", "..", "source",
        "../../originals/{id}", "..%2f..%2foriginals/{id}", "%2e%2e/%2e%2e/originals/{id}",
        "source/../master.m3u8", "source//index.m3u8", "/master.m3u8", ".master.m3u8.abc",
        ".hidden.m3u8", "source/.1-00000.m4s.tmp", "a/b/index.m3u8", "master.m3u8%00.jpg",
        "master.M3U8", "film.mkv", "master.m3u8%0a", "..\\master.m3u8", "x.html", "x.js",
    ],
)  # fmt: skip
def test_names_that_are_not_delivered_are_not_found(base, video, name):
    answer = fetch(base + name.format(id=video.pk))
    assert answer.status == 404
    assert b"the original" not in answer.body


def test_originals_have_no_address(video, db):
    assert fetch(f"/media/originals/{video.pk}").status == 404
    assert fetch(f"/media/hls/{video.pk}").status == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_it_is_for_reading_only(base, method):
    answer = fetch(f"{base}master.m3u8", method)
    assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD")


# --- how long ------------------------------------------------------------------------------


def test_an_address_ends_at_its_time(frozen_clock, api, people, video):
    told = api(people.owner).get(f"/api/videos/{video.pk}/").json()
    frozen_clock.advance(live_settings.HLS_TOKEN_TTL_S * 1000 - 1)
    assert fetch(told["hls"]).status == 200
    frozen_clock.advance(1)
    assert refused(fetch(told["hls"]))


def test_the_end_that_is_told_is_the_end(frozen_clock, api, people, video):
    told = api(people.owner).get(f"/api/videos/{video.pk}/").json()
    ends = clock.now().timestamp() + live_settings.HLS_TOKEN_TTL_S
    assert (
        told["expires_at"]
        == clock.datetime.datetime.fromtimestamp(ends, tz=clock.datetime.UTC).isoformat()
    )


def test_no_setting_makes_an_address_outlive_its_revocation(
    frozen_clock, api, people, video, settings
):
    settings.HLS_TOKEN_TTL_S = 10**9
    told = api(people.owner).get(f"/api/videos/{video.pk}/").json()
    frozen_clock.advance(6 * HOUR_MS)
    assert refused(fetch(told["hls"]))


def test_signing_out_ends_the_sessions_addresses_within_ten_seconds(
    frozen_clock, api, people, video, django_capture_on_commit_callbacks
):
    leaving, staying = api(people.owner), api(people.owner)
    left = leaving.get(f"/api/videos/{video.pk}/").json()["hls"]
    stays = staying.get(f"/api/videos/{video.pk}/").json()["hls"]
    assert fetch(left).status == fetch(stays).status == 200
    sid = next(row["id"] for row in leaving.get("/api/auth/sessions/").json()["results"]
               if row["current"])  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        assert staying.delete(f"/api/auth/sessions/{sid}/").status_code == 204
    frozen_clock.advance(10_000)
    assert refused(fetch(left))
    assert fetch(stays).status == 200


def test_what_is_signed_after_an_ending_is_good(frozen_clock, people, video):
    session = uuid.uuid4()
    before = delivery.addresses(video, Holder(session, clock.server_ms(), ("m-room-ana",)))
    other = delivery.addresses(video, Holder(session, clock.server_ms(), ("m-room-bob",)))
    frozen_clock.advance(1)
    delivery.end("m-room-ana")
    raced = delivery.addresses(video, Holder(session, clock.server_ms(), ("m-room-ana",)))
    frozen_clock.advance(1)
    after = delivery.addresses(video, Holder(session, clock.server_ms(), ("m-room-ana",)))
    assert refused(fetch(before["hls"]))
    assert refused(fetch(raced["hls"]))
    frozen_clock.advance(10_000)
    assert fetch(after["hls"]).status == 200
    assert fetch(other["hls"]).status == 200


def test_an_ending_is_known_when_redis_has_gone_away(frozen_clock, people, video, settings):
    holder = Holder(uuid.uuid4(), clock.server_ms(), ("m-room-ana",))
    ended = delivery.addresses(video, holder)["hls"]
    going_on = delivery.addresses(video, Holder(uuid.uuid4(), clock.server_ms()))["hls"]
    delivery.end("m-room-ana")
    assert refused(fetch(ended))
    settings.REDIS_URL = "unix:///nowhere/redis.sock"
    frozen_clock.advance(10_000)
    assert refused(fetch(ended))
    assert fetch(going_on).status == 200


def test_ending_does_not_fail_without_redis(settings):
    settings.REDIS_URL = "unix:///nowhere/redis.sock"
    delivery.end("m-room-ana")


@pytest.mark.parametrize("scope", ["", "a~b", "a.b", "a/b", "ä", "x" * 65])
def test_a_scope_that_would_not_survive_an_address_is_refused(people, video, scope):
    with pytest.raises(ValueError, match="scopes"):
        delivery.addresses(video, Holder(uuid.uuid4(), 1, (scope,)))


# --- where ---------------------------------------------------------------------------------


def test_addresses_lead_to_the_cdn_where_there_is_one(api, people, video, settings):
    settings.MEDIA_CDN_URL = "https://cdn.example.org"
    told = api(people.owner).get(f"/api/videos/{video.pk}/").json()
    addresses = [told["hls"], told["poster"], told["storyboard"], *told["posters"]]
    addresses += [track["url"] for track in told["subtitles"]]
    assert all(each.startswith("https://cdn.example.org/media/hls/") for each in addresses)
    settings.PUBLIC_URL = "https://watch.example.org"
    answer = fetch(told["hls"].removeprefix("https://cdn.example.org"))
    assert answer.status == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "https://watch.example.org"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_listed_origins_may_read_and_others_may_not(base, settings):
    settings.CORS_ALLOWED_ORIGINS = ["https://app.example.org"]
    friend = fetch(f"{base}master.m3u8", Origin="https://app.example.org")
    assert friend.headers["Access-Control-Allow-Origin"] == "https://app.example.org"
    assert "Origin" in friend.headers["Vary"].title()
    foe = fetch(f"{base}master.m3u8", Origin="https://evil.example.org")
    assert "Access-Control-Allow-Origin" not in foe.headers


def test_without_listed_origins_it_stays_at_home(base):
    answer = fetch(f"{base}master.m3u8", Origin="https://evil.example.org")
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


# --- nginx asks ----------------------------------------------------------------------------


def test_nginx_is_told_yes_for_a_good_address(base):
    for name in ("master.m3u8", "source/1-00000.m4s", "not-there-yet.m4s", "master.m3u8?x=1"):
        answer = fetch("/media/auth", X_Original_URI=base + name)
        assert (answer.status, answer.body) == (204, b""), name


@pytest.mark.parametrize(
    "change",
    [
        lambda base, other: "",
        lambda base, other: base,
        lambda base, other: base.replace("/media/hls/", "/elsewhere/") + "master.m3u8",
        lambda base, other: flipped(base, 13) + "master.m3u8",
        lambda base, other: f"{base}../{other}/master.m3u8",
        lambda base, other: f"{base}%2e%2e/{other}/master.m3u8",
        lambda base, other: f"{base}../../originals/{other}",
        lambda base, other: f"{base}/master.m3u8",
        lambda base, other: f"{base}.hidden.m3u8",
    ],
)
def test_nginx_is_told_no_for_any_other(people, base, change):
    other = film(people.owner)
    answer = fetch("/media/auth", X_Original_URI=change(base, other.pk))
    assert refused(answer)


def test_nginx_is_told_no_without_an_address(db):
    assert refused(fetch("/media/auth"))


def test_a_segment_is_whole(base):
    assert fetch(f"{base}source/1-00000.m4s").body == SEGMENT

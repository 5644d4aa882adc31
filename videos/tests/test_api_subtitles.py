"""The API of a film's subtitles: what goes in, what comes out, what is refused."""

import pytest

from videos.services import SUBTITLE_MAX_BYTES
from videos.tests.library import SRT, fetch, film, srt


@pytest.fixture
def video(people):
    return film(people.owner)


def test_srt_goes_in_and_webvtt_comes_out(api, people, video):
    client = api(people.owner)
    path = f"/api/videos/{video.pk}/subtitles/"
    added = client.post(path, srt() | {"language": "en", "title": "English"}, format="multipart")
    assert added.status_code == 201
    text = fetch(added.json()["url"])
    assert text.status == 200
    assert text.body.startswith(b"WEBVTT")
    assert b"Hello <b>there</b>" in text.body
    told = client.get(f"/api/videos/{video.pk}/").json()
    assert {"id": added.json()["id"], "title": "English"}.items() <= told["subtitles"][-1].items()
    assert f"subtitles/{added.json()['id']}.m3u8".encode() in fetch(told["hls"]).body


def test_removed_subtitles_are_gone_everywhere(api, people, video):
    client = api(people.owner)
    path = f"/api/videos/{video.pk}/subtitles/"
    added = client.post(path, srt(), format="multipart").json()
    assert client.delete(f"{path}{added['id']}/").status_code == 204
    assert client.delete(f"{path}{added['id']}/").status_code == 404
    assert fetch(added["url"]).status == 404
    master = fetch(client.get(f"/api/videos/{video.pk}/").json()["hls"]).body
    assert added["id"].encode() not in master


def test_subtitles_of_another_film_are_not_found(api, people, video):
    other = film(people.owner, objects={})
    path = f"/api/videos/{video.pk}/subtitles/{other.subtitles.first().pk}/"
    assert api(people.owner).delete(path).status_code == 404
    assert other.subtitles.count() == 1


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"file": "text"},
        srt(b""),
        srt(b"no subtitles at all"),
        srt(b"\x00\xff" * 500),
        srt(SRT + b" " * SUBTITLE_MAX_BYTES),
        srt() | {"language": "x" * 40},
        srt() | {"colour": "red"},
    ],
    ids=["nothing", "no file", "empty", "prose", "binary", "huge", "language", "unknown"],
)
def test_bad_subtitles_are_refused_in_words(api, people, video, body):
    path = f"/api/videos/{video.pk}/subtitles/"
    for part in body.values():
        if hasattr(part, "seek"):
            part.seek(0)
    answer = api(people.owner).post(path, body, format="multipart")
    assert answer.status_code == 400
    assert answer.json()["error"]["message"]
    assert video.subtitles.count() == 1


def test_subtitles_wait_until_the_film_plays(api, people):
    young = film(people.owner, state="queued", playable=False, objects={})
    answer = api(people.owner).post(f"/api/videos/{young.pk}/subtitles/", srt(), format="multipart")
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "not_ready")


def test_subtitles_as_json_are_refused(api, people, video):
    path = f"/api/videos/{video.pk}/subtitles/"
    assert api(people.owner).post(path, {"file": "x"}, format="json").status_code == 415

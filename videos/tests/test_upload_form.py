"""POST /api/videos/: a whole film in one form."""

import pytest
from django.db import OperationalError

from syncwatch.lib import redis
from videos.models import Upload, Video
from videos.services import video_delete, video_purge
from videos.storage import MissingError, store
from videos.tests.upload_client import FORM_TYPE, form_of, part
from videos.tests.upload_fixtures import film_of, in_thread, left_over, stored
from videos.uploads import services, sinks, wire

pytestmark = pytest.mark.django_db(transaction=True)

FILM = bytes(range(256)) * 5000 + b"\r\n--lin\r\n-the end-\r\n"  # 1.3 MB, with near-boundaries


async def nothing_stays():
    assert not await Video.objects.aexists()
    assert not await Upload.objects.aexists()
    assert await in_thread(left_over) == []


async def test_a_film_arrives_whole_and_waits_for_a_worker(mara, people, place):
    answer = await mara.form(part("title", b"Rabbit"), part("file", FILM, "rabbit.mp4"))
    assert answer.status == 202, answer.body
    said = answer.json()
    assert said == {
        "videoId": said["id"], "id": said["id"], "title": "Rabbit", "state": "queued",
    }  # fmt: skip
    assert answer.headers["location"] == f"/api/videos/{said['id']}/"
    assert answer.headers["video-id"] == said["id"]
    video = await film_of(said["id"])
    assert (video.owner_id, video.bytes, video.state) == (people.owner.pk, len(FILM), "queued")
    assert await in_thread(stored, said["id"]) == FILM
    assert await in_thread(left_over) == []


async def test_a_worker_is_told(mara):
    await mara.form(part("file", FILM, "rabbit.mp4"))
    assert await in_thread(redis.sync().llen, "video") == 1


async def test_the_title_may_come_after_the_file(mara):
    answer = await mara.form(part("file", FILM, "rabbit.mp4"), part("title", "Häschen".encode()))
    assert answer.json()["title"] == "Häschen"


@pytest.mark.parametrize(
    ("file_name", "title"),
    [
        ("Sunday rabbit.mp4", "Sunday rabbit"),
        ("C:\\films\\rabbit.mp4", "rabbit"),
        ("../../etc/passwd", "passwd"),
        ("\u202erabbit\x00.mp4", "rabbit"),
        ("", "Untitled film"),
        ("x" * 300 + ".mp4", "x" * 200),
    ],
)
async def test_without_a_title_the_file_gives_one(mara, file_name, title):
    answer = await mara.form(part("file", FILM, file_name))
    assert answer.json()["title"] == title


async def test_pieces_may_be_cut_anywhere(mara):
    body = form_of(part("title", b"Rabbit"), part("file", b"a\r\n--line\rb", "r.mp4"))
    request = mara.begin("POST", "/api/videos/", content_type=FORM_TYPE)
    for at in range(len(body)):
        await request.piece(body[at : at + 1])
    answer = await request.end()
    assert answer.status == 202
    assert await in_thread(stored, answer.json()["id"]) == b"a\r\n--line\rb"


async def test_bytes_are_stored_while_more_are_coming(mara, settings):
    request = mara.begin("POST", "/api/videos/", content_type=FORM_TYPE)
    body = form_of(part("file", bytes(3 * 1024**2), "r.mp4"))
    await request.piece(body[: 2 * 1024**2])
    await request.taken()
    (key,) = await in_thread(left_over)
    assert 1024**2 < store().size(key) <= 2 * 1024**2
    assert (await request.end(body[2 * 1024**2 :])).status == 202


async def test_who_is_not_signed_in_is_refused_before_a_byte_is_read(clients):
    request = clients.nobody.begin("POST", "/api/videos/", 10**12, content_type=FORM_TYPE)
    await request.cut()
    assert request.so_far().status == 401
    assert request.so_far().code == "not_signed_in"
    assert request.so_far().headers["www-authenticate"].startswith("Bearer")


async def test_a_wrong_token_is_refused(clients):
    clients.nobody.headers["authorization"] = "Bearer nonsense"
    answer = await clients.nobody.form(part("file", FILM, "r.mp4"))
    assert (answer.status, answer.code) == (401, "not_signed_in")


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ([part("title", b"Rabbit")], "file"),
        ([part("file", b"", "r.mp4")], "file"),
        ([part("file", b"1", "r.mp4"), part("file", b"2", "s.mp4")], "file"),
        ([part("title", b"1"), part("title", b"2"), part("file", b"1", "r.mp4")], "title"),
        ([part("title", b"x" * 5000), part("file", b"1", "r.mp4")], "title"),
        ([part("film", b"1", "r.mp4")], "film"),
        ([part("file", b"1", "r.mp4"), part("owner", b"2")], "owner"),
    ],
    ids=["no file", "empty", "two files", "two titles", "long title", "other", "one too many"],
)
async def test_a_form_that_is_not_right_is_refused_in_words(mara, parts, field):
    answer = await mara.form(*parts)
    assert (answer.status, answer.code) == (400, "invalid")
    assert list(answer.json()["error"]["fields"]) == [field]
    await nothing_stays()


BROKEN = {
    "nothing": b"",
    "no boundary": b"just a film",
    "cut off": form_of(part("file", FILM, "r.mp4"))[:-9],
    "cut in a header": b"--line\r\nContent-Dispo",
    "no headers": b"--line\r\n\r\nfilm\r\n--line--\r\n",
    "bad header": b"--line\r\nb@d: x\r\n\r\nfilm\r\n--line--\r\n",
    "long header": b"--line\r\nContent-Disposition: "
    + b"x" * 10_000
    + b"\r\n\r\n1\r\n--line--\r\n",
    "only the end": b"--line--\r\n",
}


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN)
async def test_a_broken_form_is_refused_and_nothing_stays(mara, body):
    answer = await mara("POST", "/api/videos/", body, content_type=FORM_TYPE)
    assert answer.status == 400
    assert answer.code in {"malformed", "invalid"}
    await nothing_stays()


@pytest.mark.parametrize(
    "kind",
    ["", "application/json", "video/mp4", "multipart/form-data", "multipart/mixed; boundary=line"],
)
async def test_another_kind_of_body_is_refused(mara, kind):
    answer = await mara("POST", "/api/videos/", FILM, content_type=kind)
    assert answer.status == 415
    assert "multipart/form-data" in answer.json()["error"]["message"]


async def test_a_boundary_past_reason_is_a_broken_form(mara):
    kind = f"multipart/form-data; boundary={'x' * 300}"
    answer = await mara("POST", "/api/videos/", FILM, content_type=kind)
    assert (answer.status, answer.code) == (400, "malformed")


async def test_a_declared_size_past_the_limit_is_refused_unread(mara, settings):
    settings.MAX_UPLOAD_BYTES = 1024**2
    request = mara.begin("POST", "/api/videos/", 2 * 1024**2, content_type=FORM_TYPE, expect="100")
    answer = await request.answer()
    assert (answer.status, answer.code) == (413, "too_large")
    assert "1 MB" in answer.json()["error"]["message"]
    assert answer.headers["connection"] == "close"


async def test_bytes_past_the_limit_are_refused_while_they_arrive(mara, settings, place):
    settings.MAX_UPLOAD_BYTES = 1024**2
    request = mara.begin(
        "POST", "/api/videos/", content_type=FORM_TYPE, transfer_encoding="chunked"
    )
    await request.piece(b"--line\r\n" + part("file", bytes(3 * 1024**2), "r.mp4")[:-2])
    await request.cut()
    assert (request.so_far().status, request.so_far().code) == (413, "too_large")
    await nothing_stays()


async def test_a_file_of_exactly_the_limit_passes(mara, settings):
    settings.MAX_UPLOAD_BYTES = len(FILM)
    assert (await mara.form(part("file", FILM, "r.mp4"))).status == 202


async def test_the_quota_is_that_of_all_films_together(mara, settings):
    settings.USER_QUOTA_BYTES = len(FILM) + 100
    assert (await mara.form(part("file", FILM, "r.mp4"))).status == 202
    answer = await mara.form(part("file", FILM, "r.mp4"))
    assert (answer.status, answer.code) == (413, "quota_exceeded")


async def test_two_at_once_do_not_share_the_last_room(mara, settings):
    settings.USER_QUOTA_BYTES = 3 * 1024**2
    body = form_of(part("file", bytes(2 * 1024**2), "r.mp4"))
    first = mara.begin("POST", "/api/videos/", len(body), content_type=FORM_TYPE)
    await first.piece(body[: 1024**2 + 500])
    await first.taken()
    second = await mara("POST", "/api/videos/", body, content_type=FORM_TYPE)
    assert (second.status, second.code) == (413, "quota_exceeded")
    assert (await first.end(body[1024**2 + 500 :])).status == 202


async def test_a_full_disk_is_said_in_words(mara, monkeypatch):
    monkeypatch.setattr(sinks, "free_bytes", lambda: 600 * 1024**2)
    request = mara.begin("POST", "/api/videos/", 10**9, content_type=FORM_TYPE)
    await request.piece(b"--line\r\n" + part("file", FILM, "r.mp4"))
    await request.cut()
    assert (request.so_far().status, request.so_far().code) == (507, "storage_full")
    await nothing_stays()


async def test_a_cut_form_leaves_nothing(mara, place):
    request = mara.begin("POST", "/api/videos/", 10**7, content_type=FORM_TYPE)
    await request.piece(b"--line\r\n" + part("file", bytes(9 * 1024**2), "r.mp4")[:-2])
    await request.taken()
    assert await Video.objects.aexists()
    await request.cut()
    await nothing_stays()


async def test_a_sender_who_falls_silent_is_let_go(mara, monkeypatch):
    monkeypatch.setattr(wire, "IDLE_S", 0.05)
    monkeypatch.setattr(wire, "DRAIN_S", 0.01)
    request = mara.begin("POST", "/api/videos/", 10**7, content_type=FORM_TYPE)
    await request.piece(b"--line\r\n" + part("file", FILM, "r.mp4"))
    answer = await request.answer()
    assert (answer.status, answer.code) == (408, "sender_silent")
    await nothing_stays()


async def test_a_film_deleted_while_it_comes_leaves_nothing(mara, place):
    body = form_of(part("file", bytes(9 * 1024**2), "r.mp4"))
    request = mara.begin("POST", "/api/videos/", len(body), content_type=FORM_TYPE)
    await request.piece(body[: 8 * 1024**2 + 4096])
    await request.taken()
    video = await Video.objects.afirst()
    await in_thread(video_delete, video=video)
    await in_thread(video_purge, video_id=video.pk)
    answer = await request.end(body[8 * 1024**2 + 4096 :])
    assert (answer.status, answer.code) == (404, "not_found")
    await nothing_stays()
    with pytest.raises(MissingError):
        await in_thread(stored, video.pk)


async def test_a_database_that_goes_away_at_the_end_leaves_no_orphan(mara, monkeypatch):
    def away(**_):
        raise OperationalError("away")

    monkeypatch.setattr(services, "upload_finish", away)
    answer = await mara.form(part("file", FILM, "r.mp4"))
    assert (answer.status, answer.code) == (503, "unavailable")
    await nothing_stays()
    assert await in_thread(store().keys, "originals") == []


async def test_twenty_an_hour_and_then_a_pause(mara):
    for _ in range(20):
        assert (await mara.form(part("title", b"no film"))).status == 400
    answer = await mara.form(part("file", FILM, "r.mp4"))
    assert (answer.status, answer.code) == (429, "rate_limited")
    assert int(answer.headers["retry-after"]) >= 1


async def test_the_same_form_twice_is_two_films(mara):
    first, second = [await mara.form(part("file", FILM, "r.mp4")) for _ in range(2)]
    assert first.json()["id"] != second.json()["id"]


async def test_a_server_by_another_name_is_not_this_one(mara):
    answer = await mara.form(part("file", FILM, "r.mp4"), host="evil.example")
    assert answer.status == 400


async def test_the_list_of_films_is_djangos(mara):
    answer = await mara("GET", "/api/videos/")
    assert answer.status == 200
    assert answer.json()["results"] == []


async def test_many_forms_of_no_length_do_not_share_one_rest(mara, settings):
    settings.USER_QUOTA_BYTES = 1000
    body = form_of(part("file", bytes(600), "r.mp4"))
    forms = [mara.begin("POST", "/api/videos/", None, content_type=FORM_TYPE) for _ in range(3)]
    for each in forms:
        await each.piece(body[:-4])
        await each.taken()
    answers = [await each.end(body[-4:]) for each in forms]
    assert sorted(answer.status for answer in answers) == [202, 413, 413]
    assert {answer.code for answer in answers if answer.status == 413} == {"quota_exceeded"}
    assert await Video.objects.acount() == 1

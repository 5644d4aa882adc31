"""/api/uploads/: resumable upload by tus 1.0.0; the way it should go, and who may."""

import pytest

from syncwatch.lib import redis
from videos.tests.upload_client import FILM, MIB, metadata
from videos.tests.upload_fixtures import film_of, in_thread, left_over, stored

pytestmark = pytest.mark.django_db(transaction=True)


# --- the way it should go ------------------------------------------------------------------


async def test_options_says_what_this_server_can(clients):
    answer = await clients.nobody("OPTIONS", "/api/uploads/")
    assert answer.status == 204
    assert answer.headers["tus-resumable"] == answer.headers["tus-version"] == "1.0.0"
    assert answer.headers["tus-extension"] == (
        "creation,creation-with-upload,termination,expiration,checksum"
    )
    assert answer.headers["tus-max-size"] == str(20 * 1000**3)
    assert set(answer.headers["tus-checksum-algorithm"].split(",")) == {"sha1", "sha256", "md5"}


async def test_a_film_comes_in_three_pieces(mara, people, place):
    film = FILM * 20
    created = await mara.create(len(film), upload_metadata=metadata(filename="Häschen.mkv"))
    assert created.status == 201
    path, video_id = created.headers["location"], created.headers["video-id"]
    assert path.startswith("/api/uploads/")
    assert created.headers["tus-resumable"] == "1.0.0"
    assert created.headers["upload-expires"].endswith("GMT")
    video = await film_of(video_id)
    assert (video.owner_id, video.title, video.state) == (people.owner.pk, "Häschen", "uploading")

    for start, end in ((0, 3 * MIB), (3 * MIB, 17 * MIB), (17 * MIB, 20 * MIB)):
        assert await mara.offset(path) == start
        answer = await mara.patch(path, start, film[start:end])
        assert (answer.status, answer.headers["upload-offset"]) == (204, str(end))
        assert "content-length" not in answer.headers
        assert answer.headers["video-id"] == video_id
    assert (await film_of(video_id)).state == "queued"
    assert await in_thread(stored, video_id) == film
    assert await in_thread(left_over) == []
    assert await in_thread(redis.sync().llen, "video") == 1


async def test_head_tells_offset_length_and_expiry_and_is_never_cached(mara):
    path = await mara.created(100, upload_metadata=metadata(title="Rabbit"))
    await mara.patch(path, 0, b"x" * 40)
    answer = await mara.head(path)
    assert (answer.status, answer.body) == (200, b"")
    assert answer.headers["upload-offset"] == "40"
    assert answer.headers["upload-length"] == "100"
    assert answer.headers["upload-metadata"] == metadata(title="Rabbit")
    assert answer.headers["cache-control"] == "no-store"
    assert "upload-expires" in answer.headers
    assert "video-id" in answer.headers


async def test_small_pieces_in_a_bucket_leave_one_remainder_at_most(mara, place):
    path = await mara.created(10 * MIB)
    for start in range(0, 9 * MIB, 3 * MIB):
        await mara.patch(path, start, FILM * 3)
        assert len(await in_thread(left_over)) == 1
    await mara.patch(path, 9 * MIB, FILM)
    assert await in_thread(left_over) == []


async def test_creation_may_bring_the_first_bytes(mara, place):
    answer = await mara.tus(
        "POST", "/api/uploads/", 40, upload_length="100",
        content_type="application/offset+octet-stream",
    ).end(b"x" * 40)  # fmt: skip
    assert (answer.status, answer.headers["upload-offset"]) == (201, "40")
    answer = await mara.patch(answer.headers["location"], 40, b"y" * 60)
    assert await in_thread(stored, answer.headers["video-id"]) == b"x" * 40 + b"y" * 60


async def test_a_small_film_comes_whole_with_its_creation(mara):
    answer = await mara.tus(
        "POST", "/api/uploads/", 5, upload_length="5",
        content_type="application/offset+octet-stream",
    ).end(b"rabbi")  # fmt: skip
    assert (await film_of(answer.headers["video-id"])).state == "queued"


async def test_patch_may_travel_as_post(mara):
    path = await mara.created(5)
    answer = await mara.tus(
        "POST", path, 5, x_http_method_override="PATCH", upload_offset="0",
        content_type="application/offset+octet-stream",
    ).end(b"rabbi")  # fmt: skip
    assert answer.status == 204
    answer = await mara.tus("GET", path, x_http_method_override="DELETE").end()
    assert answer.status == 405, "a GET does nothing, whatever its headers say"


async def test_a_finished_upload_is_still_there_and_takes_nothing_more(mara):
    path = await mara.created(5)
    await mara.patch(path, 0, b"rabbi")
    assert await mara.offset(path) == 5
    assert (await mara.patch(path, 5, b"")).status == 204
    assert (await mara.patch(path, 5, b"t")).status == 413
    again = await mara.patch(path, 0, b"rabbi")
    assert (again.status, again.code) == (409, "offset_mismatch")
    assert await in_thread(redis.sync().llen, "video") == 1


# --- who may -------------------------------------------------------------------------------

CALLS = [("POST", False), ("HEAD", True), ("PATCH", True), ("DELETE", True)]


@pytest.mark.parametrize(("method", "on_one"), CALLS)
async def test_who_is_not_signed_in_is_refused(mara, clients, method, on_one):
    path = await mara.created(100)
    answer = await clients.nobody.tus(method, path if on_one else "/api/uploads/").end()
    assert answer.status == 401
    assert answer.headers["tus-resumable"] == "1.0.0"
    assert await mara.offset(path) == 0


@pytest.mark.parametrize("who", ["stranger", "member", "guest"])
async def test_somebody_elses_upload_is_not_there(mara, clients, who):
    path, other = await mara.created(100), getattr(clients, who)
    assert (await other.head(path)).status == 404
    refused = await other.patch(path, 0, b"evil")
    assert (refused.status, refused.code) == (404, "not_found")
    assert (await other.tus("DELETE", path).end()).status == 404
    missing = await other.patch("/api/uploads/01a20efd-23f8-72ad-b271-53c6bc548a29", 0, b"evil")
    assert refused.body == missing.body, "hidden and absent look the same"
    assert await mara.offset(path) == 0


async def test_not_even_staff_writes_into_it(mara, people, clients):
    people.stranger.is_staff = True
    await people.stranger.asave()
    assert (await clients.stranger.patch(await mara.created(100), 0, b"evil")).status == 404


@pytest.mark.parametrize("upload_id", ["nonsense", "%00", "1/2", "../videos/", "x" * 5000])
async def test_an_address_that_is_none_is_not_found(mara, upload_id):
    assert (await mara.head(f"/api/uploads/{upload_id}")).status == 404


@pytest.fixture
def browser(clients, tokens):
    """Mara in a browser: a cookie, and the token that our pages send along."""
    csrf = "c" * 32
    clients.owner.headers.clear()
    clients.owner.headers.update(
        {"cookie": f"access={tokens['owner']}; csrftoken={csrf}", "x-csrftoken": csrf}
    )
    return clients.owner


async def test_a_browser_uploads_by_cookie(browser):
    path = await browser.created(5, origin="http://localhost")
    assert (await browser.patch(path, 0, b"rabbi", origin="http://localhost")).status == 204


@pytest.mark.parametrize(
    "headers",
    [
        {"x_csrftoken": ""},
        {"x_csrftoken": "d" * 32},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://localhost.evil.example"},
    ],
)
async def test_another_sites_page_uploads_nothing_by_cookie(browser, headers):
    path = await browser.created(5)
    for answer in (
        await browser.create(5, **headers),
        await browser.patch(path, 0, b"rabbi", **headers),
        await browser.tus("DELETE", path, **headers).end(),
        await browser.tus("POST", path, x_http_method_override="PATCH", **headers).end(),
    ):
        assert (answer.status, answer.code) == (403, "csrf_failed")
    assert await browser.offset(path) == 0


async def test_pages_of_listed_sites_may_call_with_a_token(mara, settings):
    settings.CORS_ALLOWED_ORIGINS = ["https://app.example"]
    asked = await mara(
        "OPTIONS", "/api/uploads/", origin="https://app.example",
        access_control_request_method="PATCH",
    )  # fmt: skip
    assert asked.status == 204
    assert asked.headers["access-control-allow-origin"] == "https://app.example"
    assert "PATCH" in asked.headers["access-control-allow-methods"]
    allowed = {
        name.strip().lower() for name in asked.headers["access-control-allow-headers"].split(",")
    }
    assert {"authorization", "tus-resumable", "upload-offset", "content-type"} <= allowed
    created = await mara.create(5, origin="https://app.example")
    assert created.status == 201
    assert "Upload-Offset" in created.headers["access-control-expose-headers"]
    assert "Location" in created.headers["access-control-expose-headers"]


async def test_pages_of_other_sites_are_not_let_in(mara, settings):
    settings.CORS_ALLOWED_ORIGINS = ["https://app.example"]
    for origin in ("https://evil.example", "https://app.example.evil.example", "null"):
        asked = await mara("OPTIONS", "/api/uploads/", origin=origin)
        assert "access-control-allow-origin" not in asked.headers

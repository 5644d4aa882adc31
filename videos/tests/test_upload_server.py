"""Uploads over a real network to a real server: other people's clients, cuts, memory."""

import hashlib
import json
import subprocess

import pytest

from accounts import sessions
from syncwatch.tests.servers import wait_until
from videos.models import Upload, Video
from videos.storage import original_key, store
from videos.tests.upload_client import FORM_TYPE, form_of, part
from videos.tests.upload_fixtures import stored, use_bucket
from videos.tests.web_server import ROOT, WebServer, Wire

pytestmark = pytest.mark.django_db(transaction=True)

MIB = 1024**2
GIB = 1024**3


@pytest.fixture
def film(tmp_path):
    path = tmp_path / "film.mp4"
    path.write_bytes(hashlib.shake_128(b"film").digest(9 * MIB + 17))
    return path


@pytest.fixture
def token(people):
    return sessions.session_open(user=people.owner, agent="test").access


@pytest.fixture(scope="module")
def running_server(django_db_setup):
    with WebServer(MAX_UPLOAD_BYTES=str(2 * GIB)) as running:
        yield running


@pytest.fixture
def server(running_server, db, settings):
    settings.MEDIA_ROOT = str(settings.DATA_DIR / "media")  # where the other process has it
    return running_server


@pytest.fixture
def tus_js(server, film, token, tmp_path):
    """Starts the unmodified tus-js-client; waits for it unless told otherwise."""

    def start(**told):
        told = {
            "endpoint": f"{server.url}/api/uploads/", "file": str(film), "token": token,
            "storage": str(tmp_path / "urls.json"), "options": {"chunkSize": 2 * MIB}, **told,
        }  # fmt: skip
        return subprocess.Popen(
            ["node", "videos/tests/tus_client.mjs", json.dumps(told)],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    return start


def said(client):
    out, error = client.communicate(timeout=60)
    assert client.returncode == 0, error
    return json.loads(out.splitlines()[-1])


def test_tus_js_client_uploads_and_resumes_after_an_abort(tus_js, film):
    seen = said(tus_js(abortAt=5 * MIB))
    assert seen["resumed"]
    assert "HEAD 200" in seen["requests"]
    assert seen["requests"].count("POST 201") == 1
    video = Video.objects.get()
    assert (str(video.pk), video.title, video.state) == (seen["videoId"], "Häschen", "queued")
    assert stored(video.pk) == film.read_bytes()


def test_tus_js_client_sends_the_first_bytes_with_the_creation(tus_js, film):
    seen = said(tus_js(options={"uploadDataDuringCreation": True, "chunkSize": 4 * MIB}))
    assert seen["requests"] == ["POST 201", "PATCH 204", "PATCH 204"]
    assert stored(seen["videoId"]) == film.read_bytes()


def test_tus_js_client_gives_up_and_nothing_stays(tus_js):
    said(tus_js(thenDelete=3 * MIB))
    assert not Upload.objects.exists()
    assert not Video.objects.exists()


@pytest.mark.long
def test_a_killed_server_costs_tus_js_client_a_moment_only(tus_js, server, film, token, tmp_path):
    big = tmp_path / "big.mp4"
    big.write_bytes(film.read_bytes() * 30)
    client = tus_js(file=str(big), options={}, mark=100 * MIB)
    assert client.stdout.readline() == "MARK\n"
    server.stop(9)
    server.start()
    seen = said(client)
    assert "HEAD 200" in seen["requests"]
    assert (
        hashlib.sha256(stored(seen["videoId"])).digest()
        == hashlib.sha256(big.read_bytes()).digest()
    )


def headers(token, kind, length=None, **more):
    sized = {"Transfer-Encoding": "chunked"} if length is None else {"Content-Length": str(length)}
    return {"Authorization": f"Bearer {token}", "Content-Type": kind, **sized, **more}


def test_a_sender_who_is_past_the_limit_can_read_why(server, token):
    """It is still sending when the answer comes; closing on it would lose the answer."""
    wire = Wire(server, "POST", "/api/videos/", headers(token, FORM_TYPE, 3 * GIB))
    for _ in range(20):
        wire.send(bytes(MIB))
    status, answered, body = wire.answer()
    assert (status, body["error"]["code"]) == (413, "too_large")
    assert answered["connection"] == "close"


def test_a_cut_line_keeps_a_tus_piece_and_drops_a_form(server, token):
    began = headers(token, "", 0, **{"Tus-Resumable": "1.0.0", "Upload-Length": str(5 * MIB)})
    _, created, _ = Wire(server, "POST", "/api/uploads/", began).answer()
    kind = "application/offset+octet-stream"
    at = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0"}
    for wire in (
        Wire(server, "PATCH", created["location"], headers(token, kind, 5 * MIB, **at)),
        Wire(server, "POST", "/api/videos/", headers(token, FORM_TYPE, 5 * MIB)),
    ):
        wire.send(form_of(part("file", bytes(3 * MIB), "r.mp4"))[: 2 * MIB])
        wire.cut()
    log = server.folder / "log"
    wait_until(
        lambda: Video.objects.count() == 1
        and list(Upload.objects.values_list("offset", flat=True)) == [2 * MIB],
        within_s=60, unless=lambda: False, log=log,
    )  # fmt: skip
    assert "Traceback" not in log.read_text()


def pour(wire, total, head=b"", tail=b""):
    """`total` bytes, a MiB at a time, without ever holding them."""
    block = hashlib.shake_128(b"block").digest(MIB)
    wire.send(head)
    for _ in range(total // MIB):
        wire.send(block)
    wire.send(tail)
    return wire.answer()


def pour_form(server, token, total):
    empty = form_of(part("file", b"", "r.mp4"))
    cut = empty.index(b"\r\n--line--")
    length = len(empty) + total
    wire = Wire(server, "POST", "/api/videos/", headers(token, FORM_TYPE, length))
    return pour(wire, total, empty[:cut], empty[cut:])


def pour_tus(server, token, total):
    began = headers(token, "", 0, **{"Tus-Resumable": "1.0.0", "Upload-Length": str(total)})
    _, created, _ = Wire(server, "POST", "/api/uploads/", began).answer()
    at = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0"}
    sent = headers(token, "application/offset+octet-stream", total, **at)
    return pour(Wire(server, "PATCH", created["location"], sent), total)


def growth_mib(server, token, pour_it):
    """By how much 1 GiB raises the most memory that the server ever held."""
    status, _, _ = pour_it(server, token, 16 * MIB)  # what is loaded once is loaded now
    assert status in {202, 204}
    before = server.memory_mib()
    status, answered, _ = pour_it(server, token, GIB)
    assert status in {202, 204}
    video_id = answered["video-id"]
    assert store().size(original_key(video_id)) == GIB
    store().delete(original_key(video_id))
    return server.memory_mib("VmHWM") - before


@pytest.mark.long
@pytest.mark.parametrize("pour_it", [pour_form, pour_tus], ids=["form", "tus"])
def test_a_gib_to_a_folder_leaves_memory_flat(settings, token, pour_it):
    settings.MEDIA_ROOT = str(settings.DATA_DIR / "media")
    with WebServer() as server:
        grown = growth_mib(server, token, pour_it)
    assert grown < 100


@pytest.mark.long
@pytest.mark.s3
@pytest.mark.parametrize("pour_it", [pour_form, pour_tus], ids=["form", "tus"])
def test_a_gib_to_a_bucket_leaves_memory_flat(s3_server, settings, token, pour_it):
    use_bucket(settings, s3_server)
    with WebServer(**s3_server.environment()) as server:
        grown = growth_mib(server, token, pour_it)
    assert grown < 100

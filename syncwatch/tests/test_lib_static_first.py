"""Files are answered before Django is asked; what is no file goes on to it."""

import gzip

import httpx
import pytest
from whitenoise.base import WhiteNoise

from syncwatch.lib.static_first import StaticFirst

SCRIPT = b"export const answer = 42;\n" * 40


async def _django(scope, _receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"Django: " + scope["path"].encode()})


@pytest.fixture
def client(tmp_path):
    (tmp_path / "room.js").write_bytes(SCRIPT)
    (tmp_path / "room.js.gz").write_bytes(gzip.compress(SCRIPT))
    noise = WhiteNoise(None, root=tmp_path, prefix="/static/")
    transport = httpx.ASGITransport(StaticFirst(_django, noise.files))
    return httpx.AsyncClient(transport=transport, base_url="http://house")


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
async def test_a_file_comes_as_small_as_the_browser_reads_it(client, encoding):
    answer = await client.get("/static/room.js", headers={"Accept-Encoding": encoding})
    assert answer.status_code == 200
    assert answer.content == SCRIPT
    assert answer.headers.get("content-encoding", "identity") == encoding
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["vary"] == "Accept-Encoding"


async def test_what_a_browser_has_does_not_come_again(client):
    first = await client.get("/static/room.js")
    again = await client.get("/static/room.js", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_only_a_part_or_only_the_headers(client):
    part = await client.get(
        "/static/room.js", headers={"Range": "bytes=0-5", "Accept-Encoding": "identity"}
    )
    assert (part.status_code, part.content) == (206, SCRIPT[:6])
    head = await client.head("/static/room.js", headers={"Accept-Encoding": "identity"})
    assert head.content == b""
    assert head.headers["content-length"] == str(len(SCRIPT))


async def test_a_file_is_only_read(client):
    answer = await client.post("/static/room.js", content=b"mine")
    assert answer.status_code == 405
    assert answer.headers["content-length"] == "0"


@pytest.mark.parametrize("path", ["/", "/static/", "/static/none.js", "/static/../room.js"])
async def test_everything_else_is_asked_of_django(client, path):
    assert (await client.get(path)).text.startswith("Django: ")


async def test_the_whole_house_answers_before_django():
    """The composition root has it in front, so that no middleware runs for a file."""
    from syncwatch import asgi

    front = asgi.application.application_mapping["http"]
    assert isinstance(front, StaticFirst)

"""Bodies of ordinary requests: small ones pass, large ones are refused before they are kept."""

import json

import pytest

from syncwatch.lib.body_limit import BodyLimit

MOST = 100


async def ask(chunks, *, declared=None):
    """What an application behind the limit saw, and what the client was answered."""
    seen, sent = [], []

    async def app(scope, receive, send):
        while True:
            message = await receive()
            seen.append(message)
            if message["type"] == "http.disconnect" or not message.get("more_body"):
                return

    waiting = [
        {"type": "http.request", "body": chunk, "more_body": i < len(chunks) - 1}
        for i, chunk in enumerate(chunks)
    ]

    async def receive():
        return waiting.pop(0)

    async def send(message):
        sent.append(message)

    headers = [] if declared is None else [(b"content-length", str(declared).encode())]
    await BodyLimit(app, MOST)({"type": "http", "headers": headers}, receive, send)
    return seen, sent


async def test_a_small_body_passes():
    seen, sent = await ask([b"a" * 60, b"b" * 40], declared=100)
    assert b"".join(message["body"] for message in seen) == b"a" * 60 + b"b" * 40
    assert sent == []


async def test_a_body_that_declares_too_much_is_refused_in_words_and_never_read():
    seen, sent = await ask([b""], declared=101)
    assert seen == []
    assert sent[0]["status"] == 413
    assert json.loads(sent[1]["body"])["error"]["code"] == "body_too_large"


@pytest.mark.parametrize("declared", [None, "x"])
async def test_a_body_of_unknown_length_is_cut_off_when_it_becomes_too_large(declared):
    seen, _ = await ask([b"a" * 60, b"b" * 60, b"c" * 60], declared=declared)
    assert [message["type"] for message in seen] == ["http.request", "http.disconnect"]


def test_the_product_is_behind_it():
    from syncwatch.asgi import application

    speaking = application.application_mapping["http"]._rest
    assert isinstance(speaking._rest._rest, BodyLimit)

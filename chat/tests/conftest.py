"""A room that speaks the product's own protocol, and words in it."""

import itertools

import pytest

from chat import services

_nonces = (f"nonce-{number}" for number in itertools.count())


@pytest.fixture
def say(room, people):
    """`say("Hello", by=…)`: something said in Mara's room, by Mara unless told otherwise."""

    def send(body, by=None, **more):
        return services.message_send(
            room_id=str(room.id), author_id=str((by or people.owner).id),
            body=body, nonce=more.pop("nonce", None) or next(_nonces), **more,
        )  # fmt: skip

    return send


@pytest.fixture
async def mara(sockets, people, room):
    return await sockets.open(people.owner, room.code)


@pytest.fixture
async def ana(mara, sockets, people, room):
    return await sockets.open(people.member, room.code)

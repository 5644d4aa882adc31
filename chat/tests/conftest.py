"""A room that speaks the product's own protocol, and words in it."""

import itertools

import pytest

from chat import services
from chat.unheard.services import shadow_mute
from rooms.access import member_in

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
def shadow(room, people):
    """`shadow(who, …)`: from now on nobody else gets what they write, by Mara's leave."""

    def mute(who, **terms):
        return shadow_mute(actor=member_in(room, str(people.owner.pk)), user=who, **terms)[0]

    return mute


@pytest.fixture
async def mara(sockets, people, room):
    return await sockets.open(people.owner, room.code)


@pytest.fixture
async def ana(mara, sockets, people, room):
    return await sockets.open(people.member, room.code)

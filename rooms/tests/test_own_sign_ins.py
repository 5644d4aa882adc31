"""What a person does to their sign-ins, from outside: open sockets end where they should"""

import pytest
from channels.db import database_sync_to_async
from rest_framework.test import APIClient

from accounts import sessions

in_db = database_sync_to_async
pytestmark = pytest.mark.django_db(transaction=True)
OLD, NEW = "correct horse", "another-rabbit-7"


@pytest.fixture
async def devices(sockets, people, room):
    """Ana at a desk and on a phone: a client of the API and a room socket each."""

    async def device():
        opened = await in_db(sessions.session_open)(user=people.member, agent="test")
        signed = {"authorization": f"Bearer {opened.access}"}
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=signed["authorization"])
        room_socket = await sockets.open(None, room.code, headers=signed)
        small = await sockets.me(None, headers=signed)
        return opened, client, (room_socket, small)

    return await device(), await device()


async def alive(socket):
    await socket.send(type="sync:ping", t0=1)
    return bool(await socket.frame("sync:pong"))


async def closed(pair):
    return [await socket.closing_code() for socket in pair]


async def test_another_password_closes_the_sockets_of_other_devices(devices):
    (_, desk, (at_desk, _)), (_, phone, on_phone) = devices
    body = {"current_password": OLD, "new_password": NEW}
    answer = await in_db(desk.post)("/api/auth/password/", body, format="json")
    assert answer.json() == {"sessions_ended": 1}
    assert await closed(on_phone) == [4401, 4401]
    assert await alive(at_desk)
    assert (await in_db(phone.get)("/api/auth/me/")).status_code == 401


async def test_one_device_is_signed_out_from_the_other(devices):
    (_, desk, (at_desk, _)), (opened, _, on_phone) = devices
    listed = (await in_db(desk.get)("/api/auth/sessions/")).json()["results"]
    assert {row["id"] for row in listed} >= {str(opened.session.pk)}
    path = f"/api/auth/sessions/{opened.session.pk}/"
    assert (await in_db(desk.delete)(path)).status_code == 204
    assert await closed(on_phone) == [4401, 4401]
    assert await alive(at_desk)
    assert (await in_db(desk.delete)(path)).status_code == 404


async def test_signing_out_everywhere_ends_all_of_them(devices):
    (_, desk, at_desk), (_, _, on_phone) = devices
    assert (await in_db(desk.post)("/api/auth/logout-all/")).status_code == 204
    assert await closed(at_desk) + await closed(on_phone) == [4401] * 4


async def test_closing_the_account_ends_all_of_them(devices):
    (_, desk, at_desk), (_, _, on_phone) = devices
    answer = await in_db(desk.delete)("/api/auth/me/", {"password": OLD}, format="json")
    assert answer.status_code == 200
    assert await closed(at_desk) + await closed(on_phone) == [4401] * 4


async def test_a_language_is_spoken_from_the_next_answer_on(devices):
    (_, desk, _), _ = devices
    await in_db(desk.patch)("/api/auth/me/", {"language": "de"}, format="json")
    refused = await in_db(desk.get)("/api/rooms/nonsense/")
    assert refused.json()["error"]["message"].startswith("Diesen Raum gibt es nicht")

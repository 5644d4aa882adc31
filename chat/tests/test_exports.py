"""The chat as a file: for moderators, without what was taken back."""

import json

import pytest
from channels.db import database_sync_to_async
from django.test import AsyncClient

from accounts import sessions
from chat import services
from chat.models import Kind, Message
from rooms import memberships


@pytest.fixture
def export(api, room, people):
    def get(query="", by=None):
        return api(by or people.owner).get(f"/api/rooms/{room.code}/messages/export/{query}")

    return get


@pytest.fixture
def evening(say, room, people, frozen_clock):
    say("Hello\nthere", media_time_s=72)
    gone = say("marker-7f3a")
    services.message_delete(message=gone, by=str(people.owner.id))
    Message.objects.create(
        room=room, author=people.member, kind=Kind.SYSTEM, body="Ana paused", nonce="d", rank=10**18
    )
    Message.objects.create(room=room, author=people.owner, body="lost", nonce="n")


def text_of(answer):
    return b"".join(answer.streaming_content).decode()


@pytest.mark.django_db
def test_as_text_it_reads_like_a_chat(export, evening, room):
    answer = export()
    assert answer["content-type"] == "text/plain; charset=utf-8"
    assert answer["content-disposition"] == f'attachment; filename="{room.code}-chat.txt"'
    lines = text_of(answer).splitlines()
    assert lines[0] == room.name
    assert lines[1].endswith("UTC] Mara (1:12): Hello")
    assert lines[2] == "    there"
    assert lines[3].endswith("UTC] * Ana paused")
    assert len(lines) == 4


@pytest.mark.django_db
def test_as_json_it_is_what_the_api_tells(export, evening, api, room, people):
    answer = export("?format=json")
    assert answer["content-type"] == "application/json"
    told = json.loads(text_of(answer))
    listed = api(people.owner).get(f"/api/rooms/{room.code}/messages/").json()["results"]
    assert told == listed


@pytest.mark.django_db
def test_an_empty_chat_is_an_empty_list(export):
    assert json.loads(text_of(export("?format=json"))) == []


@pytest.mark.django_db(transaction=True)
async def test_the_server_that_serves_streams_it_too(evening_rows, room, people):
    def bearer():
        return sessions.session_open(user=people.owner, agent="test").access

    token = await database_sync_to_async(bearer)()
    answer = await AsyncClient().get(
        f"/api/rooms/{room.code}/messages/export/", headers={"authorization": f"Bearer {token}"}
    )
    text = b"".join([part async for part in answer.streaming_content]).decode()
    assert text.count("UTC] Mara: m") == 1200


@pytest.fixture
def evening_rows(room, people):
    Message.objects.bulk_create(
        Message(room=room, author=people.owner, body=f"m{n}", nonce=f"n{n}", rank=n + 1)
        for n in range(1200)
    )


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "status"), [("moderator", 200), ("member", 403), ("guest", 403)])
def test_it_is_for_moderators(export, people, room, role, status):
    memberships.place_take(user=people.stranger, room=room, role=role)
    answer = export(by=people.stranger)
    assert answer.status_code == status
    if status == 403:
        assert answer.json()["error"]["code"] == "no_moderate"


@pytest.mark.django_db
def test_who_is_outside_gets_nothing_and_a_wrong_format_is_refused(export, api, people, room):
    assert api().get(f"/api/rooms/{room.code}/messages/export/").status_code == 401
    assert export(by=people.stranger).json()["error"]["code"] == "not_a_member"
    for query in ("?format=exe", "?form=txt"):
        answer = export(query)
        assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid")


@pytest.mark.django_db
def test_it_is_made_a_few_times_an_hour(export):
    assert [export().status_code for _ in range(4)] == [200, 200, 200, 429]

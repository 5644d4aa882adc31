"""What could tell somebody of a shadow mute, though no door and no event does."""

import datetime

import pytest
from channels.db import database_sync_to_async

from chat import services
from chat.models import Message
from chat.store import TAIL_LENGTH
from chat.unheard.services import release
from rooms.access import member_in
from rooms.rights import Change, rights_set
from syncwatch.tests.desk import Desk

in_db = database_sync_to_async
pytestmark = pytest.mark.django_db


@pytest.fixture
def told(room, people):
    """`told(message)`: the moderator shows it to everybody."""
    actor = member_in(room, str(people.owner.pk))
    return lambda message: release(actor=actor, message_id=str(message.pk))


@pytest.mark.django_db(transaction=True)
async def test_after_a_reload_nothing_of_theirs_is_missing_in_the_middle(
    say, shadow, sockets, people, room
):
    """The history goes on where the snapshot begins."""
    await in_db(say)("Hello")
    await in_db(shadow)(people.guest)
    for number in range(TAIL_LENGTH + 2):
        await in_db(say)(f"n{number}", by=people.guest)
    mine = (await sockets.open(people.guest, room.code)).snapshot["messages"]
    assert [each["body"] for each in mine] == [f"n{number}" for number in range(2, 52)]


def test_what_is_released_is_as_old_as_its_telling(say, shadow, told, api, people, room):
    """A line of an hour ago behind those of now tells that it was kept back."""
    shadow(people.guest)
    said = say("Look", by=people.guest)
    before = Message.objects.get(pk=said.pk).created_at
    heard = say("Hello")
    told(said)
    page = api(people.member).get(f"/api/rooms/{room.code}/messages/").json()["results"]
    assert [each["body"] for each in page] == ["Hello", "Look"]
    times = [datetime.datetime.fromisoformat(each["created_at"]) for each in page]
    assert before < heard.created_at <= times[0] <= times[1]


def test_a_chat_exported_by_its_author_has_it(say, shadow, api, people, room):
    """They were given the right to manage people, or the room, since."""
    say("one")
    shadow(people.guest)
    say("two", by=people.guest)
    say("three")
    actor, target = (member_in(room, str(who.pk)) for who in (people.owner, people.guest))
    rights_set(actor=actor, target=target, changes=[Change("moderate", allowed=True)])

    def bodies(who, form):
        answer = api(who).get(f"/api/rooms/{room.code}/messages/export/?format={form}")
        text = b"".join(answer.streaming_content).decode()
        return [word for word in ("one", "two", "three") if word in text]

    for form in ("txt", "json"):
        assert bodies(people.guest, form) == ["one", "two", "three"]
        assert bodies(people.owner, form) == ["one", "three"]


def test_moderators_read_what_it_said_before_and_nobody_else(say, shadow, api, people, room):
    shadow(people.guest)
    said = say("one", by=people.guest)
    services.message_edit(message=said, body="two")
    address = f"/api/rooms/{room.code}/messages/{said.pk}/history/"
    found = api(people.owner).get(address)
    assert [each["body"] for each in found.json()["results"]] == ["one"]
    unknown = address.replace(str(said.pk), "01890000-0000-7000-8000-000000000001")
    for other in (people.member, people.guest):
        hidden, nothing = api(other).get(address), api(other).get(unknown)
        assert (hidden.status_code, hidden.json()) == (nothing.status_code, nothing.json())


def test_staff_read_nothing_about_themselves(say, shadow, people, room):
    reader = Desk.moderator()
    mute = shadow(reader.user, reason="why-7f3a")
    shadow(people.guest, reason="spam")
    for path in ("chat/shadowmute", "rooms/measure"):
        found = reader.client.get(f"/admin/{path}/").content.decode()
        assert "spam" in found
        assert "why-7f3a" not in found
    assert "why-7f3a" not in reader.page(room).content.decode()
    assert reader.page(mute).status_code == 302

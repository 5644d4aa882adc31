"""What could tell somebody of a shadow mute, though no door and no event does."""

import datetime

import pytest
from channels.db import database_sync_to_async

from accounts.models import User
from chat import services
from chat.models import Message
from chat.store import TAIL_LENGTH
from chat.unheard.services import release
from rooms import memberships
from rooms.access import member_in
from rooms.rights import Change, rights_set
from syncwatch.tests.desk import Desk

in_db = database_sync_to_async
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _patient(settings):
    settings.RATE_LIMIT_FACTOR = 1_000


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


@pytest.mark.django_db(transaction=True)
async def test_to_others_its_id_is_as_good_as_any(say, shadow, api, mara, ana, people, room):
    """Whoever guesses it, or had it from its author, is answered as with one that never was."""
    await in_db(shadow)(people.guest)
    said = str((await in_db(say)("Nobody reads this", by=people.guest)).pk)
    never = "01890000-0000-7000-8000-000000000001"
    frames = [
        {"type": "chat:send", "body": "x", "nonce": "a", "reply_to": None},
        {"type": "chat:edit", "id": None, "body": "x"},
        {"type": "chat:delete", "id": None},
        {"type": "chat:react", "id": None, "emoji": "🔥", "on": True},
        {"type": "chat:read", "id": None},
        {"type": "chat:pin", "id": None, "on": True},
        {"type": "poll:vote", "id": None, "options": [0]},
        {"type": "poll:close", "id": None},
    ]

    async def answers(page, message):
        filled = [
            {name: message if value is None else value for name, value in frame.items()}
            for frame in frames
        ]
        return [{**await page.ask(**frame), "ref": ""} for frame in filled]

    assert await answers(ana, said) == await answers(ana, never)

    def asked(message):
        client, base = api(people.member), f"/api/rooms/{room.code}"
        found = [
            client.post(f"{base}/reports/", {"message_id": message, "kind": "spam"}, format="json"),
            client.post(f"{base}/unheard/{message}/release/"),
            client.get(f"{base}/messages/?before={message}"),
            client.get(f"{base}/messages/{message}/reactions/"),
        ]
        return [(each.status_code, each.json()) for each in found]

    assert await in_db(asked)(said) == await in_db(asked)(never)


@pytest.mark.django_db(transaction=True)
async def test_to_its_author_the_answers_are_those_of_a_heard_one(
    say, shadow, sockets, api, people, room
):
    """Of two who are guests, one is shadow-muted; they do the same."""
    other = await in_db(_guest)(room)
    looks = []
    await in_db(shadow)(people.guest)
    for who in (people.guest, other):
        page = await sockets.open(who, room.code)
        said = (await page.ask(type="chat:send", body="Hello", nonce="n"))["message"]["id"]
        frames = [
            {"type": "chat:send", "body": "Hello", "nonce": "n"},
            {"type": "chat:send", "body": "And", "nonce": "m", "reply_to": said},
            {"type": "chat:edit", "id": said, "body": "Hello you"},
            {"type": "chat:edit", "id": said, "body": " "},
            {"type": "chat:react", "id": said, "emoji": "🔥", "on": True},
            {"type": "chat:react", "id": said, "emoji": "🔥", "on": True},
            {"type": "chat:read", "id": said},
            {"type": "chat:pin", "id": said, "on": True},
            {"type": "chat:typing"},
            {"type": "poll:vote", "id": said, "options": [0]},
            {"type": "chat:delete", "id": said},
            {"type": "chat:delete", "id": said},
            {"type": "chat:edit", "id": said, "body": "gone"},
        ]
        socket = [_plain(await page.ask(**frame), said, who) for frame in frames]
        looks.append(socket + await in_db(_asked)(api, room.code, said, who))
    assert looks[0] == looks[1]


def _guest(room):
    made = User.objects.create_guest("Ilya")
    memberships.place_take(user=made, room=room, role="guest")
    return made


def _asked(api, code, message, who):
    client, base = api(who), f"/api/rooms/{code}"
    found = [
        client.post(f"{base}/reports/", {"message_id": message, "kind": "spam"}, format="json"),
        client.get(f"{base}/messages/?before={message}"),
        client.get(f"{base}/messages/{message}/reactions/"),
        client.get(f"{base}/messages/{message}/history/"),
        client.get(f"{base}/moderation/"),
        client.get(f"{base}/shadow-mutes/"),
        client.delete(f"{base}/members/{who.pk}/shadow-mute/"),
        client.get("/api/unread/"),
    ]
    return [(each.status_code, _plain(each.json(), message, who)) for each in found]


VARYING = {"ref", "id", "seq", "created_at", "edited_at", "reply_to", "avatar"}


def _plain(thing, message, who):
    """Without what two people and two messages never share."""
    if isinstance(thing, dict):
        return {
            name: name if name in VARYING and value else _plain(value, message, who)
            for name, value in thing.items()
        }
    if isinstance(thing, list):
        return [_plain(each, message, who) for each in thing]
    return {message: "message", str(who.pk): "who"}.get(thing, thing)

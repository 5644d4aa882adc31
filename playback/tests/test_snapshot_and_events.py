"""A snapshot plus the events after it is the next snapshot: for every deed in a room.

What is seen here is kept in `static/js/room/fixtures/deeds.json`, and the browser's own reducer is
tested against it. `WRITE_FIXTURES=1` writes the file anew, after a change of the protocol.
"""

import datetime
import io
import json
import os

import pytest
from channels.db import database_sync_to_async
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from playback import services
from playback.models import QueueItem
from rooms import access, bans, memberships, rights
from rooms.access import member_in
from rooms.evenings import services as evenings
from rooms.evenings.services import Wish
from rooms.rights import Change
from rooms.services import room_update
from syncwatch.lib import clock
from syncwatch.tests.room_state import PARTS, after, of, plain

pytestmark = pytest.mark.django_db(transaction=True)
in_db = database_sync_to_async
FIXTURE = django_settings.BASE_DIR / "static/js/room/fixtures/deeds.json"
ADDRESS = "https://films.example/{}.mp4"


# --- the deeds ---------------------------------------------------------------------------------


class Evening:
    """Ana looks on while things happen in Mara's room."""

    def __init__(self, sockets, people, room):
        self.sockets, self.people, self.room = sockets, people, room
        self.first, self.deeds = None, []

    async def deed(self, name, act):
        before = (await self._look()).snapshot
        watcher = await self._look()
        await act()
        fresh = (await self._look()).snapshot
        events = await self._heard(watcher, fresh["seq"])
        state = of(before)
        for event in events:
            state = of(after(state, event))
        assert state == of(fresh), name
        assert events, name
        self._keep(name, before, events, fresh)

    def _keep(self, name, before, events, fresh):
        """The first snapshot whole, and after each deed what is another than before it."""
        old, new = of(before), of(fresh)
        self.first = self.first or before | old
        change = {part: new[part] for part in PARTS if new[part] != old[part]}
        self.deeds.append({"deed": name, "events": events, "change": change})

    async def _look(self):
        return await self.sockets.open(self.people.member, self.room.code)

    async def _heard(self, watcher, until):
        events = []
        while not events or events[-1]["seq"] < until:
            event = await watcher.next()
            if "seq" in event:
                events.append(event)
        return events


@pytest.fixture
def evening(sockets, people, room, frozen_clock, settings):
    settings.RATE_LIMIT_FACTOR = 1_000
    return Evening(sockets, people, room)


def asks(socket, **frame):
    async def act():
        answer = await socket.ask(**frame)
        assert answer["type"] == "ack", answer
        return answer

    return act


def does(work, **arguments):
    return lambda: in_db(work)(**arguments)


async def at_the_remote(evening, mara, item, frozen_clock):
    await evening.deed("load", asks(mara, type="sync:load", item_id=item))
    await evening.deed("play", asks(mara, type="sync:play", position=30))
    frozen_clock.advance(5_000)
    await evening.deed("seek", asks(mara, type="sync:seek", position=60.5))
    await evening.deed("rate", asks(mara, type="sync:rate", rate=1.5))
    await evening.deed("pause", asks(mara, type="sync:pause"))


async def on_the_list(evening, mara, items, frozen_clock):
    change = {"room": evening.room, "by": evening.people.owner}
    second = {**change, "item_id": str(items[1].id)}
    url = ADDRESS.format("c")
    await evening.deed("add", does(services.item_add, **change, url=url, title="C"))
    await evening.deed("move", does(services.item_move, **second, before=str(items[0].id)))
    await evening.deed("rename", does(services.item_rename, **second, title="Second"))
    await evening.deed("vote", does(services.item_vote, **second, on=True))
    item = await in_db(QueueItem.objects.get)(id=items[1].id)
    await evening.deed("remove", does(services.item_remove, **change, item=item))


async def in_the_chat(evening, mara):
    await evening.deed("say", asks(mara, type="chat:send", body="Helo <b>", nonce="n1"))
    said = await mara.ask(type="chat:send", body="Helo <b>", nonce="n1")
    name = said["message"]["id"]
    await evening.deed("edit", asks(mara, type="chat:edit", id=name, body="Hello"))
    answer = {"body": "Yes?", "nonce": "n2", "reply_to": name}
    await evening.deed("answer", asks(mara, type="chat:send", **answer))
    await evening.deed(
        "edit what is quoted", asks(mara, type="chat:edit", id=name, body="Hi @Ana 🐇")
    )
    for emoji in ("🔥", "❤️"):
        react = {"type": "chat:react", "id": name, "emoji": emoji}
        await evening.deed(f"react {emoji}", asks(mara, **react, on=True))
    await evening.deed("pin", asks(mara, type="chat:pin", id=name, on=True))
    await evening.deed("unreact", asks(mara, **react, on=False))
    await evening.deed("take back", asks(mara, type="chat:delete", id=name))
    again = (await mara.ask(type="chat:send", body="Rules", nonce="n3"))["message"]["id"]
    await mara.ask(type="chat:pin", id=again, on=True)
    await evening.deed("clear", asks(mara, type="chat:clear", count=1))
    person = {"user_id": str(evening.people.owner.pk)}
    await evening.deed("clear a person", asks(mara, type="chat:clear", **person))


async def asking(evening, mara, frozen_clock):
    poll = {"type": "poll:open", "question": "And now?", "options": ["On", "Off"], "nonce": "p1"}
    await evening.deed("open a poll", asks(mara, **poll))
    name = (await mara.ask(**poll))["message"]["id"]
    await evening.deed("vote", asks(mara, type="poll:vote", id=name, options=[1]))
    frozen_clock.advance(600)
    await evening.deed("change the vote", asks(mara, type="poll:vote", id=name, options=[0]))
    await evening.deed("close the poll", asks(mara, type="poll:close", id=name))
    other = await mara.ask(**poll | {"nonce": "p2"})
    took = {"type": "chat:delete", "id": other["message"]["id"]}
    await evening.deed("take a poll back", asks(mara, **took))


async def with_emotes(evening, api):
    """Pictures of the room's own, over the API."""
    path = f"/api/rooms/{evening.room.code}/emotes/"
    client = await in_db(api)(evening.people.owner)

    def put(name):
        out = io.BytesIO()
        Image.new("RGB", (20, 10), "#c33").save(out, "PNG")
        file = SimpleUploadedFile("emote.png", out.getvalue())
        client.post(path, {"name": name, "picture": file}, format="multipart")

    await evening.deed("put up an emote", does(put, name="sofa"))
    await evening.deed("put up another", does(put, name="rug"))
    await evening.deed("take an emote down", does(client.delete, path=f"{path}sofa/"))


async def in_the_call(evening, mara):
    await evening.deed("talk", asks(mara, type="voice:join", session="session-mara"))
    await evening.deed("stop talking", asks(mara, type="voice:leave"))


async def before_the_evening(evening, mara, film_id, frozen_clock):
    """A date, answers to it, who is ready; then time brings it about."""
    code, people = evening.room.code, evening.people
    owner = await in_db(access.place_in)(people.owner, code)

    def plan(**wish):
        soon = clock.now() + datetime.timedelta(minutes=20)
        return does(evenings.evening_plan, place=owner, wish=Wish(soon, item_id=film_id, **wish))

    def answer(said):
        return does(evenings.evening_answer, room=evening.room, user=people.member, answer=said)

    async def time_comes():
        frozen_clock.advance(60_000)
        await evening.sockets.run_due()  # leases end, and the evening not yet: one after the other
        frozen_clock.advance(10 * 60_000)
        await evening.sockets.run_due()

    ready = asks(mara, type="evening:ready", ready=True)
    await evening.deed("plan an evening", plan(title="Rabbit night"))
    await evening.deed("say maybe", answer("maybe"))
    await evening.deed("say yes", answer("yes"))
    await evening.deed("be ready", ready)
    await evening.deed("be ready no more", asks(mara, type="evening:ready", ready=False))
    await evening.deed("call it off", does(evenings.evening_cancel, place=owner))
    await evening.deed("plan another one", plan())
    await evening.deed("be ready again", ready)
    frozen_clock.advance(20 * 60_000 - 60_000)
    await evening.deed("put it off", does(evenings.evening_later, place=owner))
    await evening.deed("the evening begins", time_comes)


async def among_people(evening, people, room, frozen_clock):

    async def comes():
        frozen_clock.advance(10)  # people are listed in the order in which they came
        evening.ilya = await evening.sockets.open(people.guest, room.code)

    async def goes():
        await evening.ilya.close()
        frozen_clock.advance(5_000)
        await evening.sockets.run_due()

    def raised(user):
        actor, target = (member_in(room, str(one.id)) for one in (people.owner, user))
        memberships.role_set(actor=actor, target=target, role="moderator")

    def given(user, capability, *, allowed, for_s=None):
        end = clock.now() + datetime.timedelta(seconds=for_s) if for_s else None
        actor, target = (member_in(room, str(one.id)) for one in (people.owner, user))
        rights.rights_set(actor=actor, target=target, changes=[Change(capability, allowed, end)])

    async def time_is_over():
        frozen_clock.advance(1_000)
        await evening.sockets.run_due()

    update = {"room": room, "by": people.owner}
    await evening.deed("join", comes)
    mute = does(given, user=people.member, capability="chat", allowed=False)
    await evening.deed("mute me", mute)
    await evening.deed("take the remote", does(room_update, **update, changes={"control": "owner"}))
    lend = does(given, user=people.guest, capability="control", allowed=True, for_s=1)
    await evening.deed("lend the remote", lend)
    await evening.deed(
        "end the mute", does(given, user=people.member, capability="chat", allowed=None)
    )
    await evening.deed("time is over", time_is_over)
    await evening.deed("promote a guest", does(raised, user=people.guest))
    for name, away in (("step away", True), ("be back", False), ("step away again", True)):
        await evening.deed(name, asks(evening.ilya, type="room:away", away=away))
    await evening.deed("leave", goes)
    name = {"name": "Monday Rabbit Club", "visibility": "public"}
    await evening.deed("rename room", does(room_update, **update, changes=name))
    order = {"slow_mode_s": 30, "new_guest_delay_s": 60, "locked_in": True}
    await evening.deed("keep order", does(room_update, **update, changes=order))

    def banned():
        actor = member_in(room, str(people.owner.id))
        bans.member_ban(actor=actor, user=people.guest, reason="spoilers")

    await evening.deed("ban", does(banned))
    await evening.deed("promote me", does(raised, user=people.member))


async def test_every_deed_makes_of_the_old_snapshot_the_new_one(
    evening, film, put_on_list, frozen_clock, api
):
    people, room = evening.people, evening.room
    items = await in_db(lambda: put_on_list(film("A"), film("B")))()
    mara = await evening.sockets.open(people.owner, room.code)
    frozen_clock.advance(10)
    await at_the_remote(evening, mara, str(items[0].id), frozen_clock)
    await on_the_list(evening, mara, items, frozen_clock)
    await in_the_chat(evening, mara)
    await asking(evening, mara, frozen_clock)
    await in_the_call(evening, mara)
    film_id = items[0].id
    await before_the_evening(evening, mara, film_id, frozen_clock)
    await among_people(evening, people, room, frozen_clock)
    await with_emotes(evening, api)
    seen = plain({"first": evening.first, "deeds": evening.deeds}, evening.first)
    if os.environ.get("WRITE_FIXTURES"):
        FIXTURE.write_text(json.dumps(seen, indent=2, ensure_ascii=False) + "\n")
    assert json.loads(FIXTURE.read_text()) == seen, "WRITE_FIXTURES=1 brings the fixture up to date"

"""A room full of clients and what happens to them: the interpreter of a program of deeds.

A program is a list of rounds; what stands in one round is sent before any answer to it is awaited.
"""

import asyncio
import contextlib
import dataclasses
import logging

from channels.db import database_sync_to_async

from chat.models import Message
from playback import services as playback
from playback import store
from playback.models import QueueItem, RoomPlayback
from rooms import gateway
from rooms.gateway.consumer import RoomConsumer
from rooms.gateway.hub import Hub, running_hub
from rooms.gateway.script import DEADLINES
from rooms.services import room_update
from syncwatch.lib import clock, redis
from syncwatch.tests.room_client import Client
from syncwatch.tests.room_deeds import FRAMES, Deed, about_words, resume, status
from syncwatch.tests.room_model import Complaints, Model, settled, shared

in_db = database_sync_to_async
TABS = ("mara1", "ana1", "ilya1", "ana2", "jonas1", "mara2")
THERE_AT_FIRST = 4
LOOKS = 600
RENEW_MS, AUDIT_MS, WRITTEN_MS = 8_000, 2_000, 2_000
WAIT = {"mode": "on", "grace_ms": 250, "quorum": 1.0, "cap_s": 3}
FINE = {"not_found", "invalid", "forbidden", "not_in_call", "conflict", "not_playable"}


class Party:
    def __init__(self, *, sockets, users, room, time, waits):
        self.sockets, self.room, self.time, self.waits = sockets, room, time, waits
        self.owner = users[0]
        self.told = {}
        by_name = {user.display_name.lower(): user for user in users}
        self.clients = {
            name: Client(sockets, by_name[name[:-1]], room.code, self.told) for name in TABS
        }
        self.model = self.written = Model()
        self.items, self.removed, self.said = [], set(), {}
        self.losing = self.lossy = False
        self.astray = False  # astray: only the audit finds what was lost
        self.silent = set()  # tabs that never say goodbye
        self._renewed_ms = self._audited_ms = clock.server_ms()
        self.complaints = Complaints()

    # --- the ground ----------------------------------------------------------------------------

    def prepare(self, monkeypatch):
        goodbye, take = RoomConsumer._say_goodbye, Hub._on_message
        party = self

        async def perhaps_goodbye(self, connection):
            if connection.caller.tab not in party.silent:
                await goodbye(self, connection)

        def perhaps_take(self, message):
            if not (party.losing and message["type"] == "room.event"):
                take(self, message)

        monkeypatch.setattr(RoomConsumer, "_say_goodbye", perhaps_goodbye)
        monkeypatch.setattr(Hub, "_on_message", perhaps_take)
        logging.getLogger().addHandler(self.complaints)

    async def begin(self):
        if self.waits:
            await in_db(room_update)(room=self.room, by=self.owner, changes={"wait": WAIT})
        for _ in range(2):
            await self.add()
        for name in TABS[:THERE_AT_FIRST]:
            await self.come(name)

    @property
    def present(self):
        return [each for each in self.clients.values() if each.live]

    async def come(self, name, how="keeps"):
        self.time.advance(10)  # people are listed in the order in which they came
        client = self.clients[name]
        self.silent.discard(client.tab)
        await client.come(how)

    async def add(self):
        number = len(self.items)
        url = f"https://films.example/{number}.mp4"
        film = {"room": self.room, "by": self.owner, "url": url, "title": f"Film {number}"}
        item = await in_db(playback.item_add)(**film)
        self.items.append(str(item.id))

    # --- a round -------------------------------------------------------------------------------

    async def run(self, program):
        for deeds in program:
            for deed in deeds:
                client = self.clients.get(deed.who)
                act = getattr(self, f"do_{deed.does}", None)
                if act is not None:
                    await act(deed.who if client else deed.what, deed.what)
                elif client is not None and client.live:
                    await self.say(client, deed)
            await self.round_ends()
            assert not self.complaints.heard, self.complaints.heard

    async def round_ends(self):
        acked = []
        for client in self.clients.values():
            if client.state is not None:
                acked += [
                    (client, *pair) for pair in await client.answered() if pair[1] is not None
                ]
        for client, frame, answer in acked:
            if answer["type"] == "error":
                assert answer["code"] in FINE, (frame, answer)
            elif "nonce" in frame:
                said = self.said.setdefault((client.user.pk, frame["nonce"]), set())
                said.add(answer["message"]["id"])
        commands = [pair for pair in acked if pair[2].get("seq") and "sync:" in pair[1]["type"]]
        for _, frame, _ in sorted(commands, key=lambda pair: pair[2]["seq"]):
            self.model = self.model.after(frame)
        if not self.astray:
            await self.heard_all()

    async def heard_all(self):
        """Everybody stands where the room stands; where something was lost, the audit sees to it,
        which may have come while people were still being told of the loss before.
        """
        for _ in range(LOOKS):
            for client in self.present:
                client.check()
            behind = {(each.seq, each.epoch) for each in self.present} - {self.now()}
            if not behind:
                return
            await asyncio.sleep(0.005)
            if self.lossy:
                await running_hub().audit()
        raise AssertionError(f"at {behind} for ever, while the room is at {self.now()}")

    def now(self):
        names = (gateway.key(self.room.code, name) for name in ("seq", "epoch"))
        seq, epoch = redis.sync().mget(*names)
        return int(seq or 0), (epoch or b"").decode()

    async def say(self, client, deed):
        frame = self.frame(client, deed)
        if frame is not None:
            client.last_sent = frame
            await client.send(**frame)

    def frame(self, client, deed):
        """What a client sends for this; None where it has nothing to say."""
        what = deed.what
        if deed.does == "loads":
            return {"type": "sync:load", "item_id": self.items[what % len(self.items)]}
        if deed.does in FRAMES:
            return FRAMES[deed.does](what)
        if deed.does == "reports":
            return status(client, what)
        if deed.does == "repeats":
            return client.last_sent
        if deed.does == "resumes":
            return resume(client, what)
        known = sorted(set().union(*self.said.values()))
        return about_words(deed.does, known[what[0] % len(known)], what[1]) if known else None

    # --- what happens to them ------------------------------------------------------------------

    async def do_comes(self, name, how):
        if not self.clients[name].live:
            await self.come(name, how)

    async def do_goes(self, name, _):
        await self.gone(name, silent=False)

    async def do_is_cut(self, name, _):
        await self.gone(name, silent=True)

    async def gone(self, name, *, silent):
        client = self.clients[name]
        if client.live:
            if silent:
                self.silent.add(client.tab)
            await client.go()

    async def do_loses(self, _, lost):
        """The bus loses events from now on, or does so no more."""
        self.losing = lost
        self.astray = self.astray or lost
        self.lossy = self.lossy or lost

    async def do_forgets(self, *_):
        """Redis comes back empty: what was written down is what there is."""
        redis.sync().flushdb()
        kept = self.written
        self.model = (
            dataclasses.replace(kept) if kept.item not in self.removed else Model(rate=kept.rate)
        )
        self.lossy = self.astray = True

    async def do_adds(self, *_):
        await self.add()

    async def do_removes(self, number, _):
        name = self.items[number % len(self.items)]
        item = await in_db(QueueItem.objects.filter(id=name).first)()
        if item is not None:
            await in_db(playback.item_remove)(room=self.room, by=self.owner, item=item)
            self.removed.add(name)

    async def do_sleeps(self, ms, _):
        """The whole server stands still, with its sockets open; then it goes on."""
        self.time.advance(ms)
        await self.do_waits(600, None)

    async def do_waits(self, ms, _):
        """Time passes as it does for a server: deadlines, leases, the audit."""
        if not self.present:
            await self.come("mara1")
        end_ms = clock.server_ms() + ms
        while True:
            await self.steps()
            if clock.server_ms() >= end_ms:
                break
            self.time.set(max(clock.server_ms() + 1, min(end_ms, self.next_ms())))
        if ms >= WRITTEN_MS or await self.is_written():
            self.written = self.model

    async def is_written(self):
        """At once after half a second; a busy room waits for its turn. The row says which."""
        rows = RoomPlayback.objects.filter(room=self.room).values_list("changed_ms", flat=True)
        with contextlib.suppress(store.TimelineMissingError):
            return await in_db(rows.first)() == (await store.live(self.room.code)).changed_ms

    def next_ms(self):
        due = [score for _, score in redis.sync().zrange(DEADLINES, 0, 0, withscores=True)]
        return min([self._renewed_ms + RENEW_MS, self._audited_ms + AUDIT_MS, *due])

    async def steps(self):
        """What the loops of a process would do now; see rooms.gateway.process."""
        hub, now_ms = running_hub(), clock.server_ms()
        while await self.sockets.run_due():
            pass
        if now_ms >= self._renewed_ms + RENEW_MS:
            await hub.renew_leases()
            self._renewed_ms = now_ms
        if now_ms >= self._audited_ms + AUDIT_MS or self.astray:
            await hub.audit()
            self._audited_ms, self.astray = now_ms, self.losing

    # --- in the end ----------------------------------------------------------------------------

    async def quiesce(self):
        self.losing = False
        await self.do_waits(100, None)
        for name in TABS[1:]:
            await self.gone(name, silent=True)
        await self.run([[Deed("mara1", "comes", "over")], [Deed("mara1", "says", "last")]])
        for number, (name, client) in enumerate(self.clients.items()):
            if client.state is not None and not client.live:
                await self.come(name, ("keeps", "over")[number % 2])
        await self.do_waits(45_000, None)  # leases of those who were cut, calls, exemptions
        for state in ("ready", "playing"):
            for client in self.present:
                await client.send(**status(client, state))
            await self.round_ends()
            await self.do_waits(5_000, None)
        await self.round_ends()

    async def check(self):
        """Everybody knows what a newcomer would be told, and it is what was asked for. Answers what
        clients heard in between.
        """
        snapshots = [(each, await each.fresh()) for each in self.present]
        heard = [each.heard(fresh) for each, fresh in snapshots if each.state == fresh]
        for client, fresh in snapshots:
            known, told = settled(client.state), settled(fresh)
            other = {part: (known[part], told[part]) for part in told if known[part] != told[part]}
            assert not other, f"{client.user} knows otherwise than a newcomer: {other}"
        assert len({shared(fresh) for _, fresh in snapshots}) == 1, "two newcomers differ"
        told = snapshots[0][1]
        here = {member["user"]["id"] for member in told["members"]}
        assert here == {str(each.user.pk) for each in self.present}
        timeline = told["timeline"]
        assert timeline["hold"] is None, f"nobody can release {timeline['hold']}"
        seen = Model(timeline["item_id"], not timeline["paused"], timeline["rate"])
        assert seen == self.model
        await in_db(self.check_words)()
        assert not self.complaints.heard, self.complaints.heard
        return heard

    def check_words(self):
        for (user_id, nonce), ids in self.said.items():
            assert len(ids) == 1, f"{nonce} was acked as {ids}"
            stored = Message.objects.filter(room=self.room, author_id=user_id, nonce=nonce)
            assert [str(each.pk) for each in stored] == [*ids]

    def end(self):
        logging.getLogger().removeHandler(self.complaints)
        for client in self.clients.values():
            client.stop()

"""A room's live timeline for tests, without sockets: who watches, what was told, what is due."""

import json
from dataclasses import dataclass

from playback import rules, store, waiting
from playback.realtime import PlaybackEvents
from playback.store import Change, Film, Report
from rooms import gateway
from rooms.gateway.deadlines import Deadlines
from rooms.gateway.events import Catalogue
from rooms.gateway.script import DEADLINES
from syncwatch.lib import clock, redis

CODE = "abcdefghjkmn"
FILM = Film("item-1", "video", "video-1", duration_s=600)


@dataclass
class LiveRoom:
    code: str = CODE

    def start(self, film=FILM, *, paused=True, position_s=0.0):
        now_ms = clock.server_ms()
        timeline = rules.Timeline(film.item_id, paused, position_s, 1.0, now_ms)
        store.restore_sync(self.code, timeline, film)
        return self

    def do(self, action, value=None, by="ana", **more):
        return store.apply_sync(self.code, Change(action, by, value, **more))

    def load(self, film=FILM):
        return store.apply_sync(self.code, store.load(film, by="ana"))

    async def status(self, user, state, seq=0, *, rtt_ms=20, tab="t1", conn="c1"):
        text = json.dumps({"user_id": user, "tab": tab, "state": state, "seq": seq})
        report = Report(f"{user}:{tab}", state, seq, rtt_ms, conn, text)
        heard = await store.report(self.code, report)
        await waiting.heard(self.code, report, heard)
        return heard

    async def run_due(self):
        """What time brings about, as the background loop of a process would run it."""
        return await Deadlines(Catalogue((PlaybackEvents(),))).run_due()

    @property
    def now(self):
        return store.live_sync(self.code)

    @property
    def wire(self):
        return json.loads(self.now.json)

    @property
    def position(self):
        return rules.position_at(self.now.timeline, clock.server_ms())

    @property
    def events(self):
        return [
            json.loads(text)
            for text in redis.sync().lrange(gateway.key(self.code, "recent"), 0, -1)
        ]

    @property
    def queue_events(self):
        return [event for event in self.events if event["type"] == "queue:updated"]

    @property
    def commands(self):
        return [event["action"] for event in self.events if event["type"] == "sync:command"]

    @property
    def deadlines(self):
        """kind → (token, due in ms from now)"""
        found = redis.sync().zrange(DEADLINES, 0, -1, withscores=True)
        parts = [
            (*name.decode().split("|")[1:], int(due) - clock.server_ms()) for name, due in found
        ]
        return {kind if token != "alive" else "alive": (token, due) for kind, token, due in parts}

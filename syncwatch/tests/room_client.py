"""A client of the room socket as docs/protocol.md asks for it; complains of whatever it forbids."""

import asyncio
import json
import uuid

from syncwatch.tests.room_state import after, of
from syncwatch.tests.socket_client import until


class Client:
    """One tab of a person: an old snapshot, and what the events after it made of it."""

    def __init__(self, sockets, user, code, told):
        self._sockets, self.user, self._code = sockets, user, code
        self.tab = str(uuid.uuid4())
        self._told = told  # (epoch, seq) → event, by whomever it was heard first
        self.state, self.epoch, self.seq = None, "", 0
        self.first, self.folded = None, []
        self.live, self.last_sent = False, None
        self._socket, self._reader = None, None

    # --- coming and going ----------------------------------------------------------------------

    async def come(self, how="keeps"):
        """Connect (again). `keeps`: what is missed is folded into what is known; `over`: into the
        snapshot, as browsers do; `fresh`: the snapshot is taken as it is.
        """
        self._how = how if self.state else "fresh"
        self._answers, self._asked, self._resumes = {}, {}, {}
        self._early, self._later, self._heard, self._replayed = set(), {}, None, 0
        self.code = None
        self.stop()
        self._socket = await self._sockets.prepare(self.user, self._code, tab=self.tab)
        answer = await self._socket.handshake()
        assert answer["type"] == "websocket.accept", answer
        self._reader = asyncio.create_task(self._read())
        await self.until(lambda: self.live)

    async def go(self):
        self.live = False
        self._reader.cancel()
        await self._socket.close()

    def stop(self):
        if self._reader:
            self._reader.cancel()

    async def until(self, true):
        """Wait for something; what this client complained of meanwhile is raised."""

        def look():
            self.check()
            return true()

        await until(look)

    def check(self):
        if self._reader and self._reader.done() and not self._reader.cancelled():
            self._reader.result()

    # --- asking --------------------------------------------------------------------------------

    async def send(self, **frame):
        """Send without waiting; `answered` waits."""
        ref = uuid.uuid4().hex[:8]
        if frame["type"] == "room:resume":
            self._resumes[ref] = frame["since"]
        self._asked[ref] = frame
        await self._socket.send(**frame, ref=ref)
        return ref

    async def answered(self):
        """What was asked and what came back, in the order of asking; cut off, no answer."""
        await self.until(lambda: not self.live or self._asked.keys() <= self._answers.keys())
        pairs = [(frame, self._answers.get(ref)) for ref, frame in self._asked.items()]
        self._asked, self._answers = {}, {}
        return pairs

    async def resume(self, since=None, epoch=None):
        since = self.seq if since is None else max(0, since)
        return await self.send(type="room:resume", since=since, epoch=epoch or self.epoch)

    # --- hearing -------------------------------------------------------------------------------

    async def _read(self):
        while True:
            message = await self._socket.message()
            if message["type"] == "websocket.close":
                self.live, self.code = False, message["code"]
                return
            frame = json.loads(message["text"])
            if frame["type"] == "room:snapshot":
                await self._snapshot(frame)
            elif frame["type"] in {"ack", "error"}:
                assert frame["type"] == "ack" or frame["code"] != "server_error", frame
                self._resumes.pop(frame.get("ref"), None)
                self._answers[frame.get("ref")] = frame
            elif "seq" in frame:
                self._event(frame)

    async def _snapshot(self, frame):
        first, self._heard = self._heard is None, frame["seq"]
        self.live = True
        if first and self._how != "fresh" and frame["epoch"] == self.epoch:
            if self._how == "over":
                self.state = of(frame) | {"seq": self.seq}
            await self.resume()
            return
        self.epoch, self.seq, self.state = frame["epoch"], frame["seq"], of(frame)
        self.first, self.folded = frame, []
        self._early, self._later = set(), {}

    def _event(self, event):
        seq = event["seq"]
        first = self._told.setdefault((self.epoch, seq), event)
        assert first == event, f"heard {event}, and others {first}"
        repeated = self._repeats(seq)
        self._replayed = seq
        if not repeated:
            assert seq == self._heard + 1, f"{seq} after {self._heard}"
            self._heard = seq
            if self._resumes:
                self._early.add(seq)
        if seq > self.seq:
            self._later[seq] = event
        while (following := self._later.pop(self.seq + 1, None)) is not None:
            self.state = of(after(self.state, following))
            self.seq += 1
            self.folded.append(following)

    def _repeats(self, seq):
        """Whether this was heard before, and may be heard again: in the answer to a resume, or
        live after it was part of one.
        """
        if seq > self._heard:
            return False
        begins = any(seq == since + 1 for since in self._resumes.values())
        goes_on = self._resumes and seq == self._replayed + 1
        assert begins or goes_on or seq in self._early, f"{seq} again, after {self._heard}"
        return True

    # --- looking -------------------------------------------------------------------------------

    async def fresh(self):
        """The room's state as a newcomer would get it."""
        known = (self.state, self.first, self.folded)
        assert not self._later, f"never told what lies between {self.seq} and {min(self._later)}"
        await self.resume(epoch="another")
        await self.answered()
        fresh, self.state, self.first, self.folded = self.state, *known
        return fresh

    def heard(self, fresh):
        """An old snapshot, what was told after it, and which parts are another now."""
        old = of(self.first)
        change = {part: fresh[part] for part in fresh if fresh[part] != old[part]}
        return {"first": self.first | old, "events": self.folded, "change": change}

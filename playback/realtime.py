"""Playback's part of the room socket."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import msgspec
from channels.db import database_sync_to_async

from playback import (
    asking,
    evenings,
    films,
    health_store,
    left_off,
    observed,
    protocol,
    queue_store,
    selectors,
    store,
    timeline,
    waiting,
)
from playback.store import Change, Report, TimelineMissingError
from rooms.gateway.events import Caller, RoomEvents, RoomRef, handles, on_deadline
from syncwatch.lib import clock


class PlaybackEvents(RoomEvents):
    """`sync:*`: the remote, the statuses of players, the clock, and what time brings about."""

    prefix = "sync"

    async def common(self, room: RoomRef) -> Mapping[str, Any]:
        live = await timeline.live_of(room.code)
        return {
            "timeline": msgspec.Raw(live.json.encode()),
            "queue": msgspec.Raw(await _queue(room.code)),
        }

    async def gone(self, caller: Caller) -> None:
        report = _report_of(caller, "gone", 0, 0, "")
        async with timeline.unless_moved():
            heard = await store.report(caller.code, report)
            await waiting.heard(caller.code, report, heard)

    async def left(self, code: str, user_id: str) -> None:
        await left_off.empty_since_now(code)

    # --- the remote ------------------------------------------------------------------------

    @handles(protocol.Play)
    async def play(self, caller: Caller, frame: protocol.Play) -> Mapping[str, Any]:
        return await _command(caller, Change("play", caller.user_id, frame.position))

    @handles(protocol.Pause)
    async def pause(self, caller: Caller, frame: protocol.Pause) -> Mapping[str, Any]:
        return await _command(caller, Change("pause", caller.user_id, frame.position))

    @handles(protocol.Seek)
    async def seek(self, caller: Caller, frame: protocol.Seek) -> Mapping[str, Any]:
        return await _command(caller, Change("seek", caller.user_id, frame.position))

    @handles(protocol.SetRate)
    async def set_rate(self, caller: Caller, frame: protocol.SetRate) -> Mapping[str, Any]:
        return await _command(caller, Change("rate", caller.user_id, frame.rate))

    @handles(protocol.Load)
    async def load(self, caller: Caller, frame: protocol.Load) -> Mapping[str, Any]:
        seq = await timeline.item_load(code=caller.code, item_id=frame.item_id, by=caller.user_id)
        return {"seq": seq}

    @handles(protocol.Length)
    async def length(self, caller: Caller, frame: protocol.Length) -> None:
        await timeline.item_length(caller.code, frame.item_id, frame.duration)

    @handles(protocol.Request, limit="ask")
    async def request(self, caller: Caller, frame: protocol.Request) -> None:
        may = "control" in caller.capabilities
        await asking.ask(code=caller.code, person=caller.person, may=may, question=frame)

    @handles(protocol.Answer)
    async def answer(self, caller: Caller, frame: protocol.Answer) -> None:
        if frame.user_id not in caller.hidden:  # they were not asked, so they have no say
            await asking.answer(code=caller.code, by=caller.user_id, answer=frame)

    # --- players ---------------------------------------------------------------------------

    @handles(protocol.Ping, inline=True)
    def ping(self, caller: Caller, frame: protocol.Ping) -> protocol.Pong:
        # With its fractions: half a millisecond of rounding is as much as the engine's own error.
        received_ms = clock.precise_ms()
        return protocol.Pong(t0=frame.t0, t1=received_ms, t2=clock.precise_ms())

    @handles(protocol.Status, limit="status")
    async def status(self, caller: Caller, frame: protocol.Status) -> None:
        observed.status(frame)
        entry = protocol.Viewer(
            user_id=caller.user_id, tab=caller.tab, state=frame.state, seq=frame.seq,
            position=frame.position, buffered=frame.buffered,
            drift_ms=frame.drift_ms, rtt_ms=frame.rtt_ms,
        )  # fmt: skip
        text = msgspec.json.encode(entry).decode()
        report = _report_of(caller, frame.state, frame.seq, frame.rtt_ms, text)
        await _report(caller, replace(report, more=health_store.more(frame)))

    # --- what time brings about ------------------------------------------------------------

    @on_deadline("sync.ready")
    async def tired_of_waiting(self, code: str, token: str) -> None:
        """Four seconds are over: whoever is not ready catches up, or is waited for by name."""
        async with timeline.unless_moved():
            await store.apply(code, Change("release", expected=int(token)))
            await waiting.look(code)

    @on_deadline("sync.cap")
    async def waited_long_enough(self, code: str, token: str) -> None:
        async with timeline.unless_moved():
            await waiting.capped(code, int(token))

    @on_deadline("sync.wait")
    async def somebody_stalls(self, code: str, token: str) -> None:
        async with timeline.unless_moved():
            await waiting.look(code)

    @on_deadline("sync.edge")
    async def edge_is_near(self, code: str, token: str) -> None:
        async with timeline.unless_moved():
            await store.apply(code, store.hold("processing", expected=int(token)))

    @on_deadline("sync.look")
    async def held_at_the_edge(self, code: str, token: str) -> None:
        """News of a film may have been lost with a worker: look at the film itself."""
        async with timeline.unless_moved():
            live = await store.live(code)
            await database_sync_to_async(films.film_looked_at)(code, live.video_id)

    @on_deadline("sync.end")
    async def film_ended(self, code: str, token: str) -> None:
        async with timeline.unless_moved():
            await timeline.ended(code, int(token))

    @on_deadline("sync.flush")
    async def time_to_write_down(self, code: str, token: str) -> None:
        async with timeline.unless_moved():
            await timeline.write_down(code, token)

    @on_deadline("sync.empty")
    async def nobody_is_here(self, code: str, token: str) -> None:
        async with timeline.unless_moved():
            await left_off.still_empty(code, token)

    @on_deadline(evenings.DUE)
    async def evening_is_due(self, code: str, token: str) -> None:
        async with timeline.unless_moved():
            await evenings.due(code, token)

    @on_deadline("sync.members")
    async def members_changed(self, code: str, token: str) -> None:
        await store.tell_members(code)


async def _command(caller: Caller, change: Change) -> Mapping[str, Any]:
    return {"seq": await timeline.command(caller.code, change)}


def _report_of(caller: Caller, state: str, seq: int, rtt_ms: float, text: str) -> Report:
    player = f"{caller.user_id}:{caller.tab}"
    return Report(player, state, seq, rtt_ms, caller.conn_id, text)


async def _report(caller: Caller, report: Report) -> None:
    try:
        heard = await store.report(caller.code, report)
    except TimelineMissingError:
        await timeline.restored(caller.code)
        heard = await store.report(caller.code, report)
    async with timeline.unless_moved():
        await waiting.heard(caller.code, report, heard)


async def _queue(code: str) -> bytes:
    """The queue as JSON: as last told, else from the database and kept for the next one."""
    kept = await queue_store.kept(code)
    if kept.items is not None:
        return kept.items
    listed = await database_sync_to_async(selectors.queue_listed)(code)
    await queue_store.fill(code, listed, kept.forgotten)
    return listed.items.encode()

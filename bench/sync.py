"""How far apart do films play? Real Chromium processes on the real product, with faults.

Two people watch behind unequal networks with wrong, drifting clocks; one starts late, the other's
player runs off its rate; to the first the film itself comes slowly, too. Then one stalls for two
seconds, a third person comes late, and the three pause and play at equal distances. Truth is the
machine's one wall clock, which the engine never sees. `--no-control` switches the engine's
corrections off: the same run then has to look bad, or the benchmark proves nothing.

`--firefox` lets the second person watch in Debian's Firefox, `--plot FILE` draws the skews over the
evening. `--acoustic` also compares what comes out of the first two people's loudspeakers, and
`--sound-delay MS` tells the second person's page that theirs are so late: they then have to be
heard apart by as much.
"""

import asyncio
import contextlib
import os
import statistics
import tempfile
from dataclasses import dataclass, replace
from math import inf
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "syncwatch.settings")

import django
from playwright.async_api import Playwright, async_playwright

from bench import answers, film, plot, report, truth
from bench.acoustic import Speakers
from bench.delays import FAR, MIDDLING, NEAR, DelayProxy, Way
from bench.tabs import Chromium, Firefox, Tab
from bench.viewer import Faults, Viewer
from syncwatch.tests.api_client import Person
from syncwatch.tests.stack import Stack

SETTLE_S = 5.0  # steady windows begin so long after a command
STALL_MS = 2000
# A device's first play, a play after a pause, a seek: their film is there. A load has to fetch one.
COMMANDS = ("first_play", "play", "seek")
LOADING_S = 4.0  # what a film has between being put on and being played
AGAIN_S = 5.0  # played on after a pause
WATCH_S = 15.0  # how long a recovery is watched
SLOW_BYTES_PER_S = 250_000  # of a film of 47 000


@dataclass(frozen=True)
class Plan:
    """What was asked for."""

    seconds: float
    control: bool
    firefox: bool
    sound_delay_ms: float


@dataclass(frozen=True)
class Seat:
    """Who sits where: a name, a network, what is wrong with the machine."""

    name: str
    way: Way
    faults: Faults


SLOW = replace(MIDDLING, film_bytes_per_s=SLOW_BYTES_PER_S)
SEATS = (
    Seat("Ana", SLOW, Faults(clockOffsetMs=137_000, clockPpm=40, startErrorMs=150)),
    Seat("Ilya", NEAR, Faults(clockOffsetMs=-95_000, clockPpm=-35, rateBiasPpm=200, stalls=True)),
)
LATE_SEAT = Seat("Jonas", FAR, Faults(clockOffsetMs=41_000, clockPpm=15))


class Evening:
    """The room, its people and what was measured so far."""

    def __init__(
        self, stack: Stack, playwright: Playwright, plan: Plan, speakers: Speakers | None
    ) -> None:
        self._stack = stack
        self._playwright = playwright
        self._plan = plan
        self._speakers = speakers
        self._open = contextlib.AsyncExitStack()
        self.viewers: list[Viewer] = []
        self._proxies: list[DelayProxy] = []
        self._seeks = 0.0  # in steady windows
        self.windows: list[tuple[float, float]] = []
        self.marks: list[tuple[float, str]] = []
        self.tracks: dict[str, truth.Track] = {}
        self.results: dict[str, float] = {}

    async def prepare(self, clip: Path) -> None:
        host = Person(self._stack.url, "Mara")
        self.code = host.room("Bench")
        videos = [host.upload(clip) for _ in range(2)]
        for video in videos:
            host.wait_until(video, ready=True)
        self.items = [host.queue(self.code, video) for video in videos]

    async def come(self, seat: Seat) -> Viewer:
        proxy = DelayProxy(self._stack.port, seat.way, seed=len(self.viewers))
        await self._open.enter_async_context(proxy)
        self._proxies.append(proxy)
        person = Person(self._stack.url, seat.name)
        person.join(self.code)
        faults = replace(seat.faults, control=self._plan.control)
        tab = await self._tab()
        self._open.push_async_callback(tab.close)
        viewer = await Viewer.enter(tab, person, proxy.url, self.code, faults)
        self.viewers.append(viewer)
        await viewer.ready()
        return viewer

    async def _tab(self) -> Tab:
        number, sound = len(self.viewers), None
        if self._speakers and number < len(SEATS):
            sound = self._speakers.environment(number)
        if self._plan.firefox and number == 1:
            return await Firefox.start(sound)
        return await Chromium.start(self._playwright, sound)

    async def tell_sound_delay(self) -> None:
        """The second person moves the slider for headphones that lag."""
        asked = f"setOutputOffset({self._plan.sound_delay_ms})"
        await self.viewers[1].run(f"() => globalThis.__syncwatchBench.conductor.{asked}")

    async def command(self, script: str) -> float:
        """The first person acts; the wall time at which they did."""
        actor = self.viewers[0]
        at_ms = await actor.now_ms()
        await actor.run(f"() => globalThis.__syncwatchBench.conductor.{script}")
        return at_ms

    async def steady(self, name: str, at_ms: float, seconds: float) -> None:
        """Let the film run after a command; note when the group settled and a steady window."""
        self.marks.append((at_ms, name))
        await asyncio.sleep(SETTLE_S)
        before = await self._counted("seeks")
        await asyncio.sleep(seconds)
        self._seeks += await self._counted("seeks") - before
        tracks = await self._tracks()
        end_ms = at_ms + (SETTLE_S + seconds) * 1000
        self.windows.append((at_ms + SETTLE_S * 1000, end_ms))
        for key, limit_ms in (("t50_ms", 50.0), ("t17_ms", 16.7)):
            self.results[f"{name}_{key}"] = truth.settled_ms(tracks, at_ms, end_ms, limit_ms)

    async def stall(self) -> None:
        """The second person's data runs dry for two seconds; how long until all are in step."""
        victim = self.viewers[1]
        at_ms = await victim.now_ms()
        await victim.run(f"() => globalThis.__syncwatchBench.player.stall({STALL_MS})")
        over_ms = at_ms + STALL_MS
        self.marks.append((at_ms, "no data for 2 s"))
        await asyncio.sleep(WATCH_S)
        tracks = await self._tracks()
        recovered = truth.settled_ms(tracks, over_ms, over_ms + WATCH_S * 1000, 16.7)
        self.results["stall_recovery_ms"] = recovered

    async def late_joiner(self) -> None:
        """From the third person's first word with the room to being in step with the others, and
        with the first of them alone.
        """
        late = await self.come(LATE_SEAT)
        at_ms = await late.now_ms()
        self.marks.append((at_ms, f"{LATE_SEAT.name} comes"))
        await asyncio.sleep(WATCH_S)
        first, *others = await self._tracks()
        end_ms = at_ms + WATCH_S * 1000
        for key, there in (("late_join_ms", others), ("late_join_first_ms", others[-1:])):
            self.results[key] = truth.settled_ms([first, *there], at_ms, end_ms, 16.7)

    async def answers(self) -> None:
        """At equal distances: from a press to everybody."""
        self.marks.append((await self.viewers[0].now_ms(), "pause and play, 40 ms each"))
        self.results |= await answers.measure(self.viewers, self._proxies, self.command)

    async def summarise(self) -> None:
        names = [seat.name for seat in (*SEATS, LATE_SEAT)]
        tracks = await self._tracks()
        self.tracks = dict(zip(names, tracks, strict=True))
        pair = tracks[:2]
        moments, spoiled = [], 0
        for begin, end in self.windows:
            kept, left_out = truth.clean(pair, begin, end)
            moments += kept
            spoiled += left_out
        skews = truth.pair_skews(pair, moments)
        looks = [look for track in pair for span in self.windows for look in track.within(*span)]
        minutes = self._minutes()
        clocks = [error for viewer in self.viewers for error in await viewer.clock_errors(0)]
        self.results |= {
            "pair_median_ms": statistics.median(skews) if skews else inf,
            "pair_p95_ms": truth.quantile(skews, 0.95),
            "pair_max_ms": max(skews, default=inf),
            "t50_ms": max(self.results[f"{name}_t50_ms"] for name in COMMANDS),
            "t17_ms": max(self.results[f"{name}_t17_ms"] for name in COMMANDS),
            "seeks_per_hour": 60 * self._seeks / (2 * minutes),
            "rate_off_max_percent": max((100 * abs(look.rate - 1) for look in looks), default=inf),
            "not_playing_percent": 100 * truth.still_share(pair, moments),
            "clock_error_p95_ms": truth.quantile(clocks, 0.95),
            "spoiled_spans": spoiled,
            "steady_minutes": minutes,
        }
        if self._speakers:
            self.results |= self._speakers.heard().against(pair, self.windows)

    def _minutes(self) -> float:
        return sum(end - begin for begin, end in self.windows) / 60_000

    async def count_rate_changes(self) -> None:
        """Of the film so far: another film has another player, which counts anew."""
        changes = await self._counted("rateChanges")
        self.results["rate_changes_per_min"] = changes / (2 * self._minutes())

    async def _counted(self, what: str) -> float:
        """Of the first two together, since their film began."""
        counts = [await viewer.counts() for viewer in self.viewers[:2]]
        return sum(count[what] for count in counts)

    async def _tracks(self) -> list[truth.Track]:
        return [await viewer.track() for viewer in self.viewers]

    async def close(self) -> None:
        await self._open.aclose()


async def run(plan: Plan, speakers: Speakers | None) -> Evening:
    with tempfile.TemporaryDirectory(prefix="sw-bench-") as folder:
        length_s = int(2 * plan.seconds + AGAIN_S + 3 * SETTLE_S + 2 * WATCH_S) + 150
        sound = film.NOISE if speakers else film.BEEPS
        clip = film.make(Path(folder) / "film.mp4", seconds=length_s, sound=sound)
        with Stack(RATE_LIMIT_FACTOR="100") as stack:
            async with async_playwright() as playwright:
                evening = Evening(stack, playwright, plan, speakers)
                try:
                    await evening.prepare(clip)
                    await _watch(evening, plan.seconds)
                finally:
                    await evening.close()
    return evening


async def _watch(evening: Evening, seconds: float) -> None:
    for seat in SEATS:
        await evening.come(seat)
    await evening.tell_sound_delay()
    await asyncio.sleep(3)  # clocks settle while people say hello
    first, second = evening.items
    await evening.command(f"load('{first}')")
    await asyncio.sleep(LOADING_S)
    at_ms = await evening.command("play()")
    await evening.steady("first_play", at_ms, seconds)
    await evening.command("pause()")
    await asyncio.sleep(2)
    at_ms = await evening.command("play()")
    await evening.steady("play", at_ms, AGAIN_S)
    at_ms = await evening.command(f"seek({int(seconds + 60)})")
    await evening.steady("seek", at_ms, seconds)
    await evening.count_rate_changes()
    await evening.command(f"load('{second}')")
    at_ms = await evening.command("play()")
    await evening.steady("load", at_ms, AGAIN_S)
    await evening.stall()
    await evening.late_joiner()
    await evening.answers()
    await evening.summarise()


def main() -> int:
    parser = report.arguments(__doc__ or "")
    parser.add_argument("--seconds", type=float, default=60, help="length of each steady window")
    parser.add_argument("--no-control", action="store_true", help="the engine measures only")
    parser.add_argument("--firefox", action="store_true", help="the second person has Firefox")
    parser.add_argument("--acoustic", action="store_true", help="compare the loudspeakers too")
    parser.add_argument(
        "--sound-delay", type=float, default=0, metavar="MS", help="the second person's slider"
    )
    parser.add_argument("--plot", type=Path, metavar="FILE", help="draw it there too, as SVG")
    options = parser.parse_args()
    django.setup()
    flags = ["--no-control"] * options.no_control + ["--firefox"] * options.firefox
    flags += ["--acoustic"] * options.acoustic
    flags += [f"--sound-delay {options.sound_delay:g}"] * bool(options.sound_delay)
    name = " ".join(["sync", *flags])
    plan = Plan(options.seconds, not options.no_control, options.firefox, options.sound_delay)
    with Speakers() if options.acoustic else contextlib.nullcontext() as speakers:
        evening = asyncio.run(run(plan, speakers))
    report.publish(name, evening.results, options.json)
    if options.plot:
        title = f"{name} · {report.commit()} · how far apart two films are"
        plot.draw(plot.Picture(title, evening.tracks, evening.marks, evening.windows), options.plot)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

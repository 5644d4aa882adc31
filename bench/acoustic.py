"""What comes out of the loudspeakers of two people, and how much later one of them is heard.

A PulseAudio of its own has a loudspeaker for each. The two are the left and the right of one stereo
sink that plays to nobody, and its monitor is recorded: one clock for both, so none to be wrong
about. What one hears is laid over what the other hears until they are most alike.
"""

import contextlib
import os
import subprocess
import tempfile
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import inf, sqrt
from operator import mul
from pathlib import Path
from typing import Self

from bench.truth import GRID_MS, Track, clean, quantile
from syncwatch.lib import clock
from syncwatch.lib.process import spawn
from syncwatch.tests.programs import needed
from syncwatch.tests.servers import wait_until

RATE = 1000  # samples a second; the noise of the film ends at 200 Hz
SPAN_MS = 1000.0  # what is compared at a time
REACH_MS = 700  # further apart is not looked for
ALIKE = 0.4  # what is not more alike is not the same sound: chance alone makes 0.2
Window = tuple[float, float]
SIDES = ("left", "right")
START_S = 15.0


class Speakers:
    """Two loudspeakers and what is heard from them, from entering to leaving."""

    def __init__(self) -> None:
        self._open = contextlib.ExitStack()

    def __enter__(self) -> Self:
        try:
            self._start()
        except BaseException:
            self._open.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def _start(self) -> None:
        named = tempfile.TemporaryDirectory(prefix="sw-sound-", dir="/tmp")
        folder = Path(self._open.enter_context(named))
        socket, self._tape = folder / "socket", folder / "heard"
        self._server = f"unix:{socket}"
        self._run(folder, _daemon(socket), ready=socket.exists)
        argv = [
            needed("parec", "pulseaudio-utils"), f"--server={self._server}", "--raw",
            "--device=both.monitor", f"--rate={RATE}", "--channels=2", "--format=s16le",
            "--latency-msec=50", str(self._tape),
        ]  # fmt: skip
        self._run(folder, argv, ready=self._hears)
        self._began_ms = clock.precise_ms() - self._tape.stat().st_size / 4 / RATE * 1000

    def _hears(self) -> bool:
        return self._tape.exists() and self._tape.stat().st_size > 0

    def _run(self, folder: Path, argv: Sequence[str], *, ready: Callable[[], bool]) -> None:
        log = folder / f"{Path(argv[0]).name}.log"
        environment = {**os.environ, "HOME": str(folder), "XDG_RUNTIME_DIR": str(folder)}
        with log.open("wb") as to:
            process = spawn(argv, log=to, env=environment)
        self._open.callback(_ended, process)
        wait_until(ready, within_s=START_S, unless=lambda: process.poll() is not None, log=log)

    def environment(self, side: int) -> dict[str, str]:
        """For a browser that is to be heard on this side."""
        return {"PULSE_SERVER": self._server, "PULSE_SINK": SIDES[side]}

    def heard(self) -> "Recording":
        """Everything so far."""
        raw = self._tape.read_bytes()
        samples = array("h", raw[: len(raw) // 4 * 4])
        return Recording(self._began_ms, samples[0::2], samples[1::2])


def _daemon(socket: Path) -> list[str]:
    modules = [
        f"module-native-protocol-unix socket={socket} auth-anonymous=1",
        "module-null-sink sink_name=both rate=48000 channels=2 channel_map=front-left,front-right",
    ]
    modules += [
        f"module-remap-sink sink_name={side} master=both channels=1 remix=no"
        f" channel_map=front-{side} master_channel_map=front-{side}"
        for side in SIDES
    ]
    loads = [f"--load={module}" for module in modules]
    argv = [needed("pulseaudio", "pulseaudio"), "-n", "--daemonize=no", "--use-pid-file=no"]
    return [*argv, "--exit-idle-time=-1", *loads]


def _ended(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    process.wait()


@dataclass(frozen=True)
class Recording:
    """Both sides, sample by sample."""

    began_ms: float
    one: Sequence[float]
    other: Sequence[float]

    def lag_ms(self, wall_ms: float) -> float | None:
        """How much later the other is heard; None where they are not the same sound."""
        begin = round((wall_ms - SPAN_MS / 2 - self.began_ms) / 1000 * RATE)
        end = begin + round(SPAN_MS / 1000 * RATE)
        reach = round(REACH_MS / 1000 * RATE)
        if begin < reach or end + reach > len(self.other):
            return None
        lag = shift(self.one[begin:end], self.other[begin - reach : end + reach])
        return None if lag is None else lag / RATE * 1000

    def against(self, pair: Sequence[Track], windows: Sequence[Window]) -> dict[str, float]:
        """How far apart the two are heard, and how far that is from what their media clocks say."""
        middles = [middle for window in windows for middle in middles_of(clean(pair, *window)[0])]
        lags = {middle: self.lag_ms(middle) for middle in middles}
        heard = {moment: lag for moment, lag in lags.items() if lag is not None}
        apart = [abs(lag) for lag in heard.values()]
        unlike = []
        for moment, lag in heard.items():
            one, other = (track.at(moment) for track in pair)
            if one is not None and other is not None:
                unlike.append(abs(lag - (one - other) * 1000))
        return {
            "acoustic_median_ms": quantile(apart, 0.5),
            "acoustic_p95_ms": quantile(apart, 0.95),
            "acoustic_max_ms": max(apart, default=inf),
            "acoustic_unlike_clocks_median_ms": quantile(unlike, 0.5),
            "acoustic_unlike_clocks_p95_ms": quantile(unlike, 0.95),
            "acoustic_heard": len(heard),
            "acoustic_not_heard": len(lags) - len(heard),
        }


def middles_of(kept: Sequence[float]) -> list[float]:
    """Of every half second that has a whole span of the grid around it, nothing left out."""
    steps = round(SPAN_MS / GRID_MS)
    whole = [
        (begin + end) / 2
        for begin, end in zip(kept, kept[steps:], strict=False)
        if end - begin < SPAN_MS + GRID_MS / 2
    ]
    return whole[:: steps // 2]


def shift(one: Sequence[float], around: Sequence[float]) -> float | None:
    """How many samples after the middle of `around` what `one` holds begins to be there."""
    reach = (len(around) - len(one)) // 2
    power = sqrt(sum(map(mul, one, one)))
    energies = [0.0, *accumulate(map(mul, around, around))]
    alike = [
        sum(map(mul, one, around[begin : begin + len(one)]))
        / max(1.0, power * sqrt(energies[begin + len(one)] - energies[begin]))
        for begin in range(2 * reach + 1)
    ]
    best = max(range(len(alike)), key=alike.__getitem__)
    if alike[best] < ALIKE or best in {0, 2 * reach}:
        return None
    before, top, after = alike[best - 1 : best + 2]
    return best - reach + (before - after) / (2 * (before - 2 * top + after))

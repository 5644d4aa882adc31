"""The whole suite in legs, or one pytest run for whoever names tests. Run it as bin/test."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT / "var" / "test"
# pytest's exit codes
INTERRUPTED = 2
NO_TESTS = 5  # nothing was selected
SELECTING = {"-k", "-m", "--lf", "--last-failed", "--collect-only", "--co", "--markers", "--help"}
TWO_PROCESSES = ("-n", "2", "--dist", "loadfile")


LIGHT = "not browser and not ffmpeg and not s3 and not stack"  # starts no other program for long

interrupted = threading.Event()  # by Ctrl-C, or killed: no further leg begins


@dataclass(frozen=True)
class Leg:
    name: str
    markers: str
    options: tuple[str, ...] = TWO_PROCESSES
    environment: dict[str, str] = field(default_factory=dict)
    idle: bool = False  # runs only where nobody else wants the processor


# Only their folder is collected: to collect everything costs each process ten seconds more.
# The same engine without a browser's own windows takes a sixth less of the processor; what judges
# time and sound, and a long run, has the whole browser.
SHELL = "chromium-headless-shell"
BROWSERS = Leg("browser", "browser and not timing", options=(*TWO_PROCESSES, "e2e"))
JAVASCRIPT = Leg("JavaScript", "", options=(), idle=True)
TIMING = Leg("timing", "browser and timing", options=("-n", "0", "e2e"))


@dataclass
class Tally:
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def add(self, other: "Tally") -> None:
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped

    def words(self) -> str:
        counts = {"failed": self.failed, "passed": self.passed, "skipped": self.skipped}
        return ", ".join(f"{n} {word}" for word, n in counts.items() if n) or "no tests ran"


def main() -> int:
    arguments = [word for word in sys.argv[1:] if word != "--long"]
    long = "--long" in sys.argv[1:]
    sys.path.insert(0, str(ROOT))
    if selects(arguments):
        return one_run(arguments, long=long)
    if os.environ.get("CI") == "true" and not shutil.which("chromium"):
        print("CI=true and no chromium here: the browser tests are mandatory.", file=sys.stderr)
        return 1
    return all_legs(arguments, long=long)


def selects(arguments: list[str]) -> bool:
    """Whether somebody asks for certain tests rather than for everything."""
    return any(
        word.split("=")[0] in SELECTING or (ROOT / word.split("::")[0]).exists()
        for word in arguments
    )


def one_run(arguments: list[str], *, long: bool) -> int:
    """What was asked for, on SQLite unless DATABASE_URL says otherwise."""
    if not long and "-m" not in arguments:
        arguments = ["-m", "not long", *arguments]
    return subprocess.run([sys.executable, "-m", "pytest", *arguments], check=False).returncode


def all_legs(arguments: list[str], *, long: bool) -> int:
    """What judges time or sound has the machine first, and leaves half of it to what only
    computes, the scripts' own tests among it. Then browsers, who wait now and then, beside all the
    rest.
    """
    REPORTS.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    total, ok = Tally(), True
    with postgres() as url, prepared_once(), ThreadPoolExecutor() as pool:
        rules, *servers = server_legs(url, long=long)
        scripts = [pool.submit(javascript)]
        for together in ([[TIMING], [rules]], [[browsers(long=long)], servers]):
            runs = [pool.submit(run_legs, legs, arguments, long=long) for legs in together]
            for run in [*runs, *scripts]:
                fine, counted = run.result()
                ok &= fine
                total.add(counted)
            scripts = []
            if interrupted.is_set():
                break
    took = time.monotonic() - began
    minutes, seconds = divmod(int(took), 60)
    print(f"\n==== {total.words()} in {took:.2f}s (0:{minutes:02}:{seconds:02}) ====")
    return 0 if ok and total.passed else 1


def browsers(*, long: bool) -> Leg:
    if long or not shutil.which(SHELL):
        return BROWSERS
    return replace(BROWSERS, environment={"CHROMIUM": SHELL})


def server_legs(postgres_url: str | None, *, long: bool) -> list[Leg]:
    """Each test once: what transactions decide on PostgreSQL, the rest on SQLite, as the browsers'
    legs. A long run has on both whatever asks for a database.
    """
    both = (long and "database") or "transactions"
    there = f"({both} or postgres) and {LIGHT}" if postgres_url else "postgres"
    here = "not postgres" if long else f"not ({there})"
    legs = [
        Leg("rules", f"{LIGHT} and {here}", idle=True),
        Leg("servers", f"not browser and not ({LIGHT}) and {here}"),
    ]
    if postgres_url:
        legs.append(Leg("PostgreSQL", there, environment={"DATABASE_URL": postgres_url}))
    return legs


@contextmanager
def prepared_once() -> Iterator[None]:
    """What a first start of the product prepares, all processes of this run share."""
    from syncwatch.tests.prepared import VARIABLE

    with tempfile.TemporaryDirectory(prefix="sw-prepared-", dir="/tmp") as folder:
        os.environ[VARIABLE] = folder
        yield


@contextmanager
def postgres() -> Iterator[str | None]:
    from syncwatch.tests.servers import PostgresServer, ServerMissing

    try:
        server = PostgresServer()
    except ServerMissing as error:
        if os.environ.get("CI") == "true":
            raise
        print(f"· without the PostgreSQL leg: {error}")
        yield None
        return
    with server:
        yield server.url


def run_legs(legs: list[Leg], arguments: list[str], *, long: bool) -> tuple[bool, Tally]:
    """One after the other; whether all is well, and what was counted."""
    ok, total = True, Tally()
    for leg in legs:
        fine, counted = run_leg(leg, arguments, long=long)
        ok &= fine
        total.add(counted)
        if interrupted.is_set():
            return False, total
    return ok, total


def run_leg(leg: Leg, arguments: list[str], *, long: bool) -> tuple[bool, Tally]:
    report = REPORTS / f"{leg.name.lower()}.xml"
    report.unlink(missing_ok=True)
    markers = leg.markers if long else f"({leg.markers}) and not long"
    argv = [sys.executable, "-m", "pytest", "-m", markers, *leg.options]
    code = say_all(leg, [*argv, f"--junitxml={report}", *arguments])
    counted = tally(report)
    if code == INTERRUPTED or code < 0:
        interrupted.set()
    if (
        leg.name in (BROWSERS.name, TIMING.name)
        and counted.skipped
        and os.environ.get("CI") == "true"
    ):
        print("CI=true: a skipped browser test counts as a failure.", file=sys.stderr)
        return False, counted
    return code in (0, NO_TESTS), counted


def say_all(leg: Leg, argv: list[str]) -> int:
    """Run it; each line that it says begins with the name of its leg."""
    environment = {**os.environ, **leg.environment, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        argv, env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        if leg.idle and hasattr(os, "SCHED_IDLE"):  # whatever it starts is as patient
            os.sched_setscheduler(process.pid, os.SCHED_IDLE, os.sched_param(0))
        for line in process.stdout or ():
            print(f"{leg.name:>10} | {line}", end="", flush=True)
    return process.returncode


def javascript() -> tuple[bool, Tally]:
    """Node's own runner, with the files named: a folder means something else in each version."""
    files = sorted(str(path) for path in (ROOT / "static" / "js").rglob("*.test.js"))
    if not files:
        return True, Tally()
    report = REPORTS / "javascript.tap"
    report.unlink(missing_ok=True)
    argv = ["node", "--test", "--test-reporter=dot", "--test-reporter-destination=stdout"]
    argv += ["--test-reporter=tap", f"--test-reporter-destination={report}", *files]
    code = say_all(JAVASCRIPT, argv)
    text = report.read_text(encoding="utf-8") if report.exists() else ""
    counts = {
        word: int(n) for word, n in re.findall(r"^# (pass|fail|skipped) (\d+)$", text, re.MULTILINE)
    }
    counted = Tally(counts.get("pass", 0), counts.get("fail", 0), counts.get("skipped", 0))
    print(f"{JAVASCRIPT.name:>10} | {counted.words()}")
    if code:
        print("\n".join(re.findall(r"^not ok.*|^\s+(?:error|location):.*", text, re.MULTILINE)))
    return code == 0, counted


def tally(report: Path) -> Tally:
    """The totals on top of pytest's own report."""
    if not report.exists():
        return Tally()
    head = report.read_text(encoding="utf-8")[:2000]
    found = dict(re.findall(r'\b(tests|failures|errors|skipped)="(\d+)"', head))
    count = {name: int(found.get(name, 0)) for name in ("tests", "failures", "errors", "skipped")}
    failed = count["failures"] + count["errors"]
    return Tally(count["tests"] - failed - count["skipped"], failed, count["skipped"])


if __name__ == "__main__":
    raise SystemExit(main())

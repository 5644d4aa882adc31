"""How soon people in a call hear each other, and whether the call holds.

1. For 2, 4 and 6 pages: from the first click on "Join voice" (all click one after another) until
   sound has come in on every line in both directions. Then CPU and bitrate of ten seconds.
2. Four pages talk for 90 s (10 min with --long) while both web servers are killed three times. A
   line is lost when nothing comes in on it for five seconds, or when it is another one at the end.
"""

import os
import signal
import time
from pathlib import Path

from playwright.sync_api import Playwright, sync_playwright

from bench import report, talk
from e2e.conftest import FLAGS
from e2e.watcher import Watcher
from syncwatch.tests.programs import needed
from syncwatch.tests.stack import Stack

SIZES = (2, 4, 6)
SETTLE_MS = 10_000
CUTS = 3
SILENT_S = 5
TICKS_PER_S = os.sysconf("SC_CLK_TCK")


def cpu_s(root: int) -> float:
    """Processor seconds of a browser and all it started, so far."""
    parents, used = {}, {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            fields = (process / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(process.name)] = int(fields[1])
        used[int(process.name)] = (int(fields[11]) + int(fields[12])) / TICKS_PER_S
    ours, grew = {root}, True
    while grew:
        fresh = {pid for pid, parent in parents.items() if parent in ours} - ours
        ours |= fresh
        grew = bool(fresh)
    return sum(used.get(pid, 0.0) for pid in ours)


def people(playwright: Playwright, stack: Stack, count: int) -> list[Watcher]:
    arguments = {"executable_path": needed("chromium", "chromium"), "args": FLAGS}
    browser = talk.launch(playwright.chromium, arguments)
    names = ("Mara", "Ana", "Ilya", "Jonas", "Priya", "Bo")[:count]
    found = [talk.talker(browser, stack.url, name) for name in names]
    talk.gather(found, stack.url)
    return found


def connected(talkers: list[Watcher]) -> int:
    """How many directions have sound."""
    return sum(each["energy"] > 0 for one in talkers for each in talk.heard(one))


def connect_s(talkers: list[Watcher]) -> tuple[float, int]:
    """From the first click until every line has sound both ways, or 30 s; and how many have."""
    wanted = len(talkers) * (len(talkers) - 1)
    began_s = time.monotonic()
    for each in talkers:
        each.page.locator(talk.JOIN).click()
    while (links := connected(talkers)) < wanted and time.monotonic() - began_s < 30:
        talkers[0].page.wait_for_timeout(50)
    return time.monotonic() - began_s, links


def load(talkers: list[Watcher]) -> tuple[float, float]:
    """Kilobits a second that each sends, and processors that all of them take together."""
    root = os.getpid()
    sent = sum(each["sent"] for one in talkers for each in talk.heard(one))
    used, began_s = cpu_s(root), time.monotonic()
    talkers[0].page.wait_for_timeout(SETTLE_MS)
    took_s = time.monotonic() - began_s
    more = sum(each["sent"] for one in talkers for each in talk.heard(one)) - sent
    return more * 8 / 1000 / took_s / len(talkers), (cpu_s(root) - used) / took_s


def links_lost(talkers: list[Watcher], stack: Stack, seconds: int) -> int:
    """Lines that fell silent for five seconds, or are not those of the beginning any more."""
    first = {(one.name, each["number"]) for one in talkers for each in talk.heard(one)}
    heard_at: dict[tuple[str, int], tuple[int, float]] = {}
    silent: set[tuple[str, int]] = set()
    began_s, cuts = time.monotonic(), 0
    while (passed_s := time.monotonic() - began_s) < seconds:
        if cuts < CUTS and passed_s > (cuts + 0.5) * seconds / CUTS:
            cuts += 1
            for name in ("web", "web-2"):
                os.kill(stack.pid_of(name), signal.SIGKILL)
        for one in talkers:
            for each in talk.heard(one):
                name = (one.name, each["number"])
                bytes_, at_s = heard_at.get(name, (-1, passed_s))
                if each["bytes"] != bytes_:
                    heard_at[name] = (each["bytes"], passed_s)
                elif passed_s - at_s > SILENT_S:
                    silent.add(name)
        talkers[0].page.wait_for_timeout(500)
    last = {(one.name, each["number"]) for one in talkers for each in talk.heard(one)}
    return len(silent | (first - last))


def measure(playwright: Playwright, stack: Stack, seconds: int) -> dict[str, float]:
    results: dict[str, float] = {}
    for count in SIZES:
        talkers = people(playwright, stack, count)
        results[f"connect{count}_s"], links = connect_s(talkers)
        results[f"links{count}_of_{count * (count - 1)}"] = links
        results[f"kbit{count}_per_s_each"], results[f"cpus{count}"] = load(talkers)
        if count == 4:
            results["links_lost"] = links_lost(talkers, stack, seconds)
        talkers[0].page.context.browser.close()
    return results


def main() -> None:
    parser = report.arguments("How soon people in a call hear each other, and whether it holds.")
    parser.add_argument("--long", action="store_true", help="hold the call for 10 min, not 90 s")
    options = parser.parse_args()
    with Stack(RATE_LIMIT_FACTOR="100") as stack, sync_playwright() as playwright:
        results = measure(playwright, stack, 600 if options.long else 90)
    report.publish("voice", results, options.json)


if __name__ == "__main__":
    main()

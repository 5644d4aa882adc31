"""How long may a chat be? One reader in real Chromium, back through 10 000 messages.

The room page of the real product, its history in the real database. The reader scrolls back until
the first message is there, then the processor is slowed (four times), and it is measured: frames
of a fling down from the first message and up from the last; the work of a message that comes
meanwhile, for a reader far back and for one at the end; what it all weighs. `work` and frames are
processor time of the page's main thread, so that a machine that is busy otherwise spoils them
little; `painted` and `first_paint` are time on the wall.
"""

import json
import os
import shutil
import statistics
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "syncwatch.settings")

from playwright.sync_api import CDPSession, Page, Route, sync_playwright

from bench import evening, report
from bench.tabs import CHROMIUM_FLAGS
from syncwatch.tests.api_client import Person
from syncwatch.tests.stack import Stack

HOOK = Path(__file__).with_name("chat_hook.js").read_text()
LONG_FRAME_MS = 50
FRAME = "ProxyMain::BeginMainFrame"
FLING_PX, FLING_FRAMES = 900, 240  # more than a panel of it each frame, 2500 messages in all
HEARD = 40  # messages that come, for each place of the reader
COUNTED = {"layout": "LayoutDuration", "style": "RecalcStyleDuration", "script": "ScriptDuration",
           "work": "TaskDuration"}  # fmt: skip
LOADED = """() => {
  const log = document.querySelector('[data-chat-log]');
  log.scrollTop = 0;
  return document.querySelectorAll('[data-message], .sys').length;
}"""


class Reader:
    """One page in the room, and what the browser counts about it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._cdp: CDPSession = page.context.new_cdp_session(page)
        self._cdp.send("Performance.enable", {"timeDomain": "threadTicks"})

    def slow(self, times: float) -> None:
        self._cdp.send("Emulation.setCPUThrottlingRate", {"rate": times})

    def counts(self) -> dict[str, float]:
        metrics = self._cdp.send("Performance.getMetrics")["metrics"]
        return {each["name"]: each["value"] for each in metrics}

    def heap_mb(self) -> float:
        self._cdp.send("HeapProfiler.collectGarbage")
        return self.counts()["JSHeapUsedSize"] / 2**20

    def weight_mb(self) -> float:
        """What the page's process holds for itself."""
        browser = self.page.context.browser
        assert browser is not None
        processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")
        renderers = [p["id"] for p in processes["processInfo"] if p["type"] == "renderer"]
        return max(_private_mb(pid) for pid in renderers)

    def nodes(self) -> int:
        count: int = self.page.evaluate(
            "() => document.querySelectorAll('[data-chat-log] *').length"
        )
        return count

    def go_back(self, length: int) -> None:
        """To the first message, a page of history at a time."""
        found = before = 0
        for _ in range(length):
            found = self.page.evaluate(LOADED)
            if found >= length and found == before:
                return
            before = found
            self.page.wait_for_timeout(20)
        raise AssertionError(f"only {found} of {length} messages came")

    def fling(self, by_px: int) -> list[float]:
        """The work of each frame, ms of processor time."""
        browser = self.page.context.browser
        assert browser is not None
        browser.start_tracing(page=self.page, categories=["cc"])
        self.page.evaluate("([by, n]) => __chatBench.fling(by, n)", [by_px, FLING_FRAMES])
        events = json.loads(browser.stop_tracing())["traceEvents"]
        return [e["tdur"] / 1000 for e in events if e["name"] == FRAME and "tdur" in e]

    def hear(self, author: dict[str, object], first: int) -> dict[str, float]:
        """Median ms until a message is painted; ms of work for each."""
        before = self.counts()
        painted = [
            self.page.evaluate("([a, n]) => __chatBench.hear(a, n)", [author, first + n])
            for n in range(HEARD)
        ]
        after = self.counts()
        work = {
            f"{key}_ms": 1000 * (after[name] - before[name]) / HEARD
            for key, name in COUNTED.items()
        }
        return {"painted_ms": statistics.median(painted), **work}


def _private_mb(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private")) / 1024


def _big_pages(route: Route) -> None:
    """Four pages of history in one: coming back is not what is measured."""
    route.continue_(url=route.request.url.replace("limit=50", "limit=200"))


def frames_of(name: str, frames: list[float]) -> dict[str, float]:
    return {
        f"{name}_frames": len(frames),
        f"{name}_frames_over_50ms": sum(each > LONG_FRAME_MS for each in frames),
        f"{name}_frame_median_ms": statistics.median(frames),
        f"{name}_worst_frame_ms": max(frames),
    }


def measure(
    reader: Reader, author: dict[str, object], length: int, slow: float
) -> dict[str, float]:
    results: dict[str, float] = {"messages": length}
    reader.slow(slow)
    reader.page.reload()
    reader.page.wait_for_function("() => __chatBench.firstPaintMs")
    results["first_paint_ms"] = reader.page.evaluate(
        "() => __chatBench.firstPaintMs - __chatBench.snapshotMs"
    )
    results |= {f"at_50_{k}": v for k, v in reader.hear(author, 0).items()}
    heap_mb, weight_mb = reader.heap_mb(), reader.weight_mb()
    reader.slow(1)
    busy_s = reader.counts()["TaskDuration"]
    reader.go_back(length)
    results["going_back_work_s"] = reader.counts()["TaskDuration"] - busy_s
    results |= {"nodes": reader.nodes(), "heap_mb": reader.heap_mb() - heap_mb}
    results["weight_mb"] = reader.weight_mb() - weight_mb
    reader.slow(slow)
    results |= frames_of("down", reader.fling(FLING_PX))
    results |= frames_of("up", reader.fling(-FLING_PX))
    results |= {f"back_{k}": v for k, v in reader.hear(author, 1_000).items()}
    reader.page.locator("[data-chat-new]").click()
    results |= {f"end_{k}": v for k, v in reader.hear(author, 2_000).items()}
    return results | {"end_nodes": reader.nodes()}


def run(*, length: int, slow: float) -> dict[str, float]:
    with Stack(RATE_LIMIT_FACTOR="1000") as stack, sync_playwright() as playwright:
        people = [Person(stack.url, name) for name in ("Mara", "Ilya", "Ana", "Jonas")]
        code = people[0].room("A long evening", visibility="unlisted")
        for other in people[1:]:
            other.join(code)
        evening.write(stack.data, code, [each.id for each in people], length)
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=CHROMIUM_FLAGS
        )
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        context.add_cookies(people[0].cookies(stack.url))
        context.add_init_script(HOOK)
        page = context.new_page()
        page.route("**/messages/?**", _big_pages)
        page.goto(f"{stack.url}/r/{code}")
        author = {"id": people[1].id, "display_name": "Ilya", "guest": True, "avatar": 3}
        try:
            return measure(Reader(page), author, length, slow)
        finally:
            browser.close()


def main() -> int:
    parser = report.arguments(__doc__ or "")
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--slow", type=float, default=4, help="how many times slower a processor")
    options = parser.parse_args()
    report.publish("chat", run(length=options.messages, slow=options.slow), options.json)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

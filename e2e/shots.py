"""Pictures of every state of the register, into var/shots: bin/shots [--film FILE] [WALK …]."""

import argparse
import sys
from pathlib import Path

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import sync_playwright

from bench import film as films
from e2e.conftest import FLAGS
from e2e.looks import DESK, PHONE, Looks, Wishes
from e2e.register import WALKS, Stop
from e2e.register.cast import Cast
from syncwatch.tests.programs import needed
from syncwatch.tests.stack import ROOT, Stack

FOLDER = ROOT / "var" / "shots"
WINDOWS = {"desk": DESK, "phone": PHONE}


def main() -> int:
    options = arguments().parse_args()
    unknown = set(options.walks) - set(WALKS)
    if unknown:
        print(f"There is no walk {', '.join(unknown)}. These exist: {', '.join(WALKS)}")
        return 2
    windows = {name: size for name, size in WINDOWS.items() if options.only in {None, name}}
    FOLDER.mkdir(parents=True, exist_ok=True)
    film = options.film or films.make(FOLDER / "Sunday rabbit.mp4", seconds=60, size="1280x720")
    with Stack(RATE_LIMIT_FACTOR="100") as stack, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=needed("chromium", "chromium"), args=FLAGS
        )
        astray = []
        for window, size in windows.items():
            for name in options.walks or WALKS:
                touch = {"has_touch": True, "is_mobile": True} if window == "phone" else {}
                try:
                    walk(Cast(stack, browser, film, film, viewport=size, **touch), name, window)
                except (AssertionError, PlaywrightError) as error:
                    print(f"{name}, {window}, did not get on: {error}", flush=True)
                    astray.append(f"{name}, {window}")
        browser.close()
    print(f"\nThe pictures are in {FOLDER.relative_to(Path.cwd())}.")
    if astray:
        print(f"Not to their end: {'; '.join(astray)}.")
    return 1 if astray else 0


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("walks", nargs="*", metavar="WALK", help="only these pages")
    parser.add_argument("--only", choices=WINDOWS, help="on a desk or a phone alone")
    parser.add_argument("--film", type=Path, help="a film to show instead of a test picture")
    return parser


def walk(cast: Cast, name: str, window: str) -> None:
    try:
        for stop in WALKS[name].through(cast):
            take(stop, window)
    finally:
        cast.close()


def take(stop: Stop, window: str) -> None:
    looks = Looks(stop.page)
    for scheme in ("light", "dark"):
        looks.wish(Wishes(scheme))
        stop.page.screenshot(path=FOLDER / f"{stop.state}-{window}-{scheme}.png")
    print(f"{stop.state}, {window}", flush=True)


if __name__ == "__main__":
    sys.exit(main())

"""Films elsewhere, for tests: YouTube's frame as a page of our own that speaks its protocol, and
a server that gives no film. A browser under test is led to them; the product knows nothing of it.
"""

from typing import Any

from playwright.sync_api import Frame, Page, Route

YOUTUBE = "https://www.youtube-nocookie.com"
NOWHERE = "https://films.example"
CLOSED = "https://closed.example"
LENGTH_S = 596

FRAME = f"""<!doctype html><title>stub</title><script>
const film = {{at: 0, since: 0, state: -1, rate: 1, volume: 100, muted: false, told: []}};
const page = new URL(location).searchParams.get("origin");
const here = () => {{
  const moved = film.state === 1 ? ((performance.now() - film.since) / 1000) * film.rate : 0;
  return film.at + moved;
}};
const move = (at) => Object.assign(film, {{at, since: performance.now()}});
const tell = (event, info) =>
  parent.postMessage(JSON.stringify({{event, info, id: 1, channel: "widget"}}), page);
const turn = (state) => {{
  if (state === film.state) return;
  move(here());
  film.state = state;
  tell("onStateChange", state);
}};
const deeds = {{
  playVideo: () => setTimeout(() => turn(1), 80),
  pauseVideo: () => turn(2),
  seekTo: (at) => move(at),
  setPlaybackRate: (rate) => {{ move(here()); film.rate = rate; }},
  setVolume: (volume) => {{ film.volume = volume; }},
  mute: () => {{ film.muted = true; }},
  unMute: () => {{ film.muted = false; }},
}};
let greeted = false;
addEventListener("message", ({{data, origin, source}}) => {{
  if (origin !== page || source !== parent) return;
  const {{event, func, args = []}} = JSON.parse(data);
  if (event === "listening" && !greeted) {{
    greeted = true;
    tell("initialDelivery", {{currentTime: 0, duration: {LENGTH_S}, playerState: film.state}});
    tell("onReady");
    setInterval(() => tell("infoDelivery", {{currentTime: here()}}), 250);
  }}
  if (event !== "command") return;
  film.told.push(func);
  deeds[func]?.(...args);
}});
</script>"""


def stand_in(page: Page) -> list[str]:
    """Leads the page to stand-ins; answers what it asked them for, as it asks."""
    asked: list[str] = []

    def youtube(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(status=200, content_type="text/html", body=FRAME)

    def nowhere(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(status=404, content_type="text/plain", body="Nothing here")

    def closed(route: Route) -> None:
        asked.append(route.request.url)
        route.abort("accessdenied")  # as a browser that may not say what the server answered

    page.route(f"{CLOSED}/**", closed)
    page.route(f"{YOUTUBE}/**", youtube)
    page.route(f"{NOWHERE}/**", nowhere)
    return asked


def frame_of(page: Page) -> Frame:
    (frame,) = [each for each in page.frames if each.url.startswith(YOUTUBE)]
    return frame


def film_in(page: Page) -> dict[str, Any]:
    """How the film in YouTube's frame stands."""
    film: dict[str, Any] = frame_of(page).evaluate("() => ({...film, at: here()})")
    return film

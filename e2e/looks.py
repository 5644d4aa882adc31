"""The windows and wishes that the product is looked at with."""

from dataclasses import dataclass

from playwright.sync_api import Page, ViewportSize

DESK: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
NARROW: ViewportSize = {"width": 320, "height": 640}
# Two frames later everything that follows a media query is being drawn; then what moves arrives.
AT_REST = """async () => {
  for (let frame = 0; frame < 2; frame += 1)
    await new Promise((done) => requestAnimationFrame(done));
  const ending = (one) => one.effect?.getComputedTiming().endTime !== Infinity;
  await Promise.allSettled(document.getAnimations().filter(ending).map((one) => one.finished));
}"""

CHOOSE = """(theme) => {
  const root = document.documentElement;
  if (theme) root.dataset.theme = theme;
  else delete root.dataset.theme;
}"""


@dataclass(frozen=True)
class Wishes:
    """What a person asked of their system, as the browser tells it to a page."""

    scheme: str = "dark"
    # What the person chose here, over what their system says; None leaves it as the page has it.
    theme: str | None = None
    more_contrast: bool = False
    less_transparency: bool = False
    forced_colors: bool = False

    @property
    def features(self) -> list[dict[str, str]]:
        said = {
            "prefers-color-scheme": self.scheme,
            "prefers-contrast": "more" if self.more_contrast else "no-preference",
            "prefers-reduced-transparency": "reduce" if self.less_transparency else "no-preference",
            "forced-colors": "active" if self.forced_colors else "none",
            "prefers-reduced-motion": "reduce",
        }
        return [{"name": name, "value": value} for name, value in said.items()]

    def __str__(self) -> str:
        more = {
            "more contrast": self.more_contrast,
            "less transparency": self.less_transparency,
            "forced colours": self.forced_colors,
        }
        return ", ".join([self.theme or self.scheme, *(words for words, on in more.items() if on)])


WISHES = [
    Wishes(scheme, **more)
    for scheme in ("dark", "light")
    for more in ({}, {"more_contrast": True}, {"less_transparency": True})
] + [Wishes(theme="contrast")]


class Looks:
    """One page's browser, told other wishes without loading anew."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._own_theme = page.evaluate("() => document.documentElement.dataset.theme ?? null")
        self._session = page.context.new_cdp_session(page)

    def wish(self, wishes: Wishes) -> None:
        self._session.send("Emulation.setEmulatedMedia", {"features": wishes.features})
        self._page.evaluate(CHOOSE, wishes.theme or self._own_theme)
        self._page.evaluate(AT_REST)

    def resize(self, size: ViewportSize) -> None:
        self._page.set_viewport_size(size)
        self._page.evaluate(AT_REST)

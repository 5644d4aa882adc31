"""A message under a finger, held for its menu or drawn aside to answer it; or under a mouse."""

from playwright.sync_api import Locator, Page, expect

from e2e.watcher import until

_ON_IT = """(element, toX) => new Promise((done) => {
  const {left, top} = element.getBoundingClientRect();
  const at = (type, x) => element.dispatchEvent(new PointerEvent(type, {
    bubbles: true, pointerType: 'touch', isPrimary: true, pointerId: 7,
    clientX: left + 10 + x, clientY: top + 8}));
  at('pointerdown', 0);
  if (toX) { at('pointermove', toX / 2); at('pointermove', toX); at('pointerup', toX); done(); }
  else setTimeout(() => { at('pointerup', 0); done(); }, 600);
})"""
_ALONE = "() => matchMedia('(hover: none)').matches"


def hold(message: Locator) -> None:
    message.scroll_into_view_if_needed()
    message.evaluate(_ON_IT, 0)


def draw(message: Locator, to_x: int) -> None:
    message.evaluate(_ON_IT, to_x)


def point_at(page: Page, message: Locator) -> None:
    """Until its tools are there: what scrolls on the way takes them away again."""
    tools = page.locator(".tools")

    def there() -> bool:
        page.mouse.move(0, 0)
        message.hover()
        return tools.is_visible()

    until(page, "no tools at the message", there)


def open_menu(page: Page, message: Locator) -> None:
    """What one may do with it, as the machine at hand has it: by a mouse, or by a finger."""
    if page.evaluate(_ALONE):
        hold(message)
    else:
        point_at(page, message)
        page.locator(".tools").get_by_role("button", name="More").click()
    expect(page.get_by_role("menu", name="Message")).to_be_visible()

"""axe-core on a page as it stands."""

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

SOURCE = Path(__file__).resolve().parents[1] / "node_modules" / "axe-core" / "axe.min.js"
# WCAG 2.2 A and AA, and what axe calls best practice.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async (options) => {
  const { violations } = await axe.run(document, options);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`));
}"""


@cache
def _source() -> str:
    return SOURCE.read_text(encoding="utf-8")


def violations(page: Page, *, only: list[str] | None = None) -> list[str]:
    """What axe finds, a line each; `only` these of its rules, or all of them."""
    # Through the debugger, so that the page keeps its own strict policy.
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_source())
    run = {"type": "rule", "values": only} if only else {"type": "tag", "values": TAGS}
    return page.evaluate(RUN, {"runOnly": run, "resultTypes": ["violations"]})

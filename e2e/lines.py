"""The lines of a call, taken hold of from outside: new ways forced, offers held back."""

from pathlib import Path

from syncwatch.lib import clock

HOOK = Path(__file__).with_name("lines_hook.js").read_text()
SETTLED_MS = 15_000
LEAVE_IN_MS = 20


def restart(*people):
    """Look for a new way, as after another network."""
    for each in people:
        each.page.evaluate("() => linesHook.restart()")


def tags(one):
    """Both ends' names of the only line; another way has others."""
    [found] = one.page.evaluate("() => linesHook.tags()")
    return found


def settled(one, before):
    """Milliseconds until the line is at rest on another way and brings sound, or what is wrong."""
    found = one.page.evaluate(
        "([before, ms]) => linesHook.settled(before, ms)", [before, SETTLED_MS]
    )
    return float(found) if isinstance(found, int | float) else found


def refusals(one):
    """What relays answered instead of an address."""
    return one.page.evaluate("() => linesHook.refusals")


def hold(*people):
    """Both sides want a new way; back when each has an offer in hand, not sent yet."""
    for each in people:
        each.page.evaluate("() => linesHook.hold()")
    restart(*people)
    for each in people:
        each.page.evaluate("() => linesHook.held()")


def let_go(*people):
    """The offers leave all at the same moment of this machine's clock."""
    at_ms = clock.server_ms() + LEAVE_IN_MS
    for each in people:
        each.page.evaluate("at => linesHook.openAt(at)", at_ms)


def collisions(one):
    """How many offers came while an own one was out, and were taken."""
    return one.page.evaluate("() => linesHook.collisions()")

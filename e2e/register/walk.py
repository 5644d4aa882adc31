"""What a walk is, and the list of all of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from playwright.sync_api import Page

from e2e.register.cast import Cast


@dataclass(frozen=True)
class Stop:
    """A page in one of its states."""

    state: str
    page: Page


Steps = Callable[[Cast], Iterator[Stop]]


@dataclass(frozen=True)
class Walk:
    """`covers` are the names of the addresses in the URL configuration that it shows."""

    name: str
    states: tuple[str, ...]
    covers: tuple[str, ...]
    steps: Steps

    def through(self, cast: Cast) -> Iterator[Stop]:
        """Stop after stop, in the order promised; a state left out or not listed is a fault."""
        left = list(self.states)
        for stop in self.steps(cast):
            assert left, f"{self.name}: {stop.state} is not in the register"
            assert stop.state == left[0], f"{self.name}: {stop.state} came instead of {left[0]}"
            left.pop(0)
            yield stop
        assert not left, f"{self.name}: never reached {', '.join(left)}"


WALKS: dict[str, Walk] = {}


def walk(name: str, *states: str, covers: tuple[str, ...] = ()) -> Callable[[Steps], Steps]:
    def enter(steps: Steps) -> Steps:
        assert name not in WALKS, f"{name} is in the register twice"
        WALKS[name] = Walk(name, states, covers, steps)
        return steps

    return enter

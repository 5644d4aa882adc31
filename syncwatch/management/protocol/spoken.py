"""What our sockets speak, collected from the wire types of all apps."""

import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from inspect import cleandoc
from pathlib import Path

import msgspec
from django.apps import apps
from django.conf import settings

from accounts.protocol import MeEvent
from rooms import policy
from rooms.gateway.dispatch import limit_of
from rooms.gateway.events import Catalogue, Route
from rooms.gateway.kernel_events import KernelEvents
from rooms.gateway.wire import KeptEvent, PassingEvent, ServerEvent, kind_of
from rooms.me.events import MeEvents
from syncwatch.lib.errors import CATALOGUE, Entry
from syncwatch.realtime import MODULES

_NO_PART_OF_THE_PRODUCT = {"tests", "migrations", "management"}


@dataclass(frozen=True)
class Frame:
    """Something a client may send."""

    struct: type[msgspec.Struct]
    capability: str
    limit: str


@dataclass(frozen=True)
class Spoken:
    frames: list[Frame]
    kept: list[type[ServerEvent]]
    passing: list[type[ServerEvent]]
    answers: list[type[ServerEvent]]
    me_frames: list[Frame]
    me: list[type[MeEvent]]
    errors: dict[str, Entry]


def spoken() -> Spoken:
    """Everything, in an order that does not depend on who imported what first."""
    for name in _modules():
        import_module(name)
    routes = Catalogue((KernelEvents(), *MODULES)).routes()
    own = Catalogue((MeEvents(),)).routes()
    return Spoken(
        frames=[_frame(kind, routes[kind][1]) for kind in sorted(routes)],
        kept=_events(KeptEvent),
        passing=_events(PassingEvent),
        answers=[each for each in _events(ServerEvent) if ServerEvent in each.__bases__],
        me_frames=[_frame(kind, own[kind][1]) for kind in sorted(own)],
        me=sorted(MeEvent.__subclasses__(), key=kind_of),
        errors=dict(sorted(CATALOGUE.items())),
    )


def words_of(struct: type[msgspec.Struct]) -> str:
    """Its docstring as one paragraph."""
    return " ".join(cleandoc(struct.__doc__ or "").split())


def _frame(kind: str, route: Route) -> Frame:
    limit = "ping" if route.inline else limit_of(route)
    return Frame(route.frame, policy.POLICY.get(kind, policy.PRESENT), limit)


def _events(above: type[ServerEvent]) -> list[type[ServerEvent]]:
    """The product's own events; tests have some of theirs."""
    found = [each for each in _below(above) if each.__module__.endswith(".protocol")]
    return sorted(found, key=kind_of)


def _below(above: type[ServerEvent]) -> Iterator[type[ServerEvent]]:
    for each in above.__subclasses__():
        yield each
        yield from _below(each)


def _modules() -> Iterator[str]:
    """Every module of our apps and of the shelf: each may bring codes to the catalogue."""
    yield from _modules_in("syncwatch.lib", settings.BASE_DIR / "syncwatch" / "lib")
    for config in apps.get_app_configs():
        folder = Path(config.path)
        if folder.parent == settings.BASE_DIR and config.name != "syncwatch":
            yield from _modules_in(config.name, folder)


def _modules_in(package: str, folder: Path) -> Iterator[str]:
    for module in pkgutil.iter_modules([str(folder)]):
        if module.name in _NO_PART_OF_THE_PRODUCT or module.name.startswith("test"):
            continue
        name = f"{package}.{module.name}"
        yield name
        if module.ispkg:
            yield from _modules_in(name, folder / module.name)

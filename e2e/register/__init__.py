"""The register: every page of the product, with the states people can meet it in.

A walk goes through the states of one page, each reached the way a person reaches it, and stops in
each. Whoever wants to look at all of them (axe, screenshots, budget) takes the walks from here, so
a page or a state that enters the register is looked at by all of them.
"""

from e2e.register import (
    chat,
    commands,
    doors,
    emotes,
    evenings,
    films,
    gallery,
    line,
    lost,
    moderation,
    moderators,
    outside,
    own,
    places,
    remote,
    room,
    uploads,
    voice,
)
from e2e.register.walk import WALKS, Stop, Walk

__all__ = [
    "WALKS",
    "Stop",
    "Walk",
    "chat",
    "commands",
    "doors",
    "emotes",
    "evenings",
    "films",
    "gallery",
    "line",
    "lost",
    "moderation",
    "moderators",
    "outside",
    "own",
    "places",
    "remote",
    "room",
    "uploads",
    "voice",
]

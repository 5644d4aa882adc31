"""SyncWatch's reference client: a room without a browser. It needs `httpx` and `websockets`, and
nothing of the server: copy the folder into a project of your own. docs/client.md tells more.
"""

from client.api import Api
from client.errors import Ended, Lost, NoAnswer, Refused
from client.player import Player
from client.room import Room
from client.timeline import Timeline, position_at

__all__ = [
    "Api",
    "Ended",
    "Lost",
    "NoAnswer",
    "Player",
    "Refused",
    "Room",
    "Timeline",
    "position_at",
]

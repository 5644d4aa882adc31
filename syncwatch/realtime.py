"""The one list of what the room socket speaks."""

from chat.realtime import ChatEvents
from chat.realtime_polls import PollEvents
from playback.realtime import PlaybackEvents
from rooms.evenings.realtime import EveningEvents
from rooms.realtime import RoomOwnEvents
from voice.realtime import VoiceEvents

MODULES = (
    RoomOwnEvents(),
    EveningEvents(),
    PlaybackEvents(),
    ChatEvents(),
    PollEvents(),
    VoiceEvents(),
)

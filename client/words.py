"""What happens in a room, said in one line for whoever reads along."""

from collections.abc import Callable
from typing import Any

from client.state import RoomState

Event = dict[str, Any]
ZERO_WIDTH_JOINER = "\u200d"  # holds families of emoji together
HOUR_S, MINUTE_S = 3600, 60


def film_time(seconds: float | None) -> str:
    """`1:02:03.5`, `2:03.5`, or a dash where no film is on."""
    if seconds is None:
        return "–"
    tenths = int(seconds * 10)
    whole, tenth = divmod(tenths, 10)
    hours, minutes = whole // HOUR_S, whole % HOUR_S // MINUTE_S
    ahead = f"{hours}:{minutes:02}" if hours else f"{minutes}"
    return f"{ahead}:{whole % MINUTE_S:02}.{tenth}"


def line_of(event: Event, room: RoomState) -> str | None:
    """None for what is told by another event, or is not worth a line."""
    words = WORDS.get(event["type"])
    said = words(event, room) if words else None
    return None if said is None else one_line(said)


def one_line(text: str) -> str:
    """Without line breaks, and without what moves a terminal's cursor or turns its text around."""
    kept = (sign if sign.isprintable() or sign == ZERO_WIDTH_JOINER else " " for sign in text)
    return " ".join("".join(kept).split())


def _snapshot(event: Event, room: RoomState) -> str:
    count = event["member_count"]
    people = "one person" if count == 1 else f"{count} people"
    film = f", on is “{room.film['title']}”" if room.film else ""
    return f"In “{room.about['name']}” as {room.me['user']['display_name']}: {people}{film}"


def _command(event: Event, room: RoomState) -> str:
    timeline = event["timeline"]
    at = film_time(timeline["position"])
    title = room.film["title"] if room.film else "nothing"
    said = {
        "play": f"plays from {at}",
        "pause": f"pauses at {at}",
        "seek": f"goes to {at}",
        "rate": f"plays at {timeline['rate']:g} times the speed",
        "load": f"puts on “{title}”",
        "hold": "waits",
        "release": f"goes on from {at}",
        "begin": f"begins “{title}”",
    }.get(event["action"], event["action"])
    hold = f" ({_hold(timeline['hold'], room)})" if timeline["hold"] else ""
    return f"{room.name_of(event['by'])} {said}{hold}"


def _hold(hold: Event, room: RoomState) -> str:
    if hold["reason"] == "buffering":
        return f"waiting for {', '.join(map(room.name_of, hold['by']))}"
    return "until all are ready" if hold["reason"] == "ready" else "until more of it is there"


def _message(event: Event, room: RoomState) -> str | None:
    """What people did is told by the events of it."""
    message = event["message"]
    if message["kind"] != "text":
        return None
    name, body = room.name_of((message["author"] or {}).get("id")), message["body"]
    if message["style"] == "me":
        return f"{name} {body}"
    fell = f" → {message['roll']['results']}" if message["roll"] else ""
    return f"{name}: {body}{fell}"


def _left(event: Event, room: RoomState) -> str:
    said = {"kicked": "was sent out", "banned": "was banned"}.get(event["reason"], "left")
    return f"{room.name_of(event['user_id'])} {said}"


def _crowd(event: Event, _room: RoomState) -> str:
    return f"{len(event['joined'])} came, {len(event['left'])} left: {event['count']} are here"


def _list(event: Event, room: RoomState) -> str:
    return f"{room.name_of(event['by'])}: “{event['title']}” was {event['action']} on the list"


WORDS: dict[str, Callable[[Event, RoomState], str | None]] = {
    "room:snapshot": _snapshot,
    "room:member:joined": lambda event, _: f"{event['member']['user']['display_name']} came in",
    "room:member:left": _left,
    "room:members": _crowd,
    "room:updated": lambda _, room: f"The room is “{room.about['name']}” now",
    "room:closed": lambda *_: "The room was closed",
    "room:announcement": lambda event, _: f"From those who run this server: {event['text']}",
    "sync:command": _command,
    "queue:updated": _list,
    "chat:message": _message,
    "chat:edited": lambda event, room: f"{_message(event, room)} (changed)",
    "chat:deleted": lambda event, room: f"{room.name_of(event['by'])} took a message back",
    "chat:cleared": lambda event, room: f"{room.name_of(event['by'])} cleared the chat",
    "react:burst": lambda event, room: f"{room.name_of(event['by'])} {event['emoji']}",
    "client:lost": lambda event, _: f"Connection lost ({event['reason'] or event['closing']})",
    "client:back": lambda event, _: f"Back, {event['missed']} events caught up",
}

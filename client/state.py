"""What a client knows of the room: a snapshot, and what events make of it. Harmless twice."""

from collections.abc import Mapping
from typing import Any

from client.timeline import Timeline, position_at

Frame = Mapping[str, Any]


class RoomState:
    """Names, the film and its list. What a bot needs besides, it reads from the events."""

    def __init__(self) -> None:
        self.about: dict[str, Any] = {}
        self.me: dict[str, Any] = {}
        self.people: dict[str, dict[str, Any]] = {}  # everybody seen so far, by id
        self.present: set[str] = set()
        self.queue: list[dict[str, Any]] = []
        self.timeline: Timeline | None = None
        self.epoch = ""

    def take_snapshot(self, snapshot: Frame) -> None:
        self.about, self.me = snapshot["room"], snapshot["me"]
        self.queue = snapshot["queue"]
        self.present.clear()
        self._meet(self.me["user"])
        for member in snapshot["members"]:
            self._take_member(member)
        if snapshot["epoch"] != self.epoch:
            self.epoch, self.timeline = snapshot["epoch"], None
        self._take_timeline(snapshot["timeline"])

    def take(self, event: Frame) -> None:
        match event["type"]:
            case "sync:command":
                self._take_timeline(event["timeline"])
            case "room:updated":
                self.about = event["room"]
            case "queue:updated":
                self.queue = event["items"]
            case "video:updated":
                self._take_film(event)
            case "chat:message":
                self._meet(event["message"]["author"])
            case _:
                self._take_people(event)

    def _take_people(self, event: Frame) -> None:
        match event["type"]:
            case "room:member:joined":
                self._meet(event["member"]["user"])
                self.present.add(event["member"]["user"]["id"])
            case "room:member:left":
                self.present.discard(event["user_id"])
            case "room:member:updated":
                self._take_update(event["member"])
            case "room:members":
                for member in event["joined"]:
                    self._meet(member["user"])
                self.present |= {member["user"]["id"] for member in event["joined"]}
                self.present -= set(event["left"])

    def name_of(self, user_id: str | None) -> str:
        if user_id is None:
            return "The room"
        return str(self.people.get(user_id, {}).get("display_name", "Somebody"))

    def may(self, capability: str, server_ms: float) -> bool:
        """Whether the room lets one: the role's share, and rights of one's own until they end."""
        holds = capability in self.about["capabilities"][self.me["role"]]
        for right in self.me["rights"]:
            lasts = right["until"] is None or right["until"] > server_ms
            if lasts and right["capability"] == capability:
                holds = right["allowed"]
        return holds

    @property
    def film(self) -> dict[str, Any] | None:
        """The line of the list that is on."""
        item_id = self.timeline.item_id if self.timeline else None
        return next((item for item in self.queue if item["id"] == item_id), None)

    @property
    def duration_s(self) -> float | None:
        return self.film["duration"] if self.film else None

    def position_at(self, server_ms: float) -> float | None:
        """Seconds into the film; None where none is on."""
        if self.timeline is None or self.timeline.item_id is None:
            return None
        return position_at(self.timeline, server_ms, self.duration_s)

    def _take_timeline(self, wire: Frame | None) -> None:
        if wire and (self.timeline is None or wire["seq"] > self.timeline.seq):
            self.timeline = Timeline.of(wire)

    def _take_film(self, event: Frame) -> None:
        for item in self.queue:
            if item["video_id"] == event["id"]:
                item["duration"] = event["duration"]

    def _take_member(self, member: Frame) -> None:
        self._meet(member["user"])
        if member["presence"] == "online":
            self.present.add(member["user"]["id"])

    def _take_update(self, member: Frame) -> None:
        self._meet(member["user"])
        if member["user"]["id"] == self.me["user"]["id"]:
            self.me = {**self.me, **{key: member[key] for key in self.me if key in member}}

    def _meet(self, person: dict[str, Any] | None) -> None:
        if person:
            self.people[person["id"]] = person

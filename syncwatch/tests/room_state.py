"""What events make of a room's snapshot: the twin of the browser's reducer, in its plainest form.

Every event can be applied twice without harm, as docs/protocol.md promises.
"""

import json
import re

PARTS = (
    "room", "me", "members", "member_count", "timeline", "queue", "messages", "pins", "polls",
    "voice", "emotes", "seq", "evening", "evening_ready", "away",
)  # fmt: skip


def of(snapshot):
    """What a room's state is. `now_playing` is for lists and doors: here the timeline says it."""
    state = {part: snapshot[part] for part in PARTS}
    return state | {"room": {k: v for k, v in state["room"].items() if k != "now_playing"}}


def without(rows, key, value):
    return [row for row in rows if row.get(key, row.get("user", {}).get("id")) != value]


def replaced(rows, fresh, same):
    return [fresh if same(row) else row for row in rows]


def after(state, event):
    """The state after a kept event."""
    kind, state = event["type"], state | {"seq": max(state["seq"], event["seq"])}
    if kind == "sync:command":
        newer = event["timeline"]["seq"] > state["timeline"]["seq"]
        return state | {"timeline": event["timeline"]} if newer else state
    if kind == "queue:updated":
        return state | {"queue": event["items"]}
    by_area = {
        "poll": after_votes, "chat": after_words, "emote": after_emotes, "voice": after_calls,
        "evening": after_plans,
    }  # fmt: skip
    return by_area.get(kind.partition(":")[0], after_people)(state, event, kind)


def after_plans(state, event, kind):
    if kind == "evening:ready":
        return state | {"evening_ready": event["ready"]}
    if event["evening"]["state"] == "planned":
        return state | {"evening": event["evening"]}
    return state | {"evening": None, "evening_ready": []}


def after_words(state, event, kind):
    if kind == "chat:message":
        told, polls = event["message"], state["polls"]
        if told["poll"]:
            place = {name: told[name] for name in ("id", "item_id", "media_time")}
            by = {"question": told["body"], "author_id": (told["author"] or {}).get("id")}
            polls = [*without(polls, "id", told["id"]), {**place, **by, **told["poll"]}]
        others = without(state["messages"], "id", told["id"])
        return state | {"messages": [*others, told][-50:], "polls": polls}
    if kind == "chat:edited":
        told = event["message"]
        rows = replaced(state["messages"], told, lambda row: row["id"] == told["id"])
        return state | {"messages": requoted(rows, told["id"], {"text": told["body"][:120]})}
    if kind == "chat:reaction":
        return state | {"messages": [reacted(row, event) for row in state["messages"]]}
    if kind == "chat:pinned":
        rows = [
            row | {"pinned": event["on"]} if row["id"] == event["id"] else row
            for row in state["messages"]
        ]
        return state | {"messages": rows, "pins": event["count"]}
    rows = state["messages"]
    polls = state["polls"]
    for gone in event["ids"] if kind == "chat:cleared" else [event["id"]]:
        rows = requoted(without(rows, "id", gone), gone, {"text": "", "deleted": True})
        polls = without(polls, "id", gone)
    counted = {"pins": event["pins"]} if kind == "chat:cleared" else {}
    return state | {"messages": rows, "polls": polls, **counted}


def after_votes(state, event, kind):
    now = {name: event[name] for name in ("counts", "voters", "closed_at") if name in event}
    messages = [
        row | {"poll": row["poll"] | now} if row["id"] == event["id"] else row
        for row in state["messages"]
    ]
    polls = [row | now if row["id"] == event["id"] else row for row in state["polls"]]
    if kind == "poll:closed":
        polls = without(polls, "id", event["id"])
    return state | {"messages": messages, "polls": polls}


def requoted(rows, quoted, change):
    """Answers show what they answer as it reads now."""
    return [
        row | {"reply": row["reply"] | change} if (row["reply"] or {}).get("id") == quoted else row
        for row in rows
    ]


def reacted(row, event):
    if row["id"] != event["id"]:
        return row
    others = [one for one in row["reactions"] if one["emoji"] != event["emoji"]]
    fresh = {"emoji": event["emoji"], "count": event["count"], "by": event["people"]}
    now = [*others, fresh] if event["count"] else others
    return row | {"reactions": sorted(now, key=lambda one: one["emoji"])}


def after_calls(state, event, kind):
    peers = state["voice"]["peers"]
    if kind == "voice:peer:joined":
        others = without(peers, "session", event["peer"]["session"])
        return state | {"voice": {"peers": [*others, event["peer"]]}}
    return state | {"voice": {"peers": without(peers, "session", event["session"])}}


def after_emotes(state, event, kind):
    fresh = [event["emote"]] if kind == "emote:added" else []
    name = fresh[0]["name"] if fresh else event["name"]
    emotes = [*without(state["emotes"], "name", name), *fresh]
    return state | {"emotes": sorted(emotes, key=lambda one: one["name"])}


def after_people(state, event, kind):
    members = state["members"]
    if kind == "room:away":
        return state | {"away": event["away"]}
    if kind == "room:updated":
        return recapped(state | {"room": event["room"]})
    if kind == "room:member:updated":
        told = event["member"]
        rows = replaced(members, told, lambda row: row["user"]["id"] == told["user"]["id"])
        own = told["user"]["id"] == state["me"]["user"]["id"]
        me = {name: told[name] for name in state["me"]} if own else state["me"]
        return state | {"members": rows, "me": me}
    if kind == "room:member:joined":
        told = event["member"]
        members = [*without(members, "user_id", told["user"]["id"]), told]
    elif kind == "room:member:left":
        members = without(members, "user_id", event["user_id"])
    else:
        raise AssertionError(f"{kind} is not known here")
    here = {member["user"]["id"] for member in members}
    away = [user_id for user_id in state["away"] if user_id in here]
    return state | {"members": members, "member_count": len(members), "away": away}


def recapped(state):
    """What each role may do follows the room's settings; people's own rights stay."""
    may = state["room"]["capabilities"]

    def recap(one):
        held = set(may[one["role"]])
        for right in one["rights"]:
            (held.add if right["allowed"] else held.discard)(right["capability"])
        return one | {"capabilities": sorted(held)}

    rows, me = [recap(row) for row in state["members"]], recap(state["me"])
    return state | {"members": rows, "me": me}


# --- as a fixture ------------------------------------------------------------------------------

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[0-9:.]+\+00:00")
WRITTEN = re.compile(r"\w{3} \d+ \w{3} \d{4}, \d\d:\d\d UTC")


def plain(seen, first):
    """The same every time: ids by the order in which they appear, one moment, one room."""
    text = json.dumps(seen)
    known = {}
    text = UUID.sub(lambda found: known.setdefault(found[0], f"id-{len(known) + 1}"), text)
    text = MOMENT.sub("2027-01-15T08:00:00+00:00", text)
    text = WRITTEN.sub("Fri 15 Jan 2027, 08:00 UTC", text)
    for value, name in ((first["epoch"], "epoch"), (first["room"]["code"], "roomcode0000")):
        text = text.replace(value, name)
    text = re.sub(r"/emotes/[0-9a-f]{32}", "/emotes/address", text)
    text = re.sub(r'"avatar": \d+', '"avatar": 1', text)
    return json.loads(text, object_hook=without_now_playing)


def without_now_playing(found):
    found.pop("now_playing", None)
    return found

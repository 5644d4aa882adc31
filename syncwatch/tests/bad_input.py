"""What broke others: nonsense in every field of a room's frames, with the code that refuses it."""

import json

LARGE = 5_000_000
STATUS = {"type": "sync:status", "seq": 0, "position": 1, "buffered": 1, "state": "playing",
          "drift_ms": 0, "rtt_ms": 1}  # fmt: skip


def seek(position):
    return f'{{"type": "sync:seek", "position": {position}}}'


def chat(body, **more):
    return json.dumps({"type": "chat:send", "body": body, "nonce": "n", **more})


INVALID = [
    "null", "[]", '"x"', "7", "1e5", "true", "{}",
    *map(seek, ('{"a":1}', "1e999", "-1e999", "-1", "864001", "null", '"60"', "[]", "true")),
    *(json.dumps({"type": "sync:rate", "rate": rate}) for rate in (0, -1, 3.5, "2", {}, None)),
    *(json.dumps({"type": "sync:load", "item_id": item}) for item in ("", 7, None, {}, "x" * 37)),
    *(json.dumps(STATUS | change) for change in (
        {"seq": -1}, {"seq": 1.5}, {"seq": 2**60}, {"state": "gone"}, {"position": -1},
        {"buffered": {}}, {"rtt_ms": 1e9},
    )),
    *(chat(body) for body in ({"a": 1}, [], 7, None, "x" * 20_001)),
    chat("Hello", nonce="n" * 65), chat("Hello", reply_to={}), chat("Hello", colour="red"),
    chat("Hello", media_time=-1), chat(""),
    '{"type": "room:resume", "since": -1, "epoch": "e"}',
    '{"type": "room:away", "away": "yes"}',
    '{"type": "voice:join", "session": {}}',
]  # fmt: skip
MALFORMED = ["{{{", "", seek("NaN"), seek("Infinity"), '{"type": "chat:send"', "\ud800"]
BAD = [
    *((text, "invalid") for text in INVALID),
    *((text, "malformed") for text in MALFORMED),
    (seek("[" * 9_000 + "]" * 9_000), "invalid"),
    ('{"type": "sync:explode"}', "unknown_type"),
    ('{"type": "room:snapshot"}', "unknown_type"),
    (chat("x" * LARGE), "frame_too_large"),
    (chat("x" * 65_537), "frame_too_large"),
]

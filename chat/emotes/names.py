"""What an emote may be called, and how one is written. Pure."""

import re

NAME_MIN, NAME_MAX = 2, 32
PATTERN = rf"^[a-z0-9_]{{{NAME_MIN},{NAME_MAX}}}$"
_WRITTEN = re.compile(rf":([a-z0-9_]{{{NAME_MIN},{NAME_MAX}}}):")
# What stands for an emoji in the line one writes in: static/js/chat/emoji-names.js has the signs.
EMOJI = frozenset({
    "smile", "grin", "joy", "rofl", "wink", "blush", "heart_eyes", "kiss", "thinking", "neutral",
    "roll_eyes", "smirk", "sleepy", "yawn", "sunglasses", "nerd", "cry", "sob", "angry", "scream",
    "shocked", "party_face", "skull", "ghost", "clown", "robot", "thumbs_up", "thumbs_down",
    "clap", "wave", "pray", "muscle", "ok_hand", "eyes", "heart", "broken_heart", "fire",
    "sparkles", "star", "tada", "hundred", "popcorn", "pizza", "beer", "coffee", "cake", "film",
    "clapper", "tv", "rabbit", "cat", "dog",
})  # fmt: skip


def name_of(raw: str) -> str:
    """As it is kept: `:Sofa:`, `Sofa` and `sofa` are one."""
    return raw.strip().removeprefix(":").removesuffix(":").lower()


def written(sign: str) -> str | None:
    """The name, where `sign` is one emote as people write it: `:sofa:`."""
    found = _WRITTEN.fullmatch(sign.lower())
    return found[1] if found else None

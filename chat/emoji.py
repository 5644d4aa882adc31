"""What one emoji is, by the shape that Unicode's technical standard 51 gives it. Pure."""

import re
import unicodedata

# Extended_Pictographic of Unicode's emoji data; it reaches ahead to characters that come later.
_PICTURES = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u2199\u21a9\u21aa\u231a\u231b\u2328\u2388\u23cf"
    "\u23e9-\u23f3\u23f8-\u23fa\u24c2\u25aa\u25ab\u25b6\u25c0\u25fb-\u25fe\u2600-\u2605"
    "\u2607-\u2612\u2614-\u2685\u2690-\u2705\u2708-\u2712\u2714\u2716\u271d\u2721\u2728\u2733"
    "\u2734\u2744\u2747\u274c\u274e\u2753-\u2755\u2757\u2763-\u2767\u2795-\u2797\u27a1\u27b0\u27bf"
    "\u2934\u2935\u2b05-\u2b07\u2b1b\u2b1c\u2b50\u2b55\u3030\u303d\u3297\u3299"
    "\U0001f000-\U0001f0ff\U0001f10d-\U0001f10f\U0001f12f\U0001f16c-\U0001f171\U0001f17e\U0001f17f"
    "\U0001f18e\U0001f191-\U0001f19a\U0001f201-\U0001f20f\U0001f21a\U0001f22f"
    "\U0001f232-\U0001f23a\U0001f249-\U0001f3fa\U0001f400-\U0001f53d\U0001f546-\U0001f64f"
    "\U0001f680-\U0001f6ff\U0001f774-\U0001f77f\U0001f7d5-\U0001f7ff\U0001f90c-\U0001f93a"
    "\U0001f93c-\U0001f945\U0001f947-\U0001faff"
)
_COLOURED = "\ufe0f"  # asks for the picture, where a character can also be drawn as text
_FLAG = "[\U0001f1e6-\U0001f1ff]{2}"
_PICTURE = f"[{_PICTURES}](?:{_COLOURED}|[\U0001f3fb-\U0001f3ff])?"
_TAGS = "[\U000e0020-\U000e007e]{1,8}\U000e007f"  # flags of regions
# People hold hands by at most so many joiners; the longest there is has three.
_ONE = re.compile(
    f"(?:{_FLAG}|[0-9#*]{_COLOURED}?\u20e3|\U0001f3f4{_TAGS}|{_PICTURE}(?:\u200d{_PICTURE}){{0,5}})"
)


def is_emoji(sign: str) -> bool:
    """Whether `sign` is one emoji, as people see it, and nothing else."""
    drawn = all(unicodedata.category(char) != "Cn" for char in sign)
    return drawn and _ONE.fullmatch(sign) is not None


def plain(sign: str) -> str:
    """The same emoji whoever typed it: programs differ in whether they ask for the picture."""
    return sign.replace(_COLOURED, "")

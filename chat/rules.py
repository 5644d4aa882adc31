"""Which reactions there are."""

# Few, so that one knows them at a glance and a hundred of them are drawn as a handful of counts.
REACTIONS = ("😂", "❤️", "😮", "😭", "👏", "🔥", "🎉", "🍿")
TEXT_OR_PICTURE = "\ufe0f"  # asks for the coloured form; many programs leave it out

_BY_SIGN = {emoji.replace(TEXT_OR_PICTURE, ""): emoji for emoji in REACTIONS}


def reaction(sign: str) -> str | None:
    """The reaction that `sign` means, in the form everybody is sent; None: there is no such."""
    known = _BY_SIGN.get(sign.removesuffix(TEXT_OR_PICTURE))
    return known if known in (sign, sign + TEXT_OR_PICTURE) else None

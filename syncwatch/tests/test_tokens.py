"""The light theme is the same for those who ask for it and those who let the system choose."""

import re
from pathlib import Path

from django.conf import settings

TOKENS = Path(settings.BASE_DIR) / "static/css/tokens.css"


def block(selector):
    """The declarations of the one rule with this selector, in order."""
    pattern = rf"^ *{re.escape(selector)} {{\n(.*?)}}"
    (rule,) = re.findall(pattern, TOKENS.read_text(), re.MULTILINE | re.DOTALL)
    return [line.strip() for line in rule.strip().splitlines()]


def test_a_chosen_light_and_the_systems_light_are_the_same():
    chosen = block('[data-theme="light"]')
    assert "color-scheme: light;" in chosen
    assert block(":root:not([data-theme])") == chosen


STYLES = [
    path
    for path in sorted((Path(settings.BASE_DIR) / "static").rglob("*.css"))
    if path != TOKENS and "vendor" not in path.parts
]
SCRIPTS = [
    path
    for path in sorted((Path(settings.BASE_DIR) / "static/js").rglob("*.js"))
    if not path.name.endswith(".test.js")
]
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
NAMED = "white|black|red|green|blue|gray|grey|silver|navy|teal|yellow|orange|purple|pink"
COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b(?![-\w])|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\("
    rf"|:[^;{{}}]*(?<![-\w])(?:{NAMED})(?![-\w(])",
    re.IGNORECASE,
)
LAYER = re.compile(r"z-index\s*:(?!\s*(?:var\(--z-|auto\b))[^;]+")


def declarations(path):
    """What a style sheet says, without its comments."""
    return COMMENT.sub("", path.read_text())


def names(pattern, *texts):
    return {name for text in texts for name in re.findall(pattern, text)}


def test_no_colour_and_no_layer_outside_the_tokens():
    strays = [
        f"{path.name}: {found[0].strip()}"
        for path in STYLES
        for pattern in (COLOUR, LAYER)
        for found in pattern.finditer(declarations(path))
        if not found[0].startswith("#i-")
    ]
    assert not strays, "\n".join(strays)


def test_no_colour_in_the_scripts():
    said = re.compile(
        r"""["'`](?:#[0-9a-f]{3,8}|(?:rgba?|hsla?|oklch)\([^)]*\))["'`]""", re.IGNORECASE
    )
    strays = [
        f"{path.name}: {found[0]}" for path in SCRIPTS for found in said.finditer(path.read_text())
    ]
    assert not strays, "\n".join(strays)


def test_every_token_that_is_read_is_there_and_every_raw_value_is_read():
    tokens = COMMENT.sub("", TOKENS.read_text())
    defined = names(r"(--[\w-]+)\s*:", tokens)
    everywhere = [declarations(path) for path in STYLES]
    local = names(r"(--[\w-]+)\s*:", *everywhere)
    scripts = "\n".join(path.read_text() for path in SCRIPTS)
    read = names(r"var\(\s*(--[\w-]+)", tokens, *everywhere)
    tuned = names(r"var\(\s*(--[\w-]+)\s*,", *everywhere)  # a knob: it has a value of its own
    set_by_script = names(r"[\"'`](--[\w-]+)[\"'`]", scripts)
    unknown = read - tuned - defined - local - set_by_script
    assert not unknown, sorted(unknown)
    unread = {name for name in defined - read if name not in scripts}
    assert not unread, sorted(unread)

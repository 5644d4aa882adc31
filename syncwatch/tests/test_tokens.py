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

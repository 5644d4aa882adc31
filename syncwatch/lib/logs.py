"""Logging without secrets: tokens and tickets never reach a log line."""

import logging
import re

_SECRETS = re.compile(
    r"(eyJ[\w-]{8,}\.[\w-]+\.[\w-]+)"  # a JSON web token
    r"|((?:ticket|password|refresh|access|token)[\"']?\s*[=:]\s*[\"']?)[^\s\"'&]+"
    r"|(/media/hls/)[^/\s]+",
    re.IGNORECASE,
)


def _hide(match: re.Match[str]) -> str:
    return f"{match[2] or match[3] or ''}[hidden]"


class HideSecrets(logging.Filter):
    """Replaces what looks like a secret before a handler writes the line."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        hidden = _SECRETS.sub(_hide, message)
        if hidden != message:
            record.msg, record.args = hidden, None
        return True

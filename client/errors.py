"""What can go wrong between a client and the server, one class for each way to go on from there."""

from collections.abc import Mapping
from typing import Any


class ClientError(Exception):
    """`code` is for programs, the text for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class Refused(ClientError):
    """The server said no. `code` is one of those in docs/protocol.md."""

    def __init__(
        self,
        code: str,
        message: str,
        *,
        retry_after_s: float | None = None,
        fields: Mapping[str, list[str]] | None = None,
    ) -> None:
        super().__init__(code, message)
        self.retry_after_s = retry_after_s
        self.fields = dict(fields or {})

    @classmethod
    def of(cls, error: Mapping[str, Any]) -> "Refused":
        """From the object that travels: `{code, message, fields?, retry_after?}`."""
        return cls(
            str(error.get("code", "")),
            str(error.get("message", "")),
            retry_after_s=error.get("retry_after"),
            fields=error.get("fields"),
        )


class Lost(ClientError):
    """The connection broke before the answer came: whether it was done is not known."""

    def __init__(self) -> None:
        super().__init__("lost", "The connection broke before the answer came.")


class NoAnswer(ClientError):
    """Nothing came back in time."""

    def __init__(self, what: str) -> None:
        super().__init__("no_answer", f"The server did not answer {what} in time.")


class Unreachable(ClientError):
    """There is no SyncWatch at this address, or the way there is broken."""

    def __init__(self, url: str, why: str) -> None:
        super().__init__("unreachable", f"{url} does not answer as SyncWatch: {why}")


class Ended(ClientError):
    """The room is over for this client; trying again would end the same way."""

    def __init__(self, closing: int, reason: str) -> None:
        super().__init__(f"closed_{closing}", reason or f"The connection ended with {closing}.")
        self.closing = closing

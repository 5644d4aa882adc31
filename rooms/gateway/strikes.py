"""When refusing is not enough: a client that goes on and on is sent away (4429)."""

STRIKES = 3
WINDOW_MS = 10_000
REFUSALS_AT_ONCE = 100


class Strikes:
    """Counts seconds in which a client was refused for speed: three within ten end it.

    A burst of eager typing costs one strike; a flood costs one a second, or the connection at
    once past a hundred refusals.
    """

    def __init__(self) -> None:
        self._seconds: list[float] = []
        self._refusals = 0

    def refused(self, now_ms: float) -> bool:
        """One more refusal; True when the client has to go."""
        self._seconds = [at for at in self._seconds if now_ms - at < WINDOW_MS]
        if not self._seconds:
            self._refusals = 0
        self._refusals += 1
        if not self._seconds or now_ms - self._seconds[-1] >= 1000:  # noqa: PLR2004  a second
            self._seconds.append(now_ms)
        return len(self._seconds) >= STRIKES or self._refusals > REFUSALS_AT_ONCE

"""Puts kept events back into their order, and notices when one is missing. Pure."""

from typing import Any

Frame = dict[str, Any]


class Sequencer:
    def __init__(self) -> None:
        self.seq = 0
        self._early: dict[int, Frame] = {}

    def reset(self, seq: int) -> None:
        """Everything up to `seq` is known."""
        self.seq = seq
        self._early = {early: frame for early, frame in self._early.items() if early > seq}

    @property
    def gap(self) -> bool:
        """Something is missing between what was handed out and what lies here."""
        return bool(self._early)

    def push(self, event: Frame) -> list[Frame]:
        """Which events are due now, in order; a passing one at once, a repeated one never."""
        seq = event.get("seq")
        if not isinstance(seq, int):
            return [event]
        if seq > self.seq:
            self._early[seq] = event
        return self.due()

    def due(self) -> list[Frame]:
        due = []
        while (event := self._early.pop(self.seq + 1, None)) is not None:
            self.seq += 1
            due.append(event)
        return due

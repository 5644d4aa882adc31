"""What counts of a film's packets, put together while they go by: there may be very many."""

from dataclasses import dataclass

from videos.encoder.process import Child

QUESTION = ("-show_entries", "packet=pts_time,dts_time,flags", "-of", "csv=p=0")


@dataclass
class Packets:
    """Some packets in the order of the file, as ffprobe answers QUESTION."""

    first_s: float | None = None
    last_s: float | None = None  # the latest time, which is not that of the last packet
    key_s: float | None = None
    between_keys_s: float = 0.0

    def eat(self, child: Child) -> None:
        """Take the whole lines of what it has printed."""
        lines, _, child.output = child.output.rpartition(b"\n")
        for line in lines.decode(errors="replace").splitlines():
            self._add(*(*line.split(","), "", "")[:3])

    def _add(self, shown: str, decoded: str, flags: str) -> None:
        try:
            # AVI knows no more than the time of decoding.
            time_s = float(decoded if shown == "N/A" else shown)
        except ValueError:
            return  # a packet without a time
        if self.first_s is None or self.last_s is None:
            self.first_s = self.last_s = time_s
        self.last_s = max(self.last_s, time_s)
        if "K" in flags:
            self.between_keys_s = self.longest_gop_s(time_s)
            self.key_s = time_s

    def longest_gop_s(self, until_s: float) -> float:
        """The longest distance of key frames, the last of them open until then."""
        if self.key_s is None:
            return 0.0
        return max(self.between_keys_s, until_s - self.key_s)

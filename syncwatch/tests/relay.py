"""The real coturn for tests, in the manner of servers.py: nothing of the system's own settings."""

from collections.abc import Iterable
from pathlib import Path

from syncwatch.tests.programs import needed
from syncwatch.tests.servers import Server, free_ports
from syncwatch.tests.turn_client import GRANTED, TurnClient


class CoturnServer(Server):
    """A relay on 127.0.0.1, for peers there too unless it gets a `config` of its own.

    Without coturn on this machine the test that wanted it is skipped, or fails under CI.
    """

    def __init__(
        self, secret: str, *, config: Path | None = None, options: Iterable[str] = ()
    ) -> None:
        self._program = needed("turnserver", "coturn")
        super().__init__()
        self.secret = secret
        self.port, self.tls_port = free_ports(2)
        self._config = config
        self._options = list(options)

    def argv(self) -> list[str]:
        settings = ["-c", str(self._config)] if self._config else ["-n", *_FOR_TESTS]
        return [
            self._program,
            *settings,
            f"--static-auth-secret={self.secret}",
            "--realm=syncwatch",
            "--listening-ip=127.0.0.1",
            "--relay-ip=127.0.0.1",
            f"--listening-port={self.port}",
            f"--tls-listening-port={self.tls_port}",
            # Else it leaves both in the system's folders.
            f"--pidfile={self.folder}/pid",
            f"--userdb={self.folder}/users",
            *self._options,
        ]

    def ready(self) -> bool:
        try:
            with TurnClient(self.port, timeout_s=0.5) as client:
                return client.bind() == GRANTED
        except OSError:
            return False

    def said(self) -> str:
        return (self.folder / "log").read_text()

    def urls(self, *transports: str) -> list[str]:
        """Addresses as browsers want them; over UDP and TCP unless told."""
        chosen = transports or ("udp", "tcp")
        return [f"turn:127.0.0.1:{self.port}?transport={transport}" for transport in chosen]

    def environment(self) -> dict[str, str]:
        return {"TURN_URLS": ",".join(self.urls()), "TURN_SECRET": self.secret}


_FOR_TESTS = (
    "--use-auth-secret",
    "--fingerprint",
    "--allow-loopback-peers",
    "--no-cli",
    "--no-tls",
    "--no-dtls",
    "--log-file=stdout",
    "--simple-log",
    "--relay-threads=1",
)

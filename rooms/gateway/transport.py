"""A uvicorn protocol that puts itself into the scope, so that the hub can write frames directly.

It relies on uvicorn's internals: uvicorn is pinned, and a test drives it with a standards client.
"""

from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol


class FrameOnceProtocol(WebSocketsSansIOProtocol):
    """`uvicorn --ws rooms.gateway.transport:FrameOnceProtocol`"""

    def handle_connect(self, event: Any) -> None:
        super().handle_connect(event)
        if hasattr(self, "scope"):  # absent where the handshake itself was refused
            self.scope["syncwatch.protocol"] = self  # type: ignore[typeddict-unknown-key]

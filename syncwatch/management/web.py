"""The web server: uvicorn with the flags SyncWatch needs, on a socket given or of its own."""

import argparse
import gc
import socket
from importlib import import_module
from typing import Any

import uvicorn

from syncwatch.lib.database import keep_spare_ones

GRACEFUL_S = 5
# The gateway itself refuses frames above its own limit, with a reason; this is only the wall
# behind it.
_SOCKET_MESSAGE_MAX_BYTES = 2 * 1024 * 1024


def _socket_protocol() -> Any:
    """The protocol that frames an event once for a whole room, where the gateway brings it."""
    try:
        return import_module("rooms.gateway.transport").FrameOnceProtocol
    except ModuleNotFoundError:
        return "websockets-sansio"


def config(*, host: str = "127.0.0.1", port: int = 8000) -> uvicorn.Config:
    return uvicorn.Config(
        "syncwatch.asgi:application",
        host=host,
        port=port,
        loop="uvloop",
        http="httptools",
        ws=_socket_protocol(),
        ws_max_size=_SOCKET_MESSAGE_MAX_BYTES,
        ws_per_message_deflate=False,  # costs twice the memory and twice the CPU of a connection
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # forwarded addresses are read behind TRUSTED_PROXIES alone
        timeout_graceful_shutdown=GRACEFUL_S,
        backlog=4096,
    )


def loaded(settings: uvicorn.Config) -> uvicorn.Server:
    """A server with all its modules in memory. What they brought stays to the end: the collector,
    which stops everybody's film while it looks, need not look at it again.
    """
    settings.load()
    gc.collect()
    gc.freeze()
    return uvicorn.Server(settings)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--fd", type=int, help="a listening socket handed down by the supervisor")
    options = parser.parse_args()
    server = loaded(config(host=options.host, port=options.port))
    keep_spare_ones()
    if options.fd is None:
        server.run()
    else:
        server.run(sockets=[socket.socket(fileno=options.fd)])


if __name__ == "__main__":
    main()

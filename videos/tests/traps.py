"""Places that an upload must never make us visit, and whether somebody did."""

import ctypes
import os
import socket
import struct
import threading

IN_ACCESS, IN_OPEN = 0x1, 0x20


class ListeningPort:
    """A port of this machine that counts its visitors."""

    def __enter__(self):
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.visits = 0
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()
        return self

    def _serve(self):
        while True:
            visitor, _ = self._socket.accept()
            with visitor:
                if visitor.recv(4) == b"stop":
                    return
                self.visits += 1

    def __exit__(self, *_):
        with socket.create_connection(("127.0.0.1", self.port)) as last:
            last.sendall(b"stop")
        self._thread.join()
        self._socket.close()


class WatchedFile:
    """Tells by inotify whether anybody opened or read a file."""

    def __init__(self, path):
        self.path = path

    def __enter__(self):
        libc = ctypes.CDLL(None, use_errno=True)
        self._events = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        watched = libc.inotify_add_watch(self._events, bytes(self.path), IN_ACCESS | IN_OPEN)
        assert watched >= 0, os.strerror(ctypes.get_errno())
        return self

    @property
    def touched(self):
        try:
            return len(os.read(self._events, 4096)) >= struct.calcsize("iIII")
        except BlockingIOError:
            return False

    def __exit__(self, *_):
        os.close(self._events)

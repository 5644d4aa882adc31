"""`manage.py serve`: all of SyncWatch under one command, or one part of it for a container."""

import argparse
import os
import socket
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from syncwatch import env
from syncwatch.lib.parts import PartMissing
from syncwatch.management import processes
from syncwatch.management.backup import unfinished
from syncwatch.management.embedded_redis import RedisStartError
from syncwatch.management.runfile import AlreadyRunningError
from syncwatch.management.stack import Stack


class Command(BaseCommand):
    help = (
        "Serve SyncWatch: web server, workers, scheduler and, where REDIS_URL is unset, a Redis "
        "of its own. With PART, run that one process only and nothing else."
    )
    requires_system_checks = []  # `doctor` and the checks of CI do that; a start has to be quick

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("part", nargs="?", choices=processes.PARTS)
        parser.add_argument("--host", default=env.text("HOST", "127.0.0.1"))
        parser.add_argument("--port", type=int, default=env.number("PORT", 8000))

    def handle(self, *args: Any, **options: Any) -> None:
        if cut_off := unfinished.begun():
            raise CommandError(
                f"A restore of {cut_off} was cut off. Say it again first: "
                f"python manage.py restore {cut_off}"
            )
        if part := options["part"]:
            self._become(part, host=options["host"], port=options["port"])
        stack = Stack(say=self._say)
        try:
            stack.claim()
            with self._listen(options["host"], options["port"]) as listener:
                stack.serve(listener)
        except (AlreadyRunningError, RedisStartError, PartMissing) as error:
            raise CommandError(str(error)) from error

    def _become(self, part: str, *, host: str, port: int) -> None:
        """Turn into the process itself: a container's signals reach it directly."""
        makers: Mapping[str, Any] = {
            "web": lambda: processes.web(host=host, port=port),
            "worker": processes.worker,
            "transcode": processes.transcode,
            "beat": processes.beat,
        }
        argv = makers[part]().argv
        os.chdir(settings.BASE_DIR)
        os.execv(argv[0], list(argv))  # noqa: S606  an argument list of our own

    def _listen(self, host: str, port: int) -> socket.socket:
        """The supervisor holds the door: while the web server restarts, callers wait in line."""
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except (OSError, OverflowError) as error:
            listener.close()
            raise CommandError(
                f"Cannot serve on {host}:{port}: {getattr(error, 'strerror', None) or error}. "
                f"Choose another port, for example: PORT={min(port + 1, 65535)} bin/run"
            ) from error
        listener.listen(4096)
        return listener

    def _say(self, line: str) -> None:
        try:
            self.stdout.write(line)
            self.stdout.flush()
        except OSError:
            pass  # the terminal has gone; the processes' own logs remain

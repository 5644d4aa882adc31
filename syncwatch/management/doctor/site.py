"""This installation: its keys, its address, its disk, and what the system checks say."""

import shutil
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.http.request import validate_host

from syncwatch import env
from syncwatch.checks import KEY_MIN_CHARS
from syncwatch.management.doctor.finding import Verdict, note, ok, wrong

KEYS = ("SECRET_KEY", "JWT_SIGNING_KEY")
GIB = 1024**3
ROOM_NEEDED_BYTES = 1 * GIB
ROOM_WISHED_BYTES = 10 * GIB
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
OTHERS_MAY = 0o077


def keys() -> Verdict:
    """Long, two of them, and nobody else can read them."""
    short = [name for name in KEYS if len(getattr(settings, name)) < KEY_MIN_CHARS]
    fresh = 'python -c "import secrets; print(secrets.token_urlsafe(50))"'
    if short:
        return wrong(f"{' and '.join(short)} too short", f"Make one: {fresh}")
    if settings.SECRET_KEY == settings.JWT_SIGNING_KEY:
        return wrong("SECRET_KEY and JWT_SIGNING_KEY are the same", f"Make another: {fresh}")
    if open_to_others := [path for path in _key_files() if path.stat().st_mode & OTHERS_MAY]:
        names = " ".join(map(str, open_to_others))
        return wrong(f"others on this machine may read {names}", f"chmod 600 {names}")
    return ok(", ".join(f"{name} by {_origin(name)}" for name in KEYS))


def address() -> Verdict:
    """Does what the settings say about the way in fit together?"""
    public = urlsplit(settings.PUBLIC_URL)
    host = public.hostname or ""
    if not host:
        return note(
            "PUBLIC_URL is not set: right for this machine alone",
            "For others: PUBLIC_URL=https://your.name and a proxy with TLS in front.",
        )
    if not validate_host(host, settings.ALLOWED_HOSTS):
        return wrong(f"ALLOWED_HOSTS lacks {host}", f"Add {host}, or leave ALLOWED_HOSTS unset.")
    if public.scheme == "https" and not settings.TRUSTED_PROXIES:
        return wrong(
            f"{settings.PUBLIC_URL} without TRUSTED_PROXIES: every page redirects to itself",
            "Set TRUSTED_PROXIES to the address of the proxy that does TLS.",
        )
    if public.scheme != "https" and host not in LOOPBACK:
        return note(
            f"{settings.PUBLIC_URL} without TLS: sign-ins can be overheard",
            "Put a proxy with TLS in front and set PUBLIC_URL=https://…",
        )
    return ok(settings.PUBLIC_URL)


def disk() -> Verdict:
    """Room for uploads and for films in the making."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(settings.DATA_DIR).free
    words = f"{free / GIB:.1f} GiB free in {settings.DATA_DIR}"
    mend = "Make room, or move the data folder with SYNCWATCH_DATA."
    if free < ROOM_NEEDED_BYTES:
        return wrong(words, mend)
    return note(words, mend) if free < ROOM_WISHED_BYTES else ok(words)


def system_checks() -> Verdict:
    """Django's and our own; those for a production where this says that it is one."""
    said = checks.run_checks(include_deployment_checks=settings.PRODUCTION)
    heard = [each for each in said if not each.is_silenced()]
    errors = [each for each in heard if each.level >= checks.ERROR]
    if errors:
        return wrong(_messages(errors), "python manage.py check --deploy says more.")
    if heard:
        return note(_messages(heard), "python manage.py check --deploy says more.")
    return ok("nothing to say")


def _messages(said: Iterable[checks.CheckMessage]) -> str:
    return " ".join(f"{each.id}: {each.msg}" for each in said)


def _origin(name: str) -> str:
    if env.text(name):
        return "setting"
    return env.text(f"{name}_FILE") or str(_own_file(name))


def _own_file(name: str) -> Path:
    return Path(settings.DATA_DIR) / "keys" / name.lower().replace("_", "-")


def _key_files() -> list[Path]:
    """The files that we made ourselves; those of *_FILE are the operator's business."""
    made = [name for name in KEYS if not env.text(name) and not env.text(f"{name}_FILE")]
    return [path for path in map(_own_file, made) if path.exists()]

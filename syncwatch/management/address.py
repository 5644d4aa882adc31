"""Where people reach this installation, as far as a command can know."""

from django.conf import settings

from syncwatch import env
from syncwatch.management import runfile


def address() -> str:
    """The public address, else that of the supervisor on this data folder, else the default."""
    running = runfile.running(settings.DATA_DIR / "run") or {}
    return str(
        settings.PUBLIC_URL or running.get("url") or f"http://127.0.0.1:{env.number('PORT', 8000)}"
    )

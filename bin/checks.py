"""Every linter, type checker and generated-file check, as a list. Run it as bin/lint."""

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = Path(sys.executable).parent
NODE = ROOT / "node_modules" / ".bin"
MANAGE = [sys.executable, "manage.py"]
# What `check --deploy` judges is a production's set of settings, so it gets one.
PRODUCTION = {
    "DEBUG": "0",
    "SECRET_KEY": "only-for-this-check-" + "0123456789abcdef" * 4,
    "JWT_SIGNING_KEY": "only-for-this-check-" + "fedcba9876543210" * 4,
    "PUBLIC_URL": "https://watch.example.org",
    "ALLOWED_HOSTS": "watch.example.org",
    "TRUSTED_PROXIES": "127.0.0.1",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
}


@dataclass(frozen=True)
class Check:
    name: str
    argv: list[str]
    environment: dict[str, str] = field(default_factory=dict)


CHECKS = [
    Check("ruff check", [str(VENV / "ruff"), "check", "."]),  # S rules included: security habits
    Check("ruff format", [str(VENV / "ruff"), "format", "--check", "."]),
    Check("mypy", [str(VENV / "mypy"), "."]),
    Check("import-linter", [str(VENV / "lint-imports")]),
    Check("migrations", [*MANAGE, "makemigrations", "--check", "--dry-run"]),
    Check("deploy check", [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
    Check("socket protocol", [*MANAGE, "protocol", "--check"]),
    Check(
        "OpenAPI document",
        [*MANAGE, "spectacular", "--fail-on-warn", "--validate", "--file", os.devnull],
    ),
    Check("words", [*MANAGE, "words", "--check"]),
    Check("tsc", [str(NODE / "tsc"), "--project", "tsconfig.json"]),
    Check("biome", [str(NODE / "biome"), "ci", "--error-on-warnings"]),
]


def main() -> int:
    wanted = sys.argv[1:]
    chosen = [check for check in CHECKS if not wanted or check.name in wanted]
    if not chosen:
        print("There is no such check. These exist: " + ", ".join(c.name for c in CHECKS))
        return 2
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="syncwatch-lint-") as data:
        failed = [check.name for check in chosen if not passes(check, data)]
    took = time.monotonic() - began
    if failed:
        print(f"\n{len(failed)} of {len(chosen)} checks failed ({', '.join(failed)}), {took:.0f} s")
        return 1
    print(f"\nall {len(chosen)} checks passed, {took:.0f} s")
    return 0


def passes(check: Check, data: str) -> bool:
    began = time.monotonic()
    done = subprocess.run(
        check.argv,
        cwd=ROOT,
        env={**os.environ, "SYNCWATCH_DATA": data, "NO_COLOR": "1", **check.environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    mark = "ok    " if done.returncode == 0 else "FAILED"
    print(f"{mark} {check.name:<18} {time.monotonic() - began:5.1f} s", flush=True)
    if done.returncode:
        print(f"       $ {' '.join(check.argv)}\n{done.stdout.rstrip()}\n", flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    raise SystemExit(main())

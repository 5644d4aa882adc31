"""What every benchmark ends with: a table for people and, with --json FILE, numbers for tools."""

import argparse
import json
import os
import platform
import subprocess
from collections.abc import Mapping
from math import isfinite
from pathlib import Path

NEVER = 1e9


def arguments(description: str) -> argparse.ArgumentParser:
    """The options that all benchmarks share; add your own to it."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the numbers there too")
    return parser


def publish(name: str, results: Mapping[str, float], to: Path | None = None) -> None:
    """Print the table; write `{"name", "commit", "machine", "results"}` where `to` says."""
    width = max((len(key) for key in results), default=0)
    print(f"\n{name} · {commit()} · {machine()}")
    for key, number in results.items():
        shown = f"{number:>12,.2f}" if isfinite(number) else f"{'never':>12}"
        print(f"  {key:<{width}}  {shown}")
    if to is not None:
        record = {
            "name": name,
            "commit": commit(),
            "machine": machine(),
            "results": _finite(results),
        }
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_text(json.dumps(record, indent=2) + "\n")


def _finite(results: Mapping[str, float]) -> dict[str, float]:
    """JSON knows no infinity: what never came about is NEVER."""
    return {key: number if isfinite(number) else NEVER for key, number in results.items()}


def commit() -> str:
    """The commit measured, with a plus where the tree had changes on top of it."""
    head = _git("rev-parse", "--short=12", "HEAD") or "no-commit"
    return f"{head}+" if _git("status", "--porcelain", "--untracked-files=no") else head


def machine() -> str:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return (
        f"{_processor()}, {cores} cores, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}"
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.machine()


def _git(*words: str) -> str:
    root = Path(__file__).resolve().parent
    done = subprocess.run(["git", *words], cwd=root, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""

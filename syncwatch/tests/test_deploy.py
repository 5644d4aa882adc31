"""What is written for containers fits the product; nginx reads its own page."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from syncwatch.management import processes
from syncwatch.tests.programs import needed
from syncwatch.tests.test_architecture import settings_read

ROOT = Path(settings.BASE_DIR)
MUST_BE_CHOSEN = (
    "SECRET_KEY", "JWT_SIGNING_KEY", "PUBLIC_URL", "POSTGRES_PASSWORD", "S3_SECRET_ACCESS_KEY",
)  # fmt: skip
OURS = {"migrate", "web", "sockets", "worker", "transcode", "beat"}


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def test_every_part_of_a_production_is_there(compose):
    assert set(compose["services"]) == OURS | {
        "postgres", "redis", "minio", "bucket", "nginx", "coturn",
    }  # fmt: skip


def test_containers_set_only_what_is_a_setting(compose):
    for name in OURS:
        assert set(compose["services"][name]["environment"]) <= settings_read(), name


def test_every_container_of_ours_runs_a_part_that_exists(compose):
    started = {compose["services"][name]["command"][0] for name in OURS}
    assert started == {*processes.PARTS, "migrate"}
    known = (ROOT / "deploy/entrypoint.sh").read_text()
    for part in started:
        assert re.search(rf"\b{part}\b.*\)$", known, re.MULTILINE)


def test_a_secret_that_nobody_chose_stops_the_start(compose):
    page = (ROOT / "docker-compose.yml").read_text()
    for name in MUST_BE_CHOSEN:
        assert f"${{{name}:?" in page
        assert not re.search(rf"\$\{{{name}(:-|\}})", page)


def test_the_proxy_that_is_believed_is_the_one_in_front(compose):
    nginx = compose["services"]["nginx"]["networks"]["default"]["ipv4_address"]
    assert compose["services"]["web"]["environment"]["TRUSTED_PROXIES"] == nginx


def test_only_the_proxy_can_be_reached_from_outside(compose):
    assert [name for name, each in compose["services"].items() if "ports" in each] == ["nginx"]


def test_files_that_are_mounted_or_copied_exist(compose):
    for each in compose["services"].values():
        for mount in each.get("volumes", ()):
            source = mount.partition(":")[0]
            if source.startswith("./") and source != "./deploy/tls":  # the operator's own
                assert (ROOT / source).exists(), source
    dockerfile = (ROOT / "Dockerfile").read_text()
    for source in re.findall(r"^COPY (?!--from)(.+) \S+$", dockerfile, re.MULTILINE):
        for name in source.split():
            assert (ROOT / name).exists(), name


def test_the_compose_client_reads_its_page():
    plugin = ["docker", "compose"]
    client = plugin if _answers(plugin) else [needed("docker-compose", "docker-compose")]
    chosen = dict.fromkeys(MUST_BE_CHOSEN, "chosen")
    done = subprocess.run(
        [*client, "config", "-q"], cwd=ROOT, env={**os.environ, **chosen},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def _answers(client):
    return (
        shutil.which(client[0]) is not None
        and subprocess.run([*client, "version"], capture_output=True, check=False).returncode == 0
    )


def test_the_image_does_not_run_as_root_and_carries_ffmpeg():
    page = (ROOT / "Dockerfile").read_text()
    assert re.search(r"^USER syncwatch$", page, re.MULTILINE)
    assert page.index("apt-get install") < page.index("ffmpeg") < page.index("USER syncwatch")


def test_nothing_of_this_machine_gets_into_the_image():
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert {".git", ".venv", "node_modules", "var", ".env", "deploy/tls"} <= set(ignored)


def test_the_entrypoint_is_a_sound_script():
    script = ROOT / "deploy/entrypoint.sh"
    assert script.stat().st_mode & 0o111
    assert subprocess.run(["sh", "-n", script], check=False).returncode == 0


@pytest.fixture
def nginx(tmp_path):
    """The proxy's page, with names and places that exist here."""
    program = needed("nginx", "nginx")
    page = (ROOT / "deploy/nginx/nginx.conf").read_text()
    for name in ("web", "sockets"):
        page = page.replace(f"server {name}:8000;", "server 127.0.0.1:8000;")
    page = page.replace("/etc/nginx/tls", str(tmp_path)).replace("/var/run", str(tmp_path))
    (tmp_path / "nginx.conf").write_text(page)
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes",
         "-subj", "/CN=localhost", "-keyout", tmp_path / "privkey.pem",
         "-out", tmp_path / "fullchain.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    return program, tmp_path


def test_nginx_reads_its_page_without_complaint(nginx):
    program, folder = nginx
    done = subprocess.run(
        [program, "-t", "-p", folder, "-c", folder / "nginx.conf"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "[emerg]" not in done.stderr
    assert "[error]" not in done.stderr

"""The house stands as drawn: floors, relations, words on every module, settings that are told."""

import ast
import configparser
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
APPS = ("syncwatch", "accounts", "rooms", "playback", "chat", "videos", "client")
# From the ground up. A relation may point to a lower floor or stay inside its app.
FLOORS = {"accounts": 1, "rooms": 2, "videos": 2, "playback": 3, "chat": 3, "voice": 3}
LONGEST_MODULE = 300
# Not one decision but a list of them, which is read best in one place.
LONGER = {"syncwatch/settings.py"}
# The packages that the product's owner named → what stands in our code where one is in use.
IN_USE = {
    "django": "from django",
    "channels": "from channels",
    "channels-redis": "from channels_redis.pubsub",
    "daphne": '"daphne"',
    "djangorestframework": "from rest_framework",
    "djangorestframework-simplejwt": "from rest_framework_simplejwt",
    "celery": "from celery import Celery",
    "django-storages": '"storages.backends.s3.S3Storage"',
    "boto3": "botocore",
    "psycopg": "import psycopg",
    "django-cors-headers": '"corsheaders.middleware.CorsMiddleware"',
    "pytest-django": "DJANGO_SETTINGS_MODULE",
    "ffmpeg-python": "import ffmpeg",
}
_READS = re.compile(r"""env\.(?:text|flag|number|words|secret)\(\s*"([A-Z0-9_]+)\"""")
_SECRETS = re.compile(r"""(?:env\.|_own_)secret\(\s*"([A-Z0-9_]+)\"""")


def modules(*folders):
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def product_code():
    return "\n".join(path.read_text() for path in modules(*APPS))


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def without_tests():
    return "\n".join(path.read_text() for path in modules(*APPS) if "tests" not in path.parts)


def settings_read():
    """Every name that is read from the environment."""
    return set(_READS.findall(without_tests())) | secret_names()


def secret_names():
    return set(_SECRETS.findall(without_tests()))


def test_relations_point_down():
    upward = []
    for model in apps.get_models(include_auto_created=True):
        floor = FLOORS.get(model._meta.app_label)
        for field in model._meta.get_fields() if floor else ():
            if not field.is_relation or field.auto_created or field.related_model is None:
                continue
            other = field.related_model._meta.app_label
            same_app = other == model._meta.app_label
            if other in FLOORS and not same_app and FLOORS[other] >= floor:
                upward.append(f"{model._meta.label}.{field.name} → {other}")
    assert upward == []


def test_every_app_of_ours_has_a_floor():
    ours = {
        config.label for config in apps.get_app_configs() if Path(config.path).parent == ROOT
    } - {"syncwatch"}
    assert ours <= set(FLOORS)


def test_the_drawn_floors_are_the_checked_ones():
    page = (ROOT / "docs/architecture.md").read_text()
    drawn = re.search(r"^```layers\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert drawn, "docs/architecture.md has no block ```layers"
    checked = configparser.ConfigParser()
    checked.read(ROOT / ".importlinter")
    wanted = checked["importlinter:contract:floors"]["layers"].strip().splitlines()
    assert drawn[1].strip().splitlines() == wanted


def test_no_import_is_excused():
    assert "ignore_imports" not in (ROOT / ".importlinter").read_text()


@pytest.mark.parametrize("folder", [*APPS, "bin", "bench", "e2e"])
def test_every_module_says_what_it_is(folder):
    silent = [
        name_of(path)
        for path in modules(folder)
        if path.read_text().strip() and not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert silent == []


def test_no_module_of_the_product_has_grown_too_long():
    long = {
        name_of(path): len(path.read_text().splitlines())
        for path in modules(*APPS)
        if "tests" not in path.parts and name_of(path) not in LONGER
    }
    assert {name: lines for name, lines in long.items() if lines > LONGEST_MODULE} == {}


@pytest.mark.parametrize("package", IN_USE)
def test_every_package_that_was_asked_for_is_pinned_and_used(package):
    pins = (ROOT / "requirements.txt").read_text() + (ROOT / "requirements-dev.txt").read_text()
    assert re.search(rf"^{package}(\[\w+\])?==", pins, re.MULTILINE | re.IGNORECASE)
    assert IN_USE[package] in product_code() + (ROOT / "pytest.ini").read_text()


def names_in(text, pattern):
    return set(re.findall(pattern, text, re.MULTILINE))


def test_every_setting_is_in_the_table_and_in_the_example():
    table = names_in((ROOT / "docs/operations.md").read_text(), r"^\| `([A-Z0-9_]+)`")
    example = names_in((ROOT / ".env.example").read_text(), r"^#?([A-Z0-9_]+)=")
    read = settings_read()
    assert {"SECRET_KEY", "DEBUG", "S3_BUCKET", "PORT", "RATE_LIMIT_FACTOR"} <= read
    assert table == read
    assert example == read


def test_every_secret_is_marked_as_one_that_a_file_may_hold():
    page = (ROOT / "docs/operations.md").read_text()
    assert names_in(page, r"^\| `([A-Z0-9_]+)` \\\*") == secret_names()
    example = (ROOT / ".env.example").read_text()
    told = example.partition("NAME_FILE")[2].partition("\n\n")[0]
    assert names_in(told, r"\b([A-Z0-9]+_[A-Z0-9_]+)\b") == secret_names()


def test_every_limit_is_in_the_table():
    page = (ROOT / "docs/operations.md").read_text()
    assert [name for name in settings.RATE_LIMITS if f"| `{name}` |" not in page] == []

"""Settings from the environment: what refuses to start, in words; what a production looks like."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from syncwatch import env

LONG = "0123456789abcdef" * 4
PRODUCTION = {
    "DEBUG": "0",
    "SECRET_KEY": f"one-{LONG}",
    "JWT_SIGNING_KEY": f"other-{LONG}",
    "PUBLIC_URL": "https://watch.example.org",
    "TRUSTED_PROXIES": "127.0.0.1",
}
NEVER_INHERITED = (*PRODUCTION, "ALLOWED_HOSTS", "DJANGO_SETTINGS_MODULE")


@pytest.fixture
def manage(tmp_path):
    """`manage("check", DEBUG="0")`: manage.py with nothing but these settings."""

    def run(*arguments, **environment):
        inherited = {key: value for key, value in os.environ.items() if key not in NEVER_INHERITED}
        return subprocess.run(
            [sys.executable, "-W", "ignore", "manage.py", *arguments],
            cwd=settings.BASE_DIR,
            env={**inherited, "SYNCWATCH_DATA": str(tmp_path), **environment},
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )

    return run


def test_production_without_a_key_of_its_own_does_not_start(manage):
    done = manage("serve", DEBUG="0")
    assert done.returncode == 1
    assert done.stderr.startswith("SyncWatch cannot start: DEBUG=0 needs SECRET_KEY")
    assert "Traceback" not in done.stderr


def test_a_value_that_makes_no_sense_is_named(manage):
    done = manage("doctor", DEBUG="perhaps")
    assert done.returncode == 1
    assert done.stderr.strip() == "SyncWatch cannot start: DEBUG must be 1 or 0, not 'perhaps'."


def test_a_production_passes_the_deploy_check(manage):
    done = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_a_production_with_short_keys_does_not_pass_the_deploy_check(manage):
    short = {"SECRET_KEY": "short", "JWT_SIGNING_KEY": "short"}
    done = manage("check", "--deploy", **{**PRODUCTION, **short})
    assert done.returncode == 1
    assert "syncwatch.E001" in done.stderr
    assert "syncwatch.E002" in done.stderr


def test_keys_made_at_first_use_are_for_our_eyes_only_and_stay(manage, tmp_path):
    assert manage("check").returncode == 0
    made = sorted((tmp_path / "keys").iterdir())
    assert [path.name for path in made] == ["jwt-signing-key", "secret-key"]
    assert all(path.stat().st_mode & 0o077 == 0 for path in made)
    before = [path.read_text() for path in made]
    assert before[0] != before[1]
    assert manage("check").returncode == 0
    assert [path.read_text() for path in made] == before


@pytest.mark.parametrize("raw", ["1", "true", "YES", " on "])
def test_a_flag_is_set(monkeypatch, raw):
    monkeypatch.setenv("A_FLAG", raw)
    assert env.flag("A_FLAG", default=False) is True


@pytest.mark.parametrize("raw", ["0", "false", "No", "off"])
def test_a_flag_is_not_set(monkeypatch, raw):
    monkeypatch.setenv("A_FLAG", raw)
    assert env.flag("A_FLAG", default=True) is False


def test_an_empty_value_is_the_default(monkeypatch):
    for name in ("A_FLAG", "A_NUMBER", "SOME_TEXT", "SOME_WORDS"):
        monkeypatch.setenv(name, "")
    assert env.flag("A_FLAG", default=True) is True
    assert env.number("A_NUMBER", 7) == 7
    assert env.text("SOME_TEXT", "seven") == "seven"
    assert env.words("SOME_WORDS") == []


def test_words_are_split_at_commas(monkeypatch):
    monkeypatch.setenv("SOME_WORDS", "a.example, b.example,,")
    assert env.words("SOME_WORDS") == ["a.example", "b.example"]


def test_a_number_that_is_none_is_refused(monkeypatch):
    monkeypatch.setenv("A_NUMBER", "many")
    with pytest.raises(ImproperlyConfigured, match="A_NUMBER must be a whole number, not 'many'"):
        env.number("A_NUMBER", 1)


def test_a_secret_may_lie_in_a_file(monkeypatch, tmp_path):
    (tmp_path / "key").write_text("from a file\n")
    monkeypatch.setenv("A_SECRET_FILE", str(tmp_path / "key"))
    assert env.secret("A_SECRET") == "from a file"


def test_a_secret_given_twice_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("A_SECRET", "value")
    monkeypatch.setenv("A_SECRET_FILE", str(tmp_path / "key"))
    with pytest.raises(ImproperlyConfigured, match="not both"):
        env.secret("A_SECRET")


def test_a_secret_in_a_file_that_is_not_there_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("A_SECRET_FILE", str(tmp_path / "nowhere"))
    with pytest.raises(ImproperlyConfigured, match="A_SECRET_FILE: cannot read"):
        env.secret("A_SECRET")


def test_celery_writes_lines_as_everybody_does(capsys):
    """Its own handlers would show what ours blacken."""
    code = (
        "import logging, syncwatch.celery as c; c.app.log.setup(loglevel='INFO');"
        "logging.getLogger('celery.task').warning('token=abcdef');"
        "logging.getLogger('x').debug('too quiet')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "token=[hidden]" in done.stderr
    assert "abcdef" not in done.stderr
    assert "too quiet" not in done.stderr

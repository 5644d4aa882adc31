"""What orchestrators and monitors ask."""

import os
import time

import pytest

from syncwatch import health
from syncwatch.lib import metrics

REDIS_IS_AWAY = "unix:///nowhere/redis.sock"


def test_alive_asks_nobody(client, settings):
    """No database access is allowed in this test."""
    settings.REDIS_URL = REDIS_IS_AWAY
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "version": settings.VERSION}


@pytest.mark.django_db(transaction=True)
def test_ready_names_every_part(client):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {
        "ready": True, "parts": {"database": "ok", "redis": "ok", "storage": "ok"},
    }  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_without_redis_it_is_not_ready_and_says_so(client, settings):
    settings.REDIS_URL = REDIS_IS_AWAY
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["parts"] == {
        "database": "ok", "redis": "ConnectionError", "storage": "ok",
    }  # fmt: skip
    assert answer.headers["Retry-After"] == "2"


@pytest.mark.django_db(transaction=True)
def test_a_part_that_hangs_holds_nobody_up(client, monkeypatch):
    monkeypatch.setattr(health, "PATIENCE_S", 0.05)
    monkeypatch.setitem(health.PARTS, "storage", lambda: time.sleep(1))
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["parts"]["storage"] == "no answer"


def test_numbers_are_for_this_machine_alone(client):
    here = client.get("/metrics")
    assert here.status_code == 200
    assert here.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.7").status_code == 404


def test_a_proxy_on_this_machine_opens_the_numbers_to_nobody(client, settings):
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    through = client.get("/metrics", HTTP_X_FORWARDED_FOR="192.0.2.7")
    assert through.status_code == 404


def test_numbers_speak_the_text_form_of_prometheus(client):
    metrics.count("frames")
    lines = client.get("/metrics").content.decode().splitlines()
    assert "# TYPE syncwatch_frames_total counter" in lines
    assert any(line.startswith(f'syncwatch_frames_total{{pid="{os.getpid()}"}} ') for line in lines)

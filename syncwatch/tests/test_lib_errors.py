"""The catalogue of refusals: one meaning a code, words for people, one shape"""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db.utils import OperationalError
from django.http import Http404
from rest_framework import exceptions

from syncwatch.lib import api, errors, logs
from syncwatch.lib.errors import CATALOGUE, ApiError, TooMany
from syncwatch.lib.redis import RedisConnectionError


@pytest.fixture
def _every_app_is_loaded():
    import syncwatch.realtime
    import syncwatch.urls  # noqa: F401  both import every door there is


@pytest.mark.usefixtures("_every_app_is_loaded")
def test_every_code_has_a_status_and_words():
    assert len(CATALOGUE) > 20
    for code, entry in CATALOGUE.items():
        assert re.fullmatch(r"[a-z][a-z_]*[a-z]", code), code
        assert 400 <= entry.status < 600, code
        assert entry.when.endswith("."), code
        assert entry.recover.endswith("."), code


def test_one_code_has_one_meaning(monkeypatch):
    monkeypatch.setattr(errors, "CATALOGUE", dict(CATALOGUE))
    errors.register("brand_new", status=400, when="A.", recover="B.")
    with pytest.raises(ValueError, match="brand_new"):
        errors.register("brand_new", status=409, when="C.", recover="D.")


def test_a_code_without_a_row_cannot_be_raised():
    with pytest.raises(KeyError):
        ApiError("never_registered", "words")


def test_the_body_holds_what_there_is_and_no_more():
    assert ApiError("invalid", "No.").as_dict() == {"code": "invalid", "message": "No."}
    full = ApiError("invalid", "No.", fields={"a": ["b"]}, retry_after=1.234)
    assert full.as_dict() == {
        "code": "invalid", "message": "No.", "fields": {"a": ["b"]}, "retry_after": 1.2,
    }  # fmt: skip
    assert TooMany(0.01).as_dict()["message"].endswith("1 s.")


@pytest.mark.parametrize(
    ("raised", "status", "code"),
    [
        (Http404(), 404, "not_found"),
        (exceptions.NotFound(), 404, "not_found"),
        (PermissionDenied(), 403, "forbidden"),
        (exceptions.PermissionDenied("No."), 403, "forbidden"),
        (exceptions.NotAuthenticated(), 401, "not_signed_in"),
        (exceptions.AuthenticationFailed(), 401, "not_signed_in"),
        (exceptions.ValidationError({"a": ["b"]}), 400, "invalid"),
        (exceptions.ValidationError(["b"]), 400, "invalid"),
        (exceptions.Throttled(7), 429, "rate_limited"),
        (exceptions.MethodNotAllowed("PUT"), 405, "invalid"),
        (exceptions.UnsupportedMediaType("x"), 415, "invalid"),
        (RedisConnectionError("away"), 503, "unavailable"),
        (OperationalError("away"), 503, "unavailable"),
    ],
)
def test_what_a_view_raises_has_one_shape(raised, status, code):
    response = api.exception_handler(raised, {})
    assert response.status_code == status
    assert response.data["error"]["code"] == code
    assert response.data["error"]["message"]
    assert ("Retry-After" in response) is (status in {429, 503})
    assert ("WWW-Authenticate" in response) is (status == 401)
    assert "away" not in str(response.data), "what broke inside is not told outside"


def test_a_fault_of_ours_is_not_dressed_up():
    assert api.exception_handler(RuntimeError("x"), {}) is None


def test_nested_fields_are_named_by_their_top(settings):
    raised = exceptions.ValidationError({"wait": {"cap_s": ["Too much."]}})
    error = api.exception_handler(raised, {}).data["error"]
    assert error["fields"] == {"wait": ["Too much."]}
    assert error["message"] == "wait: Too much."


@pytest.mark.parametrize(
    "line",
    [
        "GET /ws/rooms/x/?v=1&ticket=SECRET123456&tab=1",
        '{"password": "SECRET123456"}',
        "refresh=SECRET123456",
        "Authorization: Bearer eyJhbGciOiJI.SECRET123456.c2ln",
        "/media/hls/SECRET123456/master.m3u8",
        "access token: SECRET123456",
    ],
)
def test_no_secret_reaches_a_log(line):
    import logging

    record = logging.LogRecord("x", logging.INFO, "", 0, "%s", (line,), None)
    assert logs.HideSecrets().filter(record)
    assert "SECRET123456" not in record.getMessage()
    assert "[hidden]" in record.getMessage()


def test_an_ordinary_line_is_left_alone():
    import logging

    record = logging.LogRecord("x", logging.INFO, "", 0, "room %s of %d", ("abc", 3), None)
    logs.HideSecrets().filter(record)
    assert record.getMessage() == "room abc of 3"

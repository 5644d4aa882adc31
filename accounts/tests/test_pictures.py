"""PUT and DELETE /api/auth/picture/, and /faces/…: a person's picture"""

import os
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from accounts import services, tasks
from accounts.models import AuditEntry, User
from accounts.pictures import files
from accounts.pictures.services import MAX_BYTES, picture_take_down
from accounts.tests import pictures

URL = "/api/auth/picture/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def put(api):
    """`put(user, raw)`: the answer to sending this file."""

    def send(user, raw, caller=None, **fields):
        file = SimpleUploadedFile("me.png", raw, content_type="image/png")
        body = encode_multipart(BOUNDARY, {"file": file, **fields})
        made = caller or api(user)
        bearer = {"Authorization": f"Bearer {made.token}"} if made.token else {}
        return made.client.generic("PUT", URL, body, content_type=MULTIPART_CONTENT, headers=bearer)

    return send


@pytest.fixture(autouse=True)
def _committed(django_capture_on_commit_callbacks, monkeypatch):
    """What follows a commit follows at once."""
    from django.db import transaction

    monkeypatch.setattr(transaction, "on_commit", lambda run, **_: run())


def shown(address):
    return Client().get(address)


def stored():
    root = Path(default_storage.location) / files.ROOT
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


@pytest.fixture(autouse=True)
def _empty_storage():
    for token in files.settled():
        files.drop(token)
    root = Path(default_storage.location) / files.ROOT
    for path in root.glob("*"):
        files.drop(path.name)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_it_is_drawn_anew_as_two_squares(put, ana, kind):
    response = put(ana, pictures.drawn(kind))
    assert response.status_code == 200, response.content
    address = response.json()["picture"]
    for side in (128, 512):
        answer = shown(address.replace("128", str(side)))
        assert answer["Content-Type"] == "image/webp"
        assert pictures.opened(answer.content).size == (side, side)
        assert pictures.opened(answer.content).format == "WEBP"


def test_its_address_is_safe_to_show(put, ana):
    answer = shown(put(ana, pictures.drawn()).json()["picture"])
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "private, max-age=86400, immutable"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"


def test_nothing_of_the_file_is_kept_and_it_stands_upright(put, ana):
    exif = pictures.Image.Exif()
    exif[0x0112] = 6  # held to the left: shown as it lies, red would be left
    exif[0x010E] = "marker-4711"
    raw = pictures.halves("JPEG", exif=exif)
    assert b"marker-4711" in raw
    content = shown(put(ana, raw).json()["picture"]).content
    assert b"marker-4711" not in content
    image = pictures.opened(content)
    assert not image.getexif()
    top, bottom = image.convert("RGB").getpixel((64, 10)), image.convert("RGB").getpixel((64, 118))
    assert (top[0] > 200, bottom[0] < 60) == (True, True)


def test_everybody_is_told_the_address_and_the_next_one_is_another(put, api, ana):
    first = put(ana, pictures.drawn()).json()["picture"]
    assert api(ana)("GET", "/api/auth/me/").json()["picture"] == first
    second = put(ana, pictures.drawn(color=(1, 2, 3))).json()["picture"]
    assert second != first
    assert shown(first).status_code == 404
    assert len(stored()) == 2


def test_the_same_picture_twice_is_fine(put, ana):
    caller_one, caller_two = put(ana, pictures.drawn()), put(ana, pictures.drawn())
    assert caller_one.status_code == caller_two.status_code == 200
    assert len(stored()) == 2


def test_a_guest_may_have_one(put, visitor):
    assert put(visitor, pictures.drawn()).status_code == 200


def test_taken_away_it_is_gone_and_said_twice_it_stays_so(put, api, ana):
    address = put(ana, pictures.drawn()).json()["picture"]
    for _ in range(2):
        response = api(ana)("DELETE", URL)
        assert (response.status_code, response.json()["picture"]) == (200, None)
    assert shown(address).status_code == 404
    assert stored() == []


@pytest.mark.parametrize("verb", ["PUT", "DELETE"])
def test_nobody_has_none(api, db, code_of, verb):
    response = api()(verb, URL)
    assert (response.status_code, code_of(response)) == (401, "not_signed_in")


# What a file may be is told in syncwatch/tests/test_lib_pictures.py; here, that it is asked.
REFUSED = {
    "nothing": (lambda: b"", "not a PNG"),
    "svg": (lambda: pictures.SVG, "not a PNG"),
    "pixels": (pictures.huge_png, "24 million"),
    "bytes": (lambda: pictures.drawn() + bytes(MAX_BYTES), "too large"),
    "small": (lambda: pictures.drawn(size=(8, 300)), "too small"),
    "half": (lambda: pictures.drawn("JPEG")[:-100], "damaged"),
    "page behind jpeg": (lambda: pictures.drawn("JPEG") + b"<script>1</script>", "script"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_plain_picture_is_refused_in_words(put, ana, code_of, what):
    make, words = REFUSED[what]
    before = put(ana, pictures.drawn()).json()["picture"]
    response = put(ana, make())
    assert (response.status_code, code_of(response)) == (400, "invalid")
    assert words in response.json()["error"]["fields"]["file"][0]
    ana.refresh_from_db()
    assert ana.picture == before
    assert len(stored()) == 2


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_noise_is_refused_and_never_an_exception(put, ana, settings, kind):
    settings.RATE_LIMITS = settings.RATE_LIMITS | dict.fromkeys(
        ["picture", "api_write"], (1000, 1, 1000)
    )
    good = pictures.drawn(kind, size=(64, 64))
    for at in range(len(good) - 1, 0, -max(1, len(good) // 40)):
        raw = good[:at] + bytes([good[at] ^ 0xFF]) + good[at + 1 :]
        assert put(ana, raw).status_code in {200, 400}


def test_unknown_fields_and_no_file_are_refused(put, api, ana, code_of):
    assert code_of(put(ana, pictures.drawn(), owner="bob")) == "invalid"
    assert api(ana)("PUT", URL).status_code in {400, 415}


def test_pictures_are_counted(put, api, ana, code_of, settings):
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"picture": (1, 3600, 1)}
    assert put(ana, pictures.drawn()).status_code == 200
    assert code_of(put(ana, pictures.drawn())) == "rate_limited"


def test_an_address_that_is_none(put, ana):
    address = put(ana, pictures.drawn()).json()["picture"]
    for wrong in ("/faces/nobody/128.webp", address.replace("128", "129"), "/faces/%00/128.webp",
                  "/faces/..%2f..%2fdb/128.webp", "/faces/ä/128.webp"):  # fmt: skip
        assert shown(wrong).status_code == 404


def test_a_storage_that_is_away_keeps_the_old_one(put, ana, code_of, monkeypatch):
    before = put(ana, pictures.drawn()).json()["picture"]

    def away(token, drawn):
        raise OSError("away")

    monkeypatch.setattr(files, "put", away)
    assert code_of(put(ana, pictures.drawn())) == "unavailable"
    ana.refresh_from_db()
    assert ana.picture == before


def test_staff_take_it_away_once_and_the_audit_says_so(put, ana, bob):
    put(ana, pictures.drawn())
    ana.refresh_from_db()
    assert picture_take_down(actor=bob, user=ana)
    assert not picture_take_down(actor=bob, user=ana)
    row = AuditEntry.objects.get(action="account.picture_remove")
    assert (row.actor_id, row.target, row.detail) == (bob.pk, str(ana.pk), {})
    assert stored() == []


def test_it_goes_with_the_person(put, ana):
    address = put(ana, pictures.drawn()).json()["picture"]
    services.account_erase(user=User.objects.get(pk=ana.pk))
    assert shown(address).status_code == 404
    assert stored() == []
    assert User.objects.get(pk=ana.pk).picture_token is None


def test_what_nobody_shows_is_swept_when_it_has_lain_a_while(put, ana):
    kept = put(ana, pictures.drawn()).json()["picture"]
    for token in ("left-behind", "fresh"):
        for side in (128, 512):
            default_storage.save(files.key(token, side), ContentFile(b"x"))
    for name in ("left-behind/512.webp", kept.split("/")[2] + "/512.webp"):
        os.utime(Path(default_storage.location) / files.ROOT / name, (0, 0))
    tasks.sweep()
    assert len(stored()) == 4
    assert not any("left-behind" in name for name in stored())


def test_the_storage_is_the_one_of_the_films():
    assert Path(default_storage.location).is_relative_to(django_settings.DATA_DIR)

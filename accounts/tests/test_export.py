"""GET /api/auth/export/?format=zip: everything about oneself as an archive"""

import io
import json
import zipfile

import pytest
from channels.db import database_sync_to_async
from django.test import AsyncClient

from accounts import own_data
from accounts.pictures import services as pictures_services
from accounts.tests import pictures

URL = "/api/auth/export/?format=zip"


def archive(response):
    assert response.status_code == 200, response
    assert response["Content-Type"] == "application/zip"
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def test_it_has_a_file_for_each_part_and_a_list_in_words(api, ana):
    response = api(ana)("GET", URL)
    assert response["Content-Disposition"] == 'attachment; filename="syncwatch-export.zip"'
    assert response["Cache-Control"] == "no-store"
    found = archive(response)
    assert found.testzip() is None
    parts = {f"{name}.json" for name in own_data.parts()}
    assert set(found.namelist()) == {"README.txt", "account.json", *parts}
    listed = found.read("README.txt").decode()
    assert all(name in listed for name in found.namelist() if name != "README.txt")
    assert "ask those who run this server" in listed
    assert json.loads(found.read("account.json"))["account"]["username"] == "Ana"


def test_it_says_the_same_as_the_one_file(api, ana):
    caller = api(ana)
    whole, found = caller("GET", "/api/auth/export/").json(), archive(caller("GET", URL))
    for name in own_data.parts():
        assert json.loads(found.read(f"{name}.json")) == whole[name]


def test_the_picture_is_in_it(api, ana):
    pictures_services.picture_set(user=ana, raw=pictures.drawn())
    found = archive(api(ana)("GET", URL))
    assert pictures.opened(found.read("picture.webp")).size == (512, 512)
    assert "picture.webp" in found.read("README.txt").decode()


def test_it_speaks_the_persons_language(api, ana):
    caller = api(ana)
    caller("PATCH", "/api/auth/me/", {"language": "de"})
    assert "SyncWatch" in archive(caller("GET", URL)).read("README.txt").decode()


def test_the_header_asks_for_it_too_and_json_stays_what_one_gets(api, ana):
    caller = api(ana)
    assert archive(caller("GET", "/api/auth/export/", Accept="application/zip"))
    for accept in ("*/*", "application/json", "text/html,application/xml;q=0.9"):
        answer = caller("GET", "/api/auth/export/", Accept=accept)
        assert answer["Content-Type"] == "application/json"


def test_nobody_exports_nothing(api, db, code_of):
    assert code_of(api()("GET", URL)) == "not_signed_in"


def test_a_form_that_is_none_is_refused(api, ana, code_of):
    response = api(ana)("GET", "/api/auth/export/?format=tar")
    assert (response.status_code, code_of(response)) == (400, "invalid")


def test_it_is_counted(api, ana, code_of):
    caller = api(ana)
    codes = [caller("GET", URL).status_code for _ in range(7)]
    assert codes == [200] * 6 + [429]


def test_nobody_elses_secrets_are_in_it(api, ana, bob, signed_in):
    opened = signed_in(ana)
    found = archive(api(ana)("GET", URL))
    text = "".join(found.read(name).decode() for name in found.namelist())
    for secret in (opened.session.jti, ana.password, "bob", str(bob.id)):
        assert secret not in text


def test_it_is_never_whole_in_memory(api, ana, monkeypatch):
    """Sixteen megabytes that do not pack go out piece by piece."""
    import random

    noise = [random.Random(n).randbytes(16 * 1024).hex() for n in range(512)]
    part = own_data.Part(export=lambda user: noise, erase=lambda user: None)
    monkeypatch.setitem(own_data._parts, "noise", part)
    sizes = [len(piece) for piece in api(ana)("GET", URL).streaming_content]
    assert sum(sizes) > 8_000_000
    assert max(sizes) < 300_000


@pytest.mark.django_db(transaction=True)
async def test_the_server_that_serves_streams_it_too(signed_in, django_user_model):
    made = database_sync_to_async(django_user_model.objects.create_user)
    opened = await database_sync_to_async(signed_in)(await made("ana", "correct-horse-7"))
    answer = await AsyncClient().get(URL, headers={"authorization": f"Bearer {opened.access}"})
    body = b"".join([part async for part in answer.streaming_content])
    assert zipfile.ZipFile(io.BytesIO(body)).testzip() is None

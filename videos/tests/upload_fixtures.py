"""People who upload, and the two places where bytes may go."""

from types import SimpleNamespace

import pytest
from channels.db import database_sync_to_async

from syncwatch.lib import redis
from syncwatch.tests.servers import S3Server
from videos.models import Upload, Video
from videos.storage import original_key, store
from videos.tests.upload_client import Uploader


@pytest.fixture
def own_media(settings, tmp_path):
    """A storage of the test's own."""
    settings.MEDIA_ROOT = str(tmp_path / "media")


@pytest.fixture(scope="module")
def s3_server():
    with S3Server() as server:
        yield server


@pytest.fixture(params=["folder", pytest.param("bucket", marks=pytest.mark.s3)])
def place(request, settings):
    """The test runs twice: bytes go to a folder, and to a bucket of a real S3 server."""
    if request.param == "bucket":
        use_bucket(settings, request.getfixturevalue("s3_server"))
    return request.param


def use_bucket(settings, server):
    options = {
        "bucket_name": server.bucket, "endpoint_url": server.endpoint_url,
        "access_key": server.access_key, "secret_key": server.secret_key,
        "region_name": "us-east-1", "addressing_style": "path", "signature_version": "s3v4",
        "file_overwrite": True, "default_acl": None,
    }  # fmt: skip
    bucket = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
    settings.STORAGES = {**settings.STORAGES, "default": bucket}


@pytest.fixture
async def clients(people, tokens, own_media):
    """What the four persons upload with, and `nobody`."""
    with_token = {
        name: Uploader({"authorization": f"Bearer {token}"}) for name, token in tokens.items()
    }
    yield SimpleNamespace(nobody=Uploader(), **with_token)
    await redis.close_shared()


@pytest.fixture
def tokens(people):
    from accounts import sessions

    return {
        name: sessions.session_open(user=user, agent="test").access
        for name, user in vars(people).items()
    }


@pytest.fixture
def mara(clients):
    return clients.owner


async def in_thread(work, *args, **kwargs):
    """Blocking code, and no database connection stays open behind it."""
    return await database_sync_to_async(work)(*args, **kwargs)


def stored(video_id):
    """The uploaded film as storage has it."""
    return store().read(original_key(video_id))


def left_over():
    """Everything that lies in storage besides whole films."""
    return store().keys("uploads")


async def row(model, **wanted):
    return await model.objects.filter(**wanted).afirst()


async def film_of(video_id):
    return await row(Video, pk=video_id)


async def upload_at(path):
    return await row(Upload, pk=path.rpartition("/")[2])

"""A process that needs no bucket does not load what a bucket takes."""

import subprocess
import sys

from django.conf import settings

from syncwatch.lib import bucket

LOADED = "import syncwatch.asgi, sys; print([n for n in ('boto3', 'botocore') if n in sys.modules])"


def test_the_product_on_a_folder_loads_no_client_of_buckets(tmp_path):
    (tmp_path / "static").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", LOADED],
        cwd=settings.BASE_DIR,
        env={"SYNCWATCH_DATA": str(tmp_path), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


def test_a_refusal_says_what_it_is_called():
    from botocore.exceptions import ClientError

    refused = ClientError({"Error": {"Code": "NoSuchKey"}}, "GetObject")
    assert isinstance(refused, bucket.refusals())
    assert isinstance(refused, bucket.faults())
    assert bucket.code_of(refused) == "NoSuchKey"
    assert bucket.code_of(OSError()) == ""

"""What a bucket says no with, on a server that does nothing else: always one of our own faults."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from botocore.config import Config

from videos.storage import Bucket, StorageError

BUSY = b"<Error><Code>SlowDown</Code><Message>Reduce your request rate.</Message></Error>"
LISTED = (
    b"<ListBucketResult><IsTruncated>false</IsTruncated>"
    b"<Contents><Key>hls/a/1.m4s</Key><Size>1</Size></Contents></ListBucketResult>"
)
LOCKED = (
    b"<DeleteResult><Error><Key>hls/a/1.m4s</Key><Code>AccessDenied</Code>"
    b"<Message>Locked.</Message></Error></DeleteResult>"
)


class Refusing(BaseHTTPRequestHandler):
    def _answer(self, status, body):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_PUT(self):
        self._answer(503, BUSY)

    def do_GET(self):
        self._answer(200, LISTED)

    def do_POST(self):
        self._answer(200, LOCKED)

    def log_message(self, *_):
        pass


@pytest.fixture
def bucket():
    from storages.backends.s3 import S3Storage

    server = ThreadingHTTPServer(("127.0.0.1", 0), Refusing)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Bucket(
        S3Storage(
            bucket_name="films", endpoint_url=f"http://127.0.0.1:{server.server_port}",
            access_key="key", secret_key="secret", region_name="us-east-1",
            client_config=Config(
                s3={"addressing_style": "path"}, retries={"total_max_attempts": 1}
            ),
        )
    )  # fmt: skip
    server.shutdown()
    server.server_close()


def test_bytes_that_are_refused(bucket):
    with pytest.raises(StorageError):
        bucket.put("hls/a/1.m4s", b"segment")


def test_a_file_that_is_refused(bucket, tmp_path):
    file = tmp_path / "segment"
    file.write_bytes(b"segment")
    with pytest.raises(StorageError):
        bucket.put("hls/a/1.m4s", file)


def test_objects_that_stay_though_the_answer_is_200(bucket):
    with pytest.raises(StorageError, match="1 objects stay"):
        bucket.delete_below("hls/a")

"""Fixtures of the video service."""

from videos.tests.pipeline_fixtures import (  # noqa: F401  found here by pytest
    in_a_hurry,
    made,
    news,
    slow_reading,
)
from videos.tests.upload_fixtures import (  # noqa: F401  found here by pytest
    clients,
    mara,
    own_media,
    place,
    s3_server,
    tokens,
)

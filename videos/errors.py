"""Faults of the storage in the words of the API, for every door that meets them."""

from syncwatch.lib.errors import ApiError, register
from videos.storage import StorageError
from videos.words import refusal_words

STORAGE_FULL = register(
    "storage_full", status=507, when="The disk of the server is full.",
    recover="Ask the operator to make room.",
)  # fmt: skip
STORAGE_AWAY = register(
    "storage_unavailable", status=503, when="The storage does not answer.",
    recover="Go on later: an upload resumes where it was.",
)  # fmt: skip


def storage_refusal(error: StorageError) -> ApiError:
    """A fault of the storage in the words of the API."""
    refusal = error.refusal
    full = refusal.code == STORAGE_FULL
    return ApiError(
        STORAGE_FULL if full else STORAGE_AWAY,
        refusal_words(refusal.message),
        retry_after=None if full else 5,
    )

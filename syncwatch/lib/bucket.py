"""Faults of a bucket, for an `except`, which looks at them only when something is wrong.

What knows them takes a fifth of a second to load, in every process, and folders have no use for it.
"""


def refusals() -> tuple[type[Exception], ...]:
    """The bucket answered, and not as it should."""
    from botocore.exceptions import ClientError

    return (ClientError,)


def faults() -> tuple[type[Exception], ...]:
    """It refused, or did not answer."""
    from boto3.exceptions import Boto3Error  # uploads of files have their own kind
    from botocore.exceptions import BotoCoreError

    return (*refusals(), BotoCoreError, Boto3Error)


def code_of(error: Exception) -> str:
    """What a refusal calls itself: `NoSuchKey`, `404`."""
    told: dict[str, str] = getattr(error, "response", {}).get("Error", {})
    return told.get("Code", "")

"""Programs of the system that a few tests need. bin/test installs them where it may."""

import os
import shutil

import pytest

# Debian keeps those that are not everybody's out of an ordinary PATH.
_PLACES = f"{os.environ.get('PATH', '')}:/usr/local/sbin:/usr/sbin"


def needed(program, package):
    """Where a program is. Without it a test is skipped, or fails under CI."""
    found = shutil.which(program, path=_PLACES)
    if found:
        return found
    return lacking(f"no {program} here. On Debian or Ubuntu: apt install {package}")


def lacking(words):
    """Skips on a person's machine; a failure where CI asks for everything."""
    if os.environ.get("CI") == "true":
        pytest.fail(words)
    pytest.skip(words)

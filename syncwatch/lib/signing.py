"""Short signatures for addresses: HMAC-SHA256 with a key of its own per purpose."""

import base64
import hashlib
import hmac

from django.conf import settings


def hmac_b64(purpose: str, message: bytes) -> str:
    """128 bits of HMAC-SHA256 over `message`, URL-safe; keys of two purposes are unrelated."""
    key = hmac.digest(settings.SECRET_KEY.encode(), purpose.encode(), hashlib.sha256)
    mac = hmac.digest(key, message, hashlib.sha256)[:16]
    return base64.urlsafe_b64encode(mac).rstrip(b"=").decode()


def verify(purpose: str, message: bytes, mac: str) -> bool:
    """Compared in constant time."""
    return hmac.compare_digest(hmac_b64(purpose, message).encode(), mac.encode(errors="replace"))

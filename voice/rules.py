"""Pure decisions of voice: credentials that a TURN server checks without asking us."""

import base64
import hashlib
import hmac

CREDENTIAL_TTL_S = 3600


def turn_credential(*, secret: str, user_id: str, now_s: int) -> tuple[str, str]:
    """User name and password of one person for an hour, as coturn's `use-auth-secret` wants them.

    The name says until when they hold; the password is HMAC-SHA1 over the name, which is what the
    TURN servers of the world understand.
    """
    username = f"{now_s + CREDENTIAL_TTL_S}:{user_id}"
    mac = hmac.digest(secret.encode(), username.encode(), hashlib.sha1)
    return username, base64.b64encode(mac).decode()

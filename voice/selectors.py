"""Reads of voice: the servers by which browsers find a way to each other."""

from typing import Any

from django.conf import settings

from accounts.models import User
from syncwatch.lib import clock
from voice.rules import CREDENTIAL_TTL_S, turn_credential


def ice_for(user: User) -> dict[str, Any]:
    """`{iceServers, ttl}` for RTCPeerConnection; ask again before `ttl` seconds are over."""
    servers: list[dict[str, Any]] = []
    if settings.STUN_URLS:
        servers.append({"urls": settings.STUN_URLS})
    if settings.TURN_URLS and settings.TURN_SECRET:
        username, credential = turn_credential(
            secret=settings.TURN_SECRET, user_id=str(user.pk), now_s=clock.server_ms() // 1000
        )
        servers.append({"urls": settings.TURN_URLS, "username": username, "credential": credential})
    return {"iceServers": servers, "ttl": CREDENTIAL_TTL_S}

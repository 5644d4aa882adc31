"""What the OpenAPI document says of people and of signing in, for every app's API."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import serializers

from accounts.models import AVATAR_HUES


class PersonOut(serializers.Serializer):
    """A person as everybody sees them: `accounts.selectors.person`."""

    id = serializers.UUIDField()
    display_name = serializers.CharField()
    guest = serializers.BooleanField()
    avatar = serializers.IntegerField(
        min_value=1, max_value=AVATAR_HUES, help_text="Hue, the same for all."
    )
    picture = serializers.CharField(
        allow_null=True,
        help_text="A square of 128 pixels, larger as `512.webp` beside it; null: initials.",
    )


class SessionAuthenticationScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # registers itself
    target_class = "accounts.auth.SessionAuthentication"
    name = ["bearer", "cookie"]

    def get_security_definition(self, auto_schema: Any) -> list[dict[str, Any]]:
        return [
            {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
            {
                "type": "apiKey",
                "in": "cookie",
                "name": "access",
                "description": "Browsers only; unsafe methods also need X-CSRFToken.",
            },
        ]

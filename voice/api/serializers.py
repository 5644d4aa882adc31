"""What the voice API gives out."""

from rest_framework import serializers


class IceServerOut(serializers.Serializer):
    urls = serializers.ListField(child=serializers.CharField())
    username = serializers.CharField(required=False)
    credential = serializers.CharField(required=False)


class IceOut(serializers.Serializer):
    iceServers = IceServerOut(many=True)  # noqa: N815  the name browsers know
    ttl = serializers.IntegerField(help_text="Seconds until the credentials end.")

"""Addresses outside the API: the pictures of emotes."""

from django.urls import re_path

from chat.emotes import pages

urlpatterns = [
    re_path(r"^emotes/(?P<address>[0-9a-f]{32})\.webp$", pages.picture, name="emote"),
]

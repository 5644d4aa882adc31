"""Addresses of the voice API."""

from django.urls import path

from voice.api import views

urlpatterns = [
    path("rooms/<str:code>/voice/ice/", views.IceView.as_view(), name="room-voice-ice"),
]

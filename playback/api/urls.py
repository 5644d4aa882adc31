"""Addresses of the API of a room's queue."""

from django.urls import path

from playback.api import archive, health, views

urlpatterns = [
    path(
        "rooms/<str:code>/archive/queue/",
        archive.ArchivedQueueView.as_view(),
        name="room-archive-queue",
    ),
    path("rooms/<str:code>/health/", health.HealthView.as_view(), name="room-health"),
    path("rooms/<str:code>/queue/", views.QueueView.as_view(), name="room-queue"),
    path("rooms/<str:code>/queue/reorder/", views.ReorderView.as_view(), name="room-queue-reorder"),
    path("rooms/<str:code>/queue/<str:item_id>/", views.ItemView.as_view(), name="room-queue-item"),
    path(
        "rooms/<str:code>/queue/<str:item_id>/restore/",
        views.RestoreView.as_view(),
        name="room-queue-restore",
    ),
    path(
        "rooms/<str:code>/queue/<str:item_id>/vote/",
        views.VoteView.as_view(),
        name="room-queue-vote",
    ),
    path(
        "rooms/<str:code>/queue/<str:item_id>/play/",
        views.PlayView.as_view(),
        name="room-queue-play",
    ),
]

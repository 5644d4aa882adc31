"""Addresses of the API of films."""

from django.urls import path

from videos.api import views

urlpatterns = [
    path("videos/", views.VideosView.as_view(), name="api-videos"),
    path("videos/usage/", views.UsageView.as_view(), name="video-usage"),
    path("videos/<str:video_id>/", views.VideoView.as_view(), name="api-video"),
    path("videos/<str:video_id>/retry/", views.RetryView.as_view(), name="video-retry"),
    path("videos/<str:video_id>/poster/", views.PosterView.as_view(), name="video-poster"),
    path("videos/<str:video_id>/subtitles/", views.SubtitlesView.as_view(), name="video-subtitles"),
    path(
        "videos/<str:video_id>/subtitles/<str:subtitle_id>/",
        views.SubtitleView.as_view(),
        name="video-subtitle",
    ),
]

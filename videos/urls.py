"""Addresses of the pages of films, and of the films themselves."""

from django.urls import path, re_path

from videos import views
from videos.delivery import views as delivery

urlpatterns = [
    path("videos", views.videos_page, name="videos"),
    path("videos/<str:video_id>", views.video_page, name="video"),
    path("media/auth", delivery.auth, name="media-auth"),
    # Whatever stands there, a line feed too: without a good token all of it is forbidden alike.
    re_path(r"^media/hls/(?P<rest>[\s\S]*)\Z", delivery.media, name="media"),
]

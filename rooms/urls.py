"""Addresses of the pages of rooms."""

from django.urls import path

from rooms import views
from rooms.places import archive_page, pages

urlpatterns = [
    path("home", views.home, name="home"),
    path("rooms", pages.public_list, name="rooms-page"),
    path("r/<str:code>", views.room, name="room-page"),
    path("r/<str:code>/closed", archive_page.closed_room, name="closed-room"),
    path("i/<str:token>", views.invite, name="invite-page"),
]

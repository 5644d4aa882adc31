"""Addresses of the pages of rooms."""

from django.urls import path

from rooms import views

urlpatterns = [
    path("home", views.home, name="home"),
    path("r/<str:code>", views.room, name="room-page"),
    path("i/<str:token>", views.invite, name="invite-page"),
]

"""Pages of the auth service."""

from django.urls import path

from accounts import views
from accounts.pictures.views import picture

urlpatterns = [
    path("login", views.login, name="login"),
    path("register", views.register, name="register"),
    path("account", views.account, name="account"),
    path("faces/<str:token>/<int:side>.webp", picture, name="picture"),
    path("logout", views.logout, name="logout"),
]

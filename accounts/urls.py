"""Pages of the auth service."""

from django.urls import path

from accounts import views

urlpatterns = [
    path("login", views.login, name="login"),
    path("register", views.register, name="register"),
    path("account", views.account, name="account"),
    path("logout", views.logout, name="logout"),
]

"""Addresses of the auth service under /api/."""

from django.urls import path

from accounts.api import account, sign_in

urlpatterns = [
    path("auth/register/", sign_in.RegisterView.as_view(), name="register"),
    path("auth/guest/", sign_in.GuestView.as_view(), name="guest"),
    path("auth/login/", sign_in.LoginView.as_view(), name="api-login"),
    path("auth/refresh/", sign_in.RefreshView.as_view(), name="refresh"),
    path("auth/logout/", sign_in.LogoutView.as_view(), name="api-logout"),
    path("auth/logout-all/", sign_in.LogoutAllView.as_view(), name="logout-all"),
    path("auth/upgrade/", sign_in.UpgradeView.as_view(), name="upgrade"),
    path("auth/me/", account.MeView.as_view(), name="me"),
    path("auth/password/", account.PasswordView.as_view(), name="password"),
    path("auth/sessions/", account.SessionsView.as_view(), name="sessions"),
    path("auth/sessions/<str:sid>/", account.SessionView.as_view(), name="session"),
    path("auth/export/", account.ExportView.as_view(), name="export"),
    path("ws-ticket/", account.TicketView.as_view(), name="ws-ticket"),
]

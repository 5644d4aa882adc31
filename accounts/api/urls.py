"""Addresses of the auth service under /api/."""

from django.urls import path

from accounts.api import account, export, friends, pictures, sign_in

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
    path("auth/export/", export.ExportView.as_view(), name="export"),
    path("auth/picture/", pictures.PictureView.as_view(), name="own-picture"),
    path("ws-ticket/", account.TicketView.as_view(), name="ws-ticket"),
    path("friends/", friends.FriendsView.as_view(), name="friends"),
    path("friends/blocked/", friends.BlockedView.as_view(), name="blocked"),
    path("friends/<str:user_id>/", friends.FriendView.as_view(), name="friend"),
    path("friends/<str:user_id>/accept/", friends.AcceptView.as_view(), name="friend-accept"),
    path("friends/<str:user_id>/decline/", friends.DeclineView.as_view(), name="friend-decline"),
    path("friends/<str:user_id>/block/", friends.BlockView.as_view(), name="friend-block"),
    path("notices/", friends.NoticesView.as_view(), name="notices"),
    path("notices/read/", friends.NoticesReadView.as_view(), name="notices-read"),
    path("notices/<str:notice_id>/", friends.NoticeView.as_view(), name="notice"),
]

"""Addresses of the room API."""

from django.urls import path

from rooms.api import archive_views, evening_views, order_views, place_views, views

urlpatterns = [
    path("rooms/", views.RoomsView.as_view(), name="rooms"),
    path("rooms/<str:code>/", views.RoomView.as_view(), name="room"),
    path("rooms/<str:code>/join/", views.JoinView.as_view(), name="room-join"),
    path("rooms/<str:code>/leave/", views.LeaveView.as_view(), name="room-leave"),
    path("rooms/<str:code>/members/", views.MembersView.as_view(), name="room-members"),
    path("rooms/<str:code>/members/<str:user_id>/", views.MemberView.as_view(), name="room-member"),
    path(
        "rooms/<str:code>/members/<str:user_id>/ban/",
        order_views.MemberBanView.as_view(),
        name="room-member-ban",
    ),
    path("rooms/<str:code>/bans/", order_views.BansView.as_view(), name="room-bans"),
    path("rooms/<str:code>/bans/<str:user_id>/", order_views.BanView.as_view(), name="room-ban"),
    path(
        "rooms/<str:code>/moderation/", order_views.MeasuresView.as_view(), name="room-moderation"
    ),
    path("rooms/<str:code>/knocks/", place_views.KnocksView.as_view(), name="room-knocks"),
    path(
        "rooms/<str:code>/knocks/mine/",
        place_views.OwnKnockView.as_view(),
        name="room-knock-mine",
    ),
    path(
        "rooms/<str:code>/knocks/<str:knock_id>/admit/",
        place_views.KnockAdmitView.as_view(),
        name="room-knock-admit",
    ),
    path(
        "rooms/<str:code>/knocks/<str:knock_id>/decline/",
        place_views.KnockDeclineView.as_view(),
        name="room-knock-decline",
    ),
    path("rooms/<str:code>/address/", place_views.AddressView.as_view(), name="room-address"),
    path("rooms/<str:code>/archive/", archive_views.ArchiveView.as_view(), name="room-archive"),
    path("rooms/<str:code>/reopen/", place_views.ReopenView.as_view(), name="room-reopen"),
    path("rooms/<str:code>/welcome/", place_views.WelcomeView.as_view(), name="room-welcome"),
    path("rooms/<str:code>/evening/", evening_views.EveningView.as_view(), name="room-evening"),
    path(
        "rooms/<str:code>/evening/answer/",
        evening_views.EveningAnswerView.as_view(),
        name="room-evening-answer",
    ),
    path(
        "rooms/<str:code>/evening/start/",
        evening_views.EveningStartView.as_view(),
        name="room-evening-start",
    ),
    path(
        "rooms/<str:code>/evening/later/",
        evening_views.EveningLaterView.as_view(),
        name="room-evening-later",
    ),
    path(
        "rooms/<str:code>/evening.ics",
        evening_views.EveningCalendarView.as_view(),
        name="room-evening-calendar",
    ),
    path("rooms/<str:code>/transfer/", views.TransferView.as_view(), name="room-transfer"),
    path("rooms/<str:code>/invites/", views.InvitesView.as_view(), name="room-invites"),
    path(
        "rooms/<str:code>/invites/people/",
        views.InvitePeopleView.as_view(),
        name="room-invite-people",
    ),
    path(
        "rooms/<str:code>/invites/<str:invite_id>/", views.InviteView.as_view(), name="room-invite"
    ),
    path("evenings/", evening_views.EveningsView.as_view(), name="evenings"),
    path("invites/<str:token>/", views.InviteDoorView.as_view(), name="invite"),
    path("invites/<str:token>/accept/", views.InviteAcceptView.as_view(), name="invite-accept"),
]

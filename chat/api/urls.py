"""Addresses of the chat API."""

from django.urls import path

from chat.api import archive, moments, order_views, views
from chat.emotes import api as emotes
from chat.unheard import api as unheard

urlpatterns = [
    path("rooms/<str:code>/emotes/", emotes.EmotesView.as_view(), name="room-emotes"),
    path("rooms/<str:code>/emotes/<str:name>/", emotes.EmoteView.as_view(), name="room-emote"),
    path("rooms/<str:code>/filters/", order_views.FiltersView.as_view(), name="room-filters"),
    path("rooms/<str:code>/reports/", order_views.ReportsView.as_view(), name="room-reports"),
    path(
        "rooms/<str:code>/reports/<str:report_id>/",
        order_views.ReportView.as_view(),
        name="room-report",
    ),
    path("rooms/<str:code>/messages/export/", views.ExportView.as_view(), name="room-chat-export"),
    path(
        "rooms/<str:code>/members/<str:user_id>/shadow-mute/",
        unheard.ShadowMuteView.as_view(),
        name="room-shadow-mute",
    ),
    path(
        "rooms/<str:code>/shadow-mutes/",
        unheard.ShadowMutesView.as_view(),
        name="room-shadow-mutes",
    ),
    path("rooms/<str:code>/unheard/", unheard.UnheardView.as_view(), name="room-unheard"),
    path(
        "rooms/<str:code>/unheard/<str:message_id>/release/",
        unheard.ReleaseView.as_view(),
        name="unheard-release",
    ),
    path("rooms/<str:code>/pins/", views.PinsView.as_view(), name="room-pins"),
    path(
        "rooms/<str:code>/archive/messages/",
        archive.ArchivedMessagesView.as_view(),
        name="room-archive-messages",
    ),
    path("unread/", views.UnreadView.as_view(), name="unread"),
    path(
        "rooms/<str:code>/items/<str:item_id>/messages/",
        moments.MomentsView.as_view(),
        name="item-messages",
    ),
    path("rooms/<str:code>/messages/", views.MessagesView.as_view(), name="room-messages"),
    path(
        "rooms/<str:code>/messages/<str:message_id>/history/",
        views.MessageHistoryView.as_view(),
        name="message-history",
    ),
    path(
        "rooms/<str:code>/messages/<str:message_id>/reactions/",
        views.MessageReactionsView.as_view(),
        name="message-reactions",
    ),
]

"""HTTP doors of friends, blocks and the list under the bell."""

from typing import Any

from django.utils.translation import gettext
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import friend_access, friend_selectors, friends, notices
from accounts.api.serializers import UsernameField
from accounts.auth import person_of
from accounts.friend_access import person_with
from accounts.models import Friendship, Notice, User
from accounts.schema import PersonOut
from accounts.selectors import person
from syncwatch.lib import ids, rate
from syncwatch.lib.api import StrictSerializer, read
from syncwatch.lib.errors import NotFound

NOTHING_LEFT = {"next": None}


class AskIn(StrictSerializer):
    """One of the two: a name that was typed, or the id of somebody one sees in a room."""

    username = UsernameField(required=False)
    user_id = serializers.UUIDField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len(attrs) != 1:
            words = gettext("Send a username or a user_id.")
            raise serializers.ValidationError({"username": [words]})
        return attrs


class RoomSeenOut(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()
    title = serializers.CharField(
        allow_null=True, help_text="What is on, for its people and where anybody may walk in."
    )


class FriendOut(serializers.Serializer):
    user = PersonOut()
    presence = serializers.ChoiceField(["offline", "online", "watching"])
    room = RoomSeenOut(allow_null=True, help_text="Where they allow it and it is open to you.")
    since = serializers.DateTimeField(allow_null=True, help_text="How long it has been so.")


class AskOut(serializers.Serializer):
    user = PersonOut()
    at = serializers.DateTimeField()


class AskedOut(serializers.Serializer):
    user = PersonOut()
    state = serializers.ChoiceField([Friendship.State.ASKED.value, Friendship.State.ACCEPTED.value])


class FriendsOut(serializers.Serializer):
    results = FriendOut(many=True)
    asked_me = AskOut(many=True)
    asked_by_me = AskOut(many=True)
    next = serializers.CharField(allow_null=True)


class BlockedOut(serializers.Serializer):
    results = AskOut(many=True, help_text="Whom you blocked.")
    hidden = serializers.ListField(
        child=serializers.UUIDField(), help_text="People whose chat is not shown to you."
    )
    next = serializers.CharField(allow_null=True)


class NoticeOut(serializers.Serializer):
    id = serializers.UUIDField()
    kind = serializers.ChoiceField(Notice.Kind.choices)
    created_at = serializers.DateTimeField()
    read = serializers.BooleanField()

    def get_fields(self) -> dict[str, Any]:
        """`from` is a word of Python, `data` one of DRF."""
        data = serializers.DictField(help_text="room_invited: code, name and path.")
        return {**super().get_fields(), "from": PersonOut(), "data": data}


class NoticesOut(serializers.Serializer):
    results = NoticeOut(many=True)
    unread = serializers.IntegerField()
    next = serializers.CharField(allow_null=True)


def _done() -> Response:
    return Response(status=status.HTTP_204_NO_CONTENT)


class FriendsView(APIView):
    @extend_schema(responses=FriendsOut)
    def get(self, request: Request) -> Response:
        """Friends with their presence, and the asks that wait for an answer."""
        page = friend_selectors.friends_page(person_of(request))
        return Response({"results": page.pop("friends"), **page, **NOTHING_LEFT})

    @extend_schema(request=AskIn, responses={201: AskedOut})
    def post(self, request: Request) -> Response:
        """Ask somebody to be friends; where they asked first, this accepts."""
        user, fields = person_of(request), read(AskIn, request)
        rate.check_sync("friend_ask", str(user.pk))
        other = _asked(fields)
        row = friends.friend_ask(user=user, other=other)
        body = {"user": person(other), "state": row.state}
        return Response(body, status=status.HTTP_201_CREATED)


def _asked(fields: dict[str, Any]) -> User:
    if "username" in fields:
        return friend_access.person_named(fields["username"])
    return person_with(fields["user_id"])


class FriendView(APIView):
    @extend_schema(responses={204: None})
    def delete(self, request: Request, user_id: str) -> Response:
        """End a friendship, or take one's own ask back."""
        friends.friend_remove(user=person_of(request), other=person_with(user_id))
        return _done()


class AcceptView(APIView):
    @extend_schema(request=None, responses=FriendOut)
    def post(self, request: Request, user_id: str) -> Response:
        """Say yes to an ask."""
        user, other = person_of(request), person_with(user_id)
        friends.friend_accept(user=user, other=other)
        return Response(friends.friend_wire(user, other))


class DeclineView(APIView):
    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, user_id: str) -> Response:
        """Put an ask aside; who asked is not told."""
        friends.friend_decline(user=person_of(request), other=person_with(user_id))
        return _done()


class BlockView(APIView):
    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, user_id: str) -> Response:
        """Have nothing to do with somebody any more; they are not told."""
        friends.block_add(user=person_of(request), other=person_with(user_id))
        return _done()

    @extend_schema(responses={204: None})
    def delete(self, request: Request, user_id: str) -> Response:
        """Take a block back."""
        wanted = ids.uuid_or_none(user_id)
        if wanted is None:
            raise NotFound
        friends.block_remove(user=person_of(request), other_id=wanted)
        return _done()


class BlockedView(APIView):
    @extend_schema(responses=BlockedOut)
    def get(self, request: Request) -> Response:
        """Whom one blocked, and everybody whose chat is hidden in either direction."""
        return Response(friend_selectors.blocked_page(person_of(request)) | NOTHING_LEFT)


class NoticesView(APIView):
    @extend_schema(responses=NoticesOut)
    def get(self, request: Request) -> Response:
        """What one was told of, newest first; the last 200 are kept."""
        user = person_of(request)
        listed = {"results": notices.notices_of(user), "unread": notices.unread_of(user)}
        return Response(listed | NOTHING_LEFT)


class NoticeView(APIView):
    @extend_schema(responses={204: None})
    def delete(self, request: Request, notice_id: str) -> Response:
        """Take a line off one's list."""
        notices.notice_drop(user=person_of(request), notice_id=notice_id)
        return _done()


class NoticesReadView(APIView):
    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request) -> Response:
        """Everything in the list has been seen."""
        notices.notices_read(user=person_of(request))
        return _done()

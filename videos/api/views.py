"""The API of films: thin doors over services. Uploads have an application of their own."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.auth import access_of, person_of
from syncwatch.lib import clock
from syncwatch.lib.api import CursorPage, read
from videos import access, selectors, services
from videos.api import serializers as forms
from videos.api.wire import video_wire
from videos.delivery import Holder
from videos.delivery.addresses import folder_for, subtitle_wire
from videos.errors import storage_refusal
from videos.models import Video
from videos.storage import StorageError


def _holder(request: Request) -> Holder:
    """The session that asked: addresses end with it."""
    return Holder(access_of(request).session.id, clock.server_ms())


def _answer(video: Video, request: Request) -> Response:
    selectors.freshen([video])
    return Response(video_wire(video, _holder(request)))


@contextmanager
def _storage_in_words() -> Iterator[None]:
    try:
        yield
    except StorageError as error:
        raise storage_refusal(error) from error


class VideosView(APIView):
    """`/api/videos/`"""

    @extend_schema(operation_id="videos_list", responses=forms.VideoPageOut)
    def get(self, request: Request) -> Response:
        """One's own films, the newest first."""
        pages = CursorPage()
        films = selectors.videos_for(person_of(request))
        page = selectors.freshen(list(pages.paginate_queryset(films, request) or ()))
        holder = _holder(request)
        return pages.get_paginated_response([video_wire(video, holder) for video in page])


class VideoView(APIView):
    """`/api/videos/{id}/`"""

    @extend_schema(responses=forms.VideoOut)
    def get(self, request: Request, video_id: str) -> Response:
        return _answer(access.video_for(person_of(request), video_id), request)

    @extend_schema(request=forms.VideoPatch, responses=forms.VideoOut)
    def patch(self, request: Request, video_id: str) -> Response:
        """Give it another title."""
        video = access.video_for(person_of(request), video_id)
        services.video_rename(video=video, **read(forms.VideoPatch, request))
        return _answer(video, request)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, video_id: str) -> Response:
        """Out of sight and out of every room at once, out of storage soon."""
        services.video_delete(video=access.video_for(person_of(request), video_id))
        return Response(status=status.HTTP_204_NO_CONTENT)


class UsageView(APIView):
    @extend_schema(responses=forms.UsageOut)
    def get(self, request: Request) -> Response:
        """How much room one's films take, and how much there is."""
        limits: dict[str, Any] = {
            "quota_bytes": settings.USER_QUOTA_BYTES or None,
            "max_upload_bytes": settings.MAX_UPLOAD_BYTES,
        }
        return Response(selectors.usage_for(person_of(request)) | limits)


class RetryView(APIView):
    @extend_schema(request=None, responses={202: forms.VideoOut})
    def post(self, request: Request, video_id: str) -> Response:
        """Work on a failed film again."""
        video = services.video_retry(video=access.video_for(person_of(request), video_id))
        answer = _answer(video, request)
        answer.status_code = status.HTTP_202_ACCEPTED
        return answer


class PosterView(APIView):
    @extend_schema(request=forms.PosterIn, responses=forms.VideoOut)
    def post(self, request: Request, video_id: str) -> Response:
        """Choose one of `posters` by its number, from 0."""
        video = access.video_for(person_of(request), video_id)
        services.poster_choose(video=video, **read(forms.PosterIn, request))
        return _answer(video, request)


class SubtitlesView(APIView):
    parser_classes = [MultiPartParser]

    @extend_schema(request=forms.SubtitleIn, responses={201: forms.SubtitleOut})
    def post(self, request: Request, video_id: str) -> Response:
        """Add an .srt or .vtt file; players get WebVTT."""
        video = access.video_for(person_of(request), video_id)
        given = read(forms.SubtitleIn, request)
        with _storage_in_words():
            row = services.subtitle_add(
                video=video,
                raw=given["file"].read(services.SUBTITLE_MAX_BYTES + 1),
                language=given.get("language", ""),
                title=given.get("title", ""),
            )
        wire = subtitle_wire(row, folder_for(video, _holder(request)))
        return Response(wire, status=status.HTTP_201_CREATED)


class SubtitleView(APIView):
    @extend_schema(responses={204: None})
    def delete(self, request: Request, video_id: str, subtitle_id: str) -> Response:
        video = access.video_for(person_of(request), video_id)
        row = access.subtitle_of(video, subtitle_id)
        with _storage_in_words():
            services.subtitle_remove(video=video, subtitle_id=row.pk)
        return Response(status=status.HTTP_204_NO_CONTENT)

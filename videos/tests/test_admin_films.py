"""Films for staff: looked at, worked on again, removed; every deed in the audit."""

import pytest

from accounts.models import AuditEntry, User
from videos.models import State, Video
from videos.tests.library import film


@pytest.fixture
def staff(client, db):
    user = User.objects.create_superuser("sam", "correct horse")
    client.force_login(user)
    return client


@pytest.fixture
def video(people):
    return film(people.owner, objects={})


@pytest.mark.parametrize("path", ["video/", "video/{id}/change/", "upload/"])
def test_the_pages_open(staff, video, path):
    page = staff.get(f"/admin/videos/{path.format(id=video.pk)}")
    assert page.status_code == 200


@pytest.mark.parametrize("path", ["video/", "video/{id}/change/", "upload/"])
def test_others_see_nothing(client, video, path):
    assert client.get(f"/admin/videos/{path.format(id=video.pk)}").status_code == 404


def chosen(staff, video, action):
    body = {"action": action, "_selected_action": [str(video.pk)]}
    assert staff.post("/admin/videos/video/", body).status_code == 302


def test_a_film_is_put_in_line_again(staff, video):
    chosen(staff, video, "requeue")
    video.refresh_from_db()
    assert video.state == State.QUEUED
    assert AuditEntry.objects.get(action="staff.video.requeue").target == str(video.pk)


def test_a_film_is_removed(staff, video):
    chosen(staff, video, "remove")
    assert Video.objects.get(pk=video.pk).deleted_at is not None
    assert AuditEntry.objects.get(action="staff.video.remove").target == str(video.pk)


def test_nothing_is_changed_by_hand(staff, video):
    assert staff.get("/admin/videos/video/add/").status_code == 403
    assert staff.get(f"/admin/videos/video/{video.pk}/delete/").status_code == 403
    assert staff.post(f"/admin/videos/video/{video.pk}/change/", {"title": "x"}).status_code == 403

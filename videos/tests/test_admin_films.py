"""Films for staff: looked at, worked on again, removed; every deed in the audit."""

import pytest

from accounts.models import AuditEntry, User
from syncwatch.tests.desk import Desk
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
    body = {"action": action, "_selected_action": [str(video.pk)], "confirmed": "yes"}
    assert staff.post("/admin/videos/video/", body).status_code == 302


def test_a_film_is_put_in_line_again(staff, video):
    chosen(staff, video, "requeue")
    video.refresh_from_db()
    assert video.state == State.QUEUED
    assert AuditEntry.objects.get(action="staff.video.requeue").target == str(video.pk)


def test_a_film_is_removed_once_and_asked_for_first(staff, video):
    body = {"action": "remove", "_selected_action": [str(video.pk)]}
    assert "There is no way back" in staff.post("/admin/videos/video/", body).content.decode()
    assert Video.objects.get(pk=video.pk).deleted_at is None
    chosen(staff, video, "remove")
    chosen(staff, video, "remove")
    assert Video.objects.get(pk=video.pk).deleted_at is not None
    assert AuditEntry.objects.get(action="staff.video.remove").target == str(video.pk)


def test_nothing_is_changed_by_hand(staff, video):
    assert staff.get("/admin/videos/video/add/").status_code == 403
    assert staff.get(f"/admin/videos/video/{video.pk}/delete/").status_code == 403
    assert staff.post(f"/admin/videos/video/{video.pk}/change/", {"title": "x"}).status_code == 403


@pytest.mark.parametrize("action", ["requeue", "remove"])
def test_only_who_may_acts_on_films(action, video, people):
    for desk, code in ((Desk(None), 404), (Desk(people.owner), 404), (Desk.reader(), 200)):
        assert desk.order(action, video).status_code == code
    video.refresh_from_db()
    assert (video.state, video.deleted_at) == (State.READY, None)
    assert not AuditEntry.objects.exists()
    assert Desk.moderator().order(action, video).status_code == 302
    assert AuditEntry.objects.get(action__startswith="staff.video.").target == str(video.pk)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=mara", True), ("q={pk}", True), ("q={owner}", True), ("state__exact=ready", True),
        ("state__exact=failed", False), ("removed=yes", False), ("owner__id__exact={owner}", True),
    ],
)  # fmt: skip
def test_films_are_found(query, found, video):
    query = query.format(pk=video.pk, owner=video.owner_id)
    listed = Desk.chief().list(Video, query).context["cl"].result_list
    assert [each.pk for each in listed] == ([video.pk] if found else [])


def test_a_list_of_films_takes_as_many_queries_for_twenty_as_for_one(video, people):
    chief = Desk.chief()
    few = chief.queries(Video)
    owners = [User(username=f"p{n}", display_name=f"p{n}") for n in range(20)]
    for owner in User.objects.bulk_create(owners):
        Video.objects.create(owner=owner, title="A")
    assert chief.queries(Video) == few
    assert few <= 7

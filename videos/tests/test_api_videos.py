"""The API of films: who may, what comes back, what is refused."""

import pytest

from accounts.models import User
from videos import store
from videos.models import Video
from videos.tests.library import fetch, film, srt

FIELDS = {
    "id", "title", "state", "progress", "playable", "available_until", "duration", "width",
    "height", "error", "renditions", "subtitles", "audio", "poster", "storyboard", "hls",
    "note", "retryable", "bytes", "created_at", "posters", "expires_at",
}  # fmt: skip


@pytest.fixture
def staff(db):
    return User.objects.create_user("sam", "correct horse", is_staff=True)


@pytest.fixture
def video(people):
    return film(people.owner)


# method, path below the film, body, format, what its owner gets
DOORS = [
    ("get", "", None, "json", 200),
    ("patch", "", {"title": "Other"}, "json", 200),
    ("delete", "", None, "json", 204),
    ("post", "retry/", {}, "json", 409),
    ("post", "poster/", {"candidate": 0}, "json", 200),
    ("post", "subtitles/", "srt", "multipart", 201),
    ("delete", "subtitles/{subtitle}/", None, "json", 204),
]


def knock(client, video, door):
    method, below, body, kind, _ = door
    below = below.format(subtitle=video.subtitles.first().pk)
    body = srt() if body == "srt" else body
    return getattr(client, method)(f"/api/videos/{video.pk}/{below}", body, format=kind)


@pytest.mark.parametrize("door", DOORS, ids=lambda door: f"{door[0]} {door[1]}")
class TestEveryDoor:
    def test_it_opens_for_the_owner(self, api, people, video, door):
        assert knock(api(people.owner), video, door).status_code == door[4]

    def test_it_opens_for_staff(self, api, staff, video, door):
        assert knock(api(staff), video, door).status_code == door[4]

    @pytest.mark.parametrize("who", ["member", "guest", "stranger"])
    def test_it_looks_absent_to_others(self, api, people, video, door, who):
        answer = knock(api(getattr(people, who)), video, door)
        assert answer.status_code == 404
        assert answer.json()["error"]["code"] == "not_found"
        assert Video.objects.get(pk=video.pk).deleted_at is None

    def test_it_asks_a_visitor_to_sign_in(self, api, video, door):
        assert knock(api(), video, door).status_code == 401


@pytest.mark.parametrize("wrong", ["nothing", "00000000-0000-0000-0000-000000000000", "%00", "7"])
def test_a_wrong_id_is_not_found(api, people, video, wrong):
    assert api(people.owner).get(f"/api/videos/{wrong}/").status_code == 404


def test_a_guest_has_films_of_their_own(api, people):
    own = film(people.guest)
    assert api(people.guest).get(f"/api/videos/{own.pk}/").status_code == 200


def test_a_film_has_exactly_the_promised_fields(api, people, video):
    told = api(people.owner).get(f"/api/videos/{video.pk}/").json()
    assert set(told) == FIELDS
    assert told["state"] == "ready"
    assert told["progress"] == 100
    assert told["playable"] is True
    assert told["error"] is None
    assert told["renditions"] == [
        {"name": "source", "width": 1280, "height": 720, "bitrate": 2_000_000, "state": "ready",
         "progress": 100},
        {"name": "360p", "width": 640, "height": 360, "bitrate": 900_000, "state": "queued",
         "progress": 0},
    ]  # fmt: skip
    assert told["audio"][0]["language"] == "en"
    assert told["subtitles"][0]["title"] == "Deutsch"


def test_every_address_of_a_film_works_without_sign_in(api, people, video):
    told = api(people.owner).get(f"/api/videos/{video.pk}/").json()
    for address in (told["hls"], told["poster"], told["storyboard"], *told["posters"]):
        assert fetch(address).status == 200, address
    assert fetch(told["poster"]).body == b"\xff\xd8\xff1"


def test_a_film_that_is_not_that_far_has_no_addresses(api, people):
    young = film(
        people.owner, state="queued", playable=False, progress=0, posters=0, storyboard=False
    )
    told = api(people.owner).get(f"/api/videos/{young.pk}/").json()
    assert (told["hls"], told["poster"], told["storyboard"]) == (None, None, None)
    assert told["posters"] == []


def test_a_failed_film_says_why(api, people):
    failed = film(people.owner, state="failed", playable=False, error_code="invalid_data",
                  error_message="This is no film.", retryable=True)  # fmt: skip
    told = api(people.owner).get(f"/api/videos/{failed.pk}/").json()
    assert told["error"] == {"code": "invalid_data", "message": "This is no film."}
    assert told["retryable"] is True
    assert told["hls"] is None


def test_the_workers_latest_numbers_are_told(api, people):
    working = film(people.owner, state="processing", progress=10, available_until=8.0)
    store.live_set(working.pk, {"progress": 42, "available_until": 24.0})
    client = api(people.owner)
    for told in (
        client.get(f"/api/videos/{working.pk}/").json(),
        client.get("/api/videos/").json()["results"][0],
    ):
        assert (told["progress"], told["available_until"]) == (42, 24.0)


# --- the list ------------------------------------------------------------------------------


def test_the_list_has_ones_own_films_the_newest_first(api, people):
    first, second = film(people.owner, title="A"), film(people.owner, title="B")
    film(people.member, title="C")
    gone = film(people.owner, title="D")
    client = api(people.owner)
    client.delete(f"/api/videos/{gone.pk}/")
    page = client.get("/api/videos/").json()
    assert [each["id"] for each in page["results"]] == [str(second.pk), str(first.pk)]
    assert page["next"] is None


def test_the_list_comes_in_pages(api, people):
    for number in range(3):
        film(people.owner, title=str(number), objects={})
    client = api(people.owner)
    page = client.get("/api/videos/?limit=2").json()
    rest = client.get(page["next"]).json()
    assert [each["title"] for each in page["results"] + rest["results"]] == ["2", "1", "0"]
    assert rest["next"] is None


def test_a_long_list_costs_no_more_queries(api, people, django_assert_max_num_queries):
    client = api(people.owner)
    for number in range(6):
        film(people.owner, title=str(number), objects={})
    with django_assert_max_num_queries(5):  # session, films, three kinds of tracks
        assert len(client.get("/api/videos/").json()["results"]) == 6


def test_the_list_asks_a_visitor_to_sign_in(api, db):
    assert api().get("/api/videos/").status_code == 401
    assert api().get("/api/videos/usage/").status_code == 401


def test_usage_counts_ones_own_films(api, people, settings):
    settings.USER_QUOTA_BYTES = 0
    film(people.owner, bytes=700)
    film(people.owner, bytes=300)
    film(people.member, bytes=5)
    assert api(people.owner).get("/api/videos/usage/").json() == {
        "videos": 2, "bytes": 1000, "quota_bytes": None,
        "max_upload_bytes": settings.MAX_UPLOAD_BYTES,
    }  # fmt: skip


# --- changes -------------------------------------------------------------------------------


def test_a_title_is_cleaned(api, people, video):
    told = api(people.owner).patch(
        f"/api/videos/{video.pk}/", {"title": " Big\u202e  Buck\n"}, format="json"
    )
    assert told.json()["title"] == "Big Buck"


@pytest.mark.parametrize(
    "body", [{}, {"title": ""}, {"title": "\u200b"}, {"title": "x" * 201}, {"title": None},
             {"title": "ok", "owner": "me"}, {"title": ["x"]}],
)  # fmt: skip
def test_a_bad_title_is_refused(api, people, video, body):
    answer = api(people.owner).patch(f"/api/videos/{video.pk}/", body, format="json")
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "invalid"


def test_a_deleted_film_is_gone_and_its_addresses_end(
    api, people, video, django_capture_on_commit_callbacks
):
    client = api(people.owner)
    address = client.get(f"/api/videos/{video.pk}/").json()["hls"]
    with django_capture_on_commit_callbacks(execute=True):
        assert client.delete(f"/api/videos/{video.pk}/").status_code == 204
    assert client.get(f"/api/videos/{video.pk}/").status_code == 404
    assert client.delete(f"/api/videos/{video.pk}/").status_code == 404
    assert fetch(address).status == 403


def test_a_film_that_failed_by_accident_is_tried_again(api, people):
    failed = film(
        people.owner, state="failed", playable=False, error_code="storage", retryable=True
    )
    answer = api(people.owner).post(f"/api/videos/{failed.pk}/retry/")
    assert answer.status_code == 202
    assert (answer.json()["state"], answer.json()["error"]) == ("queued", None)


def test_a_film_that_can_never_work_is_not_tried_again(api, people):
    failed = film(people.owner, state="failed", playable=False, error_code="invalid_data")
    answer = api(people.owner).post(f"/api/videos/{failed.pk}/retry/")
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "not_retryable")


def test_a_poster_is_chosen_by_its_number(api, people, video):
    told = (
        api(people.owner)
        .post(f"/api/videos/{video.pk}/poster/", {"candidate": 0}, format="json")
        .json()
    )
    assert told["poster"].endswith("/poster-0.jpg")
    assert told["poster"] == told["posters"][0]


@pytest.mark.parametrize("body", [{}, {"candidate": 2}, {"candidate": -1}, {"candidate": "best"}])
def test_a_poster_that_does_not_exist_is_refused(api, people, video, body):
    answer = api(people.owner).post(f"/api/videos/{video.pk}/poster/", body, format="json")
    assert answer.status_code == 400
    assert "candidate" in answer.json()["error"]["fields"]


def test_a_poster_waits_for_pictures(api, people):
    young = film(people.owner, posters=0, objects={})
    answer = api(people.owner).post(
        f"/api/videos/{young.pk}/poster/", {"candidate": 0}, format="json"
    )
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "not_ready")


def test_too_many_writes_are_slowed_down(api, people, video, settings):
    # Redis measures by its own clock: with five a second a slow machine would never be too fast.
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "api_write": (1, 60, 3)}
    client = api(people.owner)
    codes = {
        client.patch(f"/api/videos/{video.pk}/", {"title": "x"}, format="json").status_code
        for _ in range(5)
    }
    assert codes == {200, 429}

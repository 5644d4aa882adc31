"""Staff see the lists of all rooms, and can change none of them."""

import pytest

from accounts.models import User
from playback import services

pytestmark = pytest.mark.django_db
PATH = "/admin/playback/queueitem/"


@pytest.fixture
def staff(client):
    chief = User.objects.create_user("chief", "correct horse", display_name="Chief")
    User.objects.filter(pk=chief.pk).update(is_staff=True, is_superuser=True)
    client.force_login(chief, backend="accounts.backends.StaffBackend")
    return client


def test_the_list_of_items_takes_as_many_queries_for_one_as_for_twenty(
    staff, room, people, django_assert_max_num_queries
):
    def add(number):
        by = [people.owner, people.member][number % 2]
        url = f"https://films.example/{number}.mp4"
        services.item_add(room=room, by=by, url=url, title=f"Film {number}")

    add(0)
    with django_assert_max_num_queries(30) as few:
        staff.get(PATH)
    for number in range(1, 20):
        add(number)
    with django_assert_max_num_queries(len(few)):
        answer = staff.get(PATH)
    assert "Film 19" in answer.content.decode()


def test_items_are_to_be_read_only(staff, room, people):
    item = services.item_add(room=room, by=people.owner, url="https://films.example/a.mp4")
    assert staff.get(f"{PATH}{item.id}/change/").status_code == 200
    assert staff.get(f"{PATH}add/").status_code == 403
    assert staff.post(f"{PATH}{item.id}/change/", {"title": "x"}).status_code == 403
    assert staff.post(f"{PATH}{item.id}/delete/", {"post": "yes"}).status_code == 403


def test_whoever_is_not_staff_finds_nothing_there(client):
    assert client.get(PATH).status_code == 404

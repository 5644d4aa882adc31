"""Staff read what is said in rooms, and change none of it."""

import pytest

from accounts.models import User

pytestmark = pytest.mark.django_db
PATH = "/admin/chat/message/"
MUTES = "/admin/chat/shadowmute/"


@pytest.fixture
def staff(client):
    chief = User.objects.create_user("chief", "correct horse", display_name="Chief")
    User.objects.filter(pk=chief.pk).update(is_staff=True, is_superuser=True)
    client.force_login(chief, backend="accounts.backends.StaffBackend")
    return client


def test_the_list_of_messages_takes_as_many_queries_for_one_as_for_twenty(
    staff, say, people, django_assert_max_num_queries
):
    say("first")
    with django_assert_max_num_queries(30) as few:
        staff.get(PATH)
    for number in range(1, 20):
        say(f"<b>{number}</b>", by=[people.owner, people.member][number % 2])
    with django_assert_max_num_queries(len(few)):
        answer = staff.get(PATH)
    page = answer.content.decode()
    assert "&lt;b&gt;19&lt;/b&gt;" in page
    assert "<b>19</b>" not in page


def test_messages_are_to_be_read_only(staff, say):
    said = say("Hello")
    assert staff.get(f"{PATH}{said.id}/change/").status_code == 200
    assert staff.get(f"{PATH}add/").status_code == 403
    assert staff.post(f"{PATH}{said.id}/change/", {"body": "x"}).status_code == 403
    assert staff.post(f"{PATH}{said.id}/delete/", {"post": "yes"}).status_code == 403


def test_what_is_unheard_is_found_and_shadow_mutes_are_to_be_looked_at(staff, say, people, shadow):
    mute = shadow(people.guest, reason="spam")
    said = say("Nobody reads this", by=people.guest)
    say("Hello")
    found = staff.get(f"{PATH}?state=unheard").content.decode()
    assert "Nobody reads this" in found
    assert "Hello" not in found
    assert staff.get(f"{PATH}{said.id}/change/").status_code == 200
    assert "spam" in staff.get(MUTES).content.decode()
    assert staff.get(f"{MUTES}{mute.id}/change/").status_code == 200
    assert staff.post(f"{MUTES}{mute.id}/change/", {"reason": "x"}).status_code == 403
    assert staff.post(f"{MUTES}{mute.id}/delete/", {"post": "yes"}).status_code == 403


def test_whoever_is_not_staff_finds_nothing_there(client):
    assert client.get(PATH).status_code == 404

"""What a message read before: kept for moderators, gone with the message."""

import pytest

from accounts import own_data
from chat import services
from chat.models import Edit
from rooms import memberships
from rooms.services import room_create

pytestmark = pytest.mark.django_db


@pytest.fixture
def edit():
    return lambda message, body: services.message_edit(message=message, body=body)


@pytest.fixture
def before(api, room, people):
    def get(message_id, by=None, code=room.code):
        caller = api(by or people.owner)
        return caller.get(f"/api/rooms/{code}/messages/{message_id}/history/")

    return get


def bodies(answer):
    return [row["body"] for row in answer.json()["results"]]


def test_moderators_read_what_it_read_before_the_newest_first(say, edit, before, people):
    said = say("one", by=people.member)
    assert before(said.id).json() == {"results": [], "next": None}
    edit(said, "two")
    edit(said, "three")
    answer = before(said.id)
    assert bodies(answer) == ["two", "one"]
    assert answer.json()["results"][0]["edited_at"] == said.edited_at.isoformat()


@pytest.mark.parametrize(
    ("role", "status"), [("moderator", 200), ("member", 403), ("guest", 403)]
)  # fmt: skip
def test_it_is_for_moderators(say, edit, before, people, room, role, status):
    said = say("one")
    edit(said, "two")
    memberships.place_take(user=people.stranger, room=room, role=role)
    answer = before(said.id, by=people.stranger)
    assert answer.status_code == status
    if status == 403:
        assert answer.json()["error"]["code"] == "no_moderate"
        assert answer.json()["error"]["message"]


def test_who_is_outside_sees_nothing(api, say, before, people, room):
    said = say("one")
    assert api().get(f"/api/rooms/{room.code}/messages/{said.id}/history/").status_code == 401
    assert before(said.id, by=people.stranger).json()["error"]["code"] == "not_a_member"
    other = room_create(owner=people.owner, name="Elsewhere")
    for target, code in ((said.id, other.code), ("nonsense", room.code), (room.id, room.code)):
        assert before(target, code=code).status_code == 404


def test_what_is_taken_back_takes_its_history_along(say, edit, before, people):
    said = say("my password is hunter2")
    edit(said, "oops")
    services.message_delete(message=said, by=str(people.owner.id))
    assert not Edit.objects.exists()
    assert before(said.id).status_code == 404


def test_the_same_words_again_are_no_edit(say, edit):
    said = say("one")
    assert edit(said, " one ").edited_at is None
    assert not Edit.objects.exists()


def test_fifty_are_kept(say, edit, before):
    said = say("m0")
    for n in range(1, 60):
        edit(said, f"m{n}")
    assert bodies(before(said.id)) == [f"m{n}" for n in range(58, 8, -1)]


def test_it_is_exported_and_erased_with_its_author_and_with_who_is_named_in_it(
    say, edit, people, before
):
    said = say("hi @Ilya", by=people.member)
    edit(said, "hi all")
    mine = own_data.export_all(people.member)["chat"]["messages"]
    assert [row["body"] for row in mine[0]["before"]] == ["hi @Ilya"]
    own_data.erase_all(people.guest)
    assert bodies(before(said.id)) == ["hi @someone"]
    own_data.erase_all(people.member)
    assert not Edit.objects.exists()

"""/api/notices/: the list under the bell; and friends in export and erasure"""

import json

from accounts import friends, notices, own_data, services
from accounts.models import Block, Friendship, Notice
from accounts.tests.test_friends import ask, befriend

URL = "/api/notices/"


def listed(api, user):
    response = api(user)("GET", URL)
    assert response.status_code == 200
    return response.json()


def test_an_ask_and_its_answer_are_told(api, ana, bob):
    ask(api, ana, bob)
    [told] = listed(api, bob)["results"]
    assert (told["kind"], told["from"]["display_name"], told["read"]) == (
        "friend_asked", "Ana", False,
    )  # fmt: skip
    friends.friend_accept(user=bob, other=ana)
    assert listed(api, bob) == {"results": [], "unread": 0, "next": None}
    [told] = listed(api, ana)["results"]
    assert (told["kind"], told["from"]["display_name"]) == ("friend_accepted", "Bob")


def test_reading_counts_them_down_and_is_repeatable(api, ana, bob):
    befriend(ana, bob)
    assert listed(api, ana)["unread"] == 1
    for _ in range(2):
        assert api(ana)("POST", f"{URL}read/").status_code == 204
    assert listed(api, ana)["unread"] == 0
    assert [each["read"] for each in listed(api, ana)["results"]] == [True]


def test_a_line_is_taken_off_once_and_by_its_owner_alone(api, ana, bob, code_of):
    ask(api, ana, bob)
    [told] = listed(api, bob)["results"]
    path = f"{URL}{told['id']}/"
    assert code_of(api(ana)("DELETE", path)) == "not_found"
    assert api(bob)("DELETE", path).status_code == 204
    assert listed(api, bob)["results"] == []
    for gone in (path, f"{URL}x/"):
        assert code_of(api(bob)("DELETE", gone)) == "not_found"
    assert code_of(api()("DELETE", path)) == "not_signed_in"


def test_nobody_reads_nothing(api, db, code_of):
    assert code_of(api()("GET", URL)) == "not_signed_in"
    assert code_of(api()("POST", f"{URL}read/")) == "not_signed_in"


def test_the_newest_are_kept(ana, bob, visitor, monkeypatch):
    monkeypatch.setattr(notices, "KEPT_MAX", 3)
    notices.notice_give(user=bob, kind="friend_accepted", from_user=ana)
    for number in range(5):
        notices.notice_give(user=ana, kind="room_invited", from_user=bob, data={"name": number})
    assert [each["data"]["name"] for each in notices.notices_of(ana)] == [4, 3, 2]
    assert Notice.objects.filter(user=bob).count() == 1


def test_a_block_lets_nothing_through(ana, bob):
    friends.block_add(user=ana, other=bob)
    assert notices.notice_give(user=ana, kind="room_invited", from_user=bob) is None
    assert notices.notice_give(user=bob, kind="room_invited", from_user=ana) is None


def test_the_export_names_friends_blocks_and_notices(ana, bob, visitor):
    befriend(ana, bob)
    friends.block_add(user=ana, other=visitor)
    people = own_data.export_all(ana)["people"]
    assert (people["friends"], people["blocked"]) == (["Bob"], ["Gustav"])
    assert people["notices"][0]["from"] == "Bob"
    assert str(bob.id) not in json.dumps(people)


def test_erasure_leaves_nothing_of_it(ana, bob, visitor):
    befriend(ana, bob)
    friends.block_add(user=visitor, other=ana)
    services.account_erase(user=ana)
    services.account_erase(user=ana)
    assert not Friendship.objects.exists()
    assert not Block.objects.exists()
    assert not Notice.objects.exists()


def test_what_friends_see_is_the_persons_choice(api, ana):
    me = "/api/auth/me/"
    assert api(ana)("GET", me).json()["presence_shown"] == "friends_room"
    changed = api(ana)("PATCH", me, {"presence_shown": "nobody"})
    assert changed.json()["presence_shown"] == "nobody"
    assert api(ana)("PATCH", me, {"presence_shown": "everybody"}).status_code == 400

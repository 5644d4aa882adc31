"""A room's own address: which words, whose, and where they lead"""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from accounts import sessions
from rooms import services
from rooms.models import Room
from rooms.places.addresses import KEPT_FOR
from rooms.places.names import RESERVED, Flaw, flaw_of, is_code
from syncwatch.lib.ids import ALPHABET


@pytest.mark.parametrize(
    ("word", "flaw"),
    [
        ("sunday-rabbits", None),
        ("abc", None),
        ("noir-2026", None),
        ("x" * 30, None),
        ("ab", Flaw.LENGTH),
        ("x" * 31, Flaw.LENGTH),
        ("", Flaw.LENGTH),
        ("Sunday", Flaw.SHAPE),
        ("sunday--rabbits", Flaw.SHAPE),
        ("-sunday", Flaw.SHAPE),
        ("sunday-", Flaw.SHAPE),
        ("sunday rabbits", Flaw.SHAPE),
        ("sonntag_hase", Flaw.SHAPE),
        ("säle", Flaw.SHAPE),
        ("раypal", Flaw.SHAPE),
        ("abc\n", Flaw.SHAPE),
        ("0123456789ab", Flaw.CODE),
        ("film-magic-oil", Flaw.CODE),  # as a code: f11mmag1c011
        ("admin", Flaw.RESERVED),
        ("api", Flaw.RESERVED),
        ("rooms", Flaw.RESERVED),
        ("syncwatch-support", Flaw.RESERVED),
    ],
)
def test_which_words_may_be_an_address(word, flaw):
    assert flaw_of(word) == flaw


@given(st.text(alphabet=ALPHABET, min_size=12, max_size=12))
def test_no_code_is_an_address(code):
    assert is_code(code)
    assert flaw_of(code) is Flaw.CODE


def test_reserved_words_could_be_addresses_else():
    assert all(flaw_of(word) in {Flaw.RESERVED, Flaw.LENGTH} for word in RESERVED)


@pytest.fixture
def take(api, room):
    def put(user, word, code=""):
        path = f"/api/rooms/{code or room.code}/address/"
        return api(user).put(path, {"address": word}, format="json")

    return put


@pytest.fixture
def other(people):
    return services.room_create(owner=people.member, name="Other")


def test_taken_it_leads_to_the_room_and_the_code_still_does(api, take, people, room):
    assert take(people.owner, "  Sunday-Rabbits ").json()["address"] == "sunday-rabbits"
    for word in ("sunday-rabbits", "SUNDAY-rabbits", room.code):
        assert api(people.member).get(f"/api/rooms/{word}/").json()["code"] == room.code
    assert take(people.owner, "sunday-rabbits").status_code == 200, "said again"


def test_it_lets_nobody_in_by_itself(api, take, people, room, refusal):
    take(people.owner, "sunday-rabbits")
    path = "/api/rooms/sunday-rabbits/"
    assert "me" not in api(people.stranger).get(path).json()
    Room.objects.update(visibility="private")
    assert refusal(api(people.stranger).get(path)) == (404, "not_found")
    assert (
        api(people.stranger).get(path).content
        == api(people.stranger).get("/api/rooms/nobody-lives-here/").content
    )


def test_the_page_and_the_socket_know_it_too(take, people, room):
    take(people.owner, "sunday-rabbits")
    client = Client()
    client.cookies["access"] = sessions.session_open(user=people.member, agent="test").access
    boot = client.get("/r/sunday-rabbits").context["boot"]
    assert (boot["code"], boot["ws_path"]) == (room.code, f"/ws/rooms/{room.code}/")


@pytest.mark.parametrize(
    "word", ["ab", "Säle", "a--b", "admin", "0123456789ab", "", None, 7.5, "x" * 101]
)
def test_a_wrong_word_is_refused_in_words(take, people, refusal, word):
    response = take(people.owner, word)
    assert refusal(response)[0] == 400
    assert response.json()["error"]["fields"]["address"]
    assert Room.objects.get().address is None


def test_an_address_takes_an_account(people, api, refusal):
    made = services.room_create(owner=people.guest, name="Mine")
    response = api(people.guest).put(
        f"/api/rooms/{made.code}/address/", {"address": "ilyas-room"}, format="json"
    )
    assert refusal(response) == (403, "account_needed")


def test_no_two_rooms_share_one(take, people, other, refusal):
    take(people.owner, "sunday-rabbits")
    response = take(people.member, "sunday-rabbits", other.code)
    assert refusal(response) == (409, "address_taken")
    assert response.json()["error"]["fields"]["address"]


def test_changed_or_given_up_it_is_kept_from_others_for_a_month(
    api, take, people, room, other, refusal, frozen_clock
):
    take(people.owner, "sunday-rabbits")
    take(people.owner, "monday-rabbits")
    assert api(people.owner).get("/api/rooms/sunday-rabbits/").status_code == 404
    path = f"/api/rooms/{room.code}/address/"
    assert [api(people.owner).delete(path).status_code for _ in range(2)] == [204, 204]
    for word in ("sunday-rabbits", "monday-rabbits"):
        assert refusal(take(people.member, word, other.code)) == (409, "address_taken")
    assert take(people.owner, "sunday-rabbits").status_code == 200, "its own it may have back"
    take(people.owner, "monday-rabbits")
    frozen_clock.advance((KEPT_FOR + datetime.timedelta(seconds=1)).total_seconds() * 1000)
    assert take(people.member, "sunday-rabbits", other.code).status_code == 200


def test_a_closed_rooms_address_is_free_after_a_month(
    take, people, room, other, refusal, frozen_clock
):
    take(people.owner, "sunday-rabbits")
    services.room_close(room=room, by=people.owner)
    assert refusal(take(people.member, "sunday-rabbits", other.code)) == (409, "address_taken")
    frozen_clock.advance(KEPT_FOR.total_seconds() * 1000)
    assert take(people.member, "sunday-rabbits", other.code).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_gets_it(take, people, room, other):
    def put(user, code):
        try:
            return take(user, "sunday-rabbits", code).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        both = [
            pool.submit(put, *each)
            for each in ((people.owner, room.code), (people.member, other.code))
        ]
    assert sorted(each.result() for each in both) == [200, 409]


def test_who_may_not_change_the_room_may_not_name_it(take, people, room, refusal):
    assert refusal(take(people.member, "sunday-rabbits")) == (403, "no_settings")
    assert refusal(take(people.stranger, "sunday-rabbits")) == (403, "not_a_member")
    assert refusal(take(None, "sunday-rabbits")) == (401, "not_signed_in")

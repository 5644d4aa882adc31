"""Slow mode, the new guests' delay and the filters: over the socket, in words, at once."""

import uuid

import pytest
from channels.db import database_sync_to_async

from chat import rules, services
from chat.models import Edit, Message
from chat.rules import Barrier, Order, Speaker, judge
from rooms import memberships, order
from rooms.access import member_in
from rooms.models import Membership, Room
from syncwatch.lib import clock

in_db = database_sync_to_async
live = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _no_other_limit(settings):
    settings.RATE_LIMIT_FACTOR = 100


@pytest.fixture
async def talk(sockets, people, room):
    """`talk(who, body)`: the answer to saying it, from a socket of theirs."""
    opened, count = {}, iter(range(1000))

    async def send(who, body, *, tab="", nonce=None, **more):
        at = (who.pk, tab)
        if at not in opened:
            opened[at] = await sockets.open(who, room.code)
        nonce = nonce or f"n{next(count)}"
        return await opened[at].ask(type="chat:send", body=body, nonce=nonce, **more)

    return send


@in_db
def keep(room, **changes):
    Room.objects.filter(pk=room.pk).update(**changes)


@in_db
def keep_out(room, people, **changes):
    order.filters_set(actor=member_in(room, str(people.owner.pk)), filters=changes)


# --- slow mode -----------------------------------------------------------------------------


@live
async def test_slow_mode_holds_for_a_person_in_all_their_tabs(talk, people, room, frozen_clock):
    await keep(room, slow_mode_s=30)
    assert (await talk(people.member, "one"))["type"] == "ack"
    frozen_clock.advance(5_000)
    for tab in ("", "other"):
        refused = await talk(people.member, "two", tab=tab)
        assert (refused["code"], refused["retry_after"]) == ("slow_mode", 25.0)
        assert refused["message"] == "This room has slow mode. You can write again in 0:25."
    assert (await talk(people.guest, "mine"))["type"] == "ack", "everybody has a turn of their own"
    frozen_clock.advance(25_000)
    assert (await talk(people.member, "two"))["type"] == "ack"


@live
async def test_moderators_and_rooms_without_it_never_wait(talk, people, room):
    for _ in range(3):
        assert (await talk(people.member, "quick"))["type"] == "ack"
    await keep(room, slow_mode_s=3600)
    for _ in range(3):
        assert (await talk(people.owner, "quick"))["type"] == "ack"


@live
async def test_what_is_refused_otherwise_takes_no_turn(talk, people, room, frozen_clock):
    await keep(room, slow_mode_s=30)
    assert (await talk(people.member, "x", reply_to="nowhere"))["code"] == "invalid"
    assert (await talk(people.member, " "))["code"] == "invalid"
    assert (await talk(people.member, "x"))["type"] == "ack"


@live
async def test_the_same_message_again_is_the_first_one(talk, people, room, frozen_clock):
    await keep(room, slow_mode_s=30)
    first = await talk(people.member, "x", nonce="same")
    assert (await talk(people.member, "x", nonce="same"))["message"] == first["message"]


@live
async def test_other_words_for_an_old_message_need_no_turn(talk, sockets, people, room):
    await keep(room, slow_mode_s=30)
    said = (await talk(people.member, "x"))["message"]["id"]
    ana = await sockets.open(people.member, room.code)
    assert (await ana.ask(type="chat:edit", id=said, body="y"))["type"] == "ack"


@live
async def test_of_two_tabs_at_once_one_has_the_turn(people, room, monkeypatch, frozen_clock):
    """The other one wrote between the look and the turn."""
    from chat import store

    await keep(room, slow_mode_s=30)
    read = store.spoken

    def late(code, user_id):
        found = read(code, user_id)
        if not found.raw:
            store.speak(code, user_id, now_ms=clock.server_ms(), nonce="other", before=found)
        return found

    monkeypatch.setattr(store, "spoken", late)
    with pytest.raises(Exception, match="slow mode"):
        await in_db(services.message_send)(
            room_id=str(room.pk), author_id=str(people.member.pk), body="x", nonce="mine"
        )
    assert not await in_db(Message.objects.filter(nonce="mine").exists)()


POLL = {"type": "poll:open", "question": "And now?", "options": ["On", "Off"]}


@live
async def test_a_poll_takes_the_turn_of_a_message(sockets, talk, people, room, frozen_clock):
    await keep(room, slow_mode_s=30)
    ana = await sockets.open(people.member, room.code, tab=str(uuid.uuid4()))
    assert (await ana.ask(**POLL, nonce="p1"))["type"] == "ack"
    assert (await ana.ask(**POLL, nonce="p1"))["type"] == "ack", "the same one again"
    assert (await ana.ask(**POLL, nonce="p2"))["code"] == "slow_mode"
    assert (await talk(people.member, "one"))["code"] == "slow_mode"


@live
async def test_words_kept_out_are_kept_out_of_polls(sockets, people, room):
    await keep_out(room, people, words=["spoiler"])
    ana = await sockets.open(people.member, room.code)
    question = {**POLL, "question": "Is it a spoiler?"}
    option = {**POLL, "options": ["No", "A spoiler"]}
    for refused in (question, option):
        assert (await ana.ask(**refused, nonce="p1"))["code"] == "word_refused"
    mara = await sockets.open(people.owner, room.code)
    assert (await mara.ask(**question, nonce="p2"))["type"] == "ack", "who keeps order may"


# --- new guests ----------------------------------------------------------------------------


@live
async def test_a_new_guest_reads_first(talk, people, room, frozen_clock):
    await keep(room, new_guest_delay_s=180)
    await in_db(memberships.place_take)(user=people.stranger, room=room, role="guest")
    frozen_clock.advance(50_000)
    refused = await talk(people.stranger, "hi")
    assert (refused["code"], refused["retry_after"]) == ("too_new", 130.0)
    assert refused["message"] == "You are new here. You can write in 2:10."
    frozen_clock.advance(130_000)
    assert (await talk(people.stranger, "hi"))["type"] == "ack"


@live
async def test_members_are_never_new(talk, people, room):
    await keep(room, new_guest_delay_s=3600)
    await in_db(Membership.objects.update)(joined_at=clock.now())
    assert (await talk(people.member, "hi"))["type"] == "ack"
    assert (await talk(people.guest, "hi"))["code"] == "too_new"


# --- words and links -----------------------------------------------------------------------


@live
async def test_a_word_of_the_list_is_refused_and_named_as_it_was_written(talk, people, room):
    await keep_out(room, people, words=["snap*"])
    refused = await talk(people.member, "he Snaps everybody")
    assert refused["code"] == "word_refused"
    assert "“Snaps”" in refused["message"]
    assert (await talk(people.member, "a snob"))["type"] == "ack"
    assert (await talk(people.owner, "he snaps"))["type"] == "ack"
    assert not await in_db(Message.objects.filter(body__contains="everybody").exists)()


@live
@pytest.mark.parametrize(
    ("links", "may"),
    [("allow", "guest member owner"), ("members", "member owner"), ("moderators", "owner")],
)
async def test_links_are_for_whom_the_room_says(talk, people, room, links, may):
    await keep_out(room, people, links=links)
    for name in ("guest", "member", "owner"):
        answer = await talk(getattr(people, name), "see https://example.org/x")
        assert answer.get("code", "ack") == ("ack" if name in may else "link_refused")


@live
async def test_masked_words_are_never_stored(talk, sockets, people, room):
    await keep_out(room, people, words=["Rosebud"], links="members", action="mask")
    said = (await talk(people.guest, "It is ROSEBUD, see https://rosebud.org!"))["message"]
    assert said["body"] == "It is •••, see •••!"
    ilya = await sockets.open(people.guest, room.code)
    edited = await ilya.ask(type="chat:edit", id=said["id"], body="rosebud again")
    assert edited["message"]["body"] == "••• again"
    stored = [*(await in_db(list)(Message.objects.values_list("body", flat=True))),
              *(await in_db(list)(Edit.objects.values_list("body", flat=True)))]  # fmt: skip
    assert not any("rosebud" in body.lower() for body in stored)


@live
async def test_changing_a_message_asks_the_same(talk, sockets, people, room):
    await keep_out(room, people, words=["rude"])
    said = (await talk(people.member, "kind"))["message"]["id"]
    ana = await sockets.open(people.member, room.code)
    assert (await ana.ask(type="chat:edit", id=said, body="rude"))["code"] == "word_refused"


def test_a_mute_made_of_masks_hides_names_too(say, room, people):
    Room.objects.update(filters={"words": ["mara"], "links": "allow", "action": "mask"})
    said = say("@Mara come", by=people.member)
    assert (said.body, said.mentions.count()) == ("@••• come", 0)


# --- the list ------------------------------------------------------------------------------


@pytest.fixture
def filters(api, room):
    def call(who, **body):
        path = f"/api/rooms/{room.code}/filters/"
        return api(who).put(path, body, format="json") if body else api(who).get(path)

    return call


def test_moderators_read_and_set_what_is_kept_out(filters, people):
    assert filters(people.owner).json() == {"words": [], "links": "allow", "action": "refuse"}
    assert filters(people.owner, words=["b", "a*", "b"]).json()["words"] == ["b", "a*"]
    assert filters(people.owner, links="members").json() == {
        "words": ["b", "a*"], "links": "members", "action": "refuse",
    }  # fmt: skip
    told = [(each.body, each.deed) for each in Message.objects.filter(kind="system")]
    assert told == [("Mara changed what the chat keeps out", {"name": "filters"})] * 2


def test_nobody_else_sees_the_list(filters, api, people, room):
    filters(people.owner, words=["marker-77"])
    for who, status in ((people.member, 403), (people.guest, 403), (people.stranger, 403)):
        assert filters(who).status_code == filters(who, links="allow").status_code == status
    assert filters(None).status_code == 401
    for path in (f"/api/rooms/{room.code}/", "/api/rooms/", f"/api/rooms/{room.code}/messages/"):
        assert "marker-77" not in api(people.owner).get(path).content.decode()


@pytest.mark.parametrize(
    "body",
    [{"words": ["*"]}, {"words": ["!"]}, {"words": ["x" * 61]}, {"words": "x"}, {"words": [1, {}]},
     {"words": [f"w{n}" for n in range(201)]}, {"links": "nobody"}, {"action": "ban"}, {"x": 1},
     {"words": ["a b c d e f g"]}, {"words": [""]}],
)  # fmt: skip
def test_malformed_lists_are_refused(filters, people, refusal, body):
    assert refusal(filters(people.owner, **body)) == (400, "invalid")


@pytest.fixture
def refusal():
    return lambda answer: (answer.status_code, answer.json()["error"]["code"])


# --- the rule by itself --------------------------------------------------------------------

GUEST = Speaker("guest", moderates=False, joined_ms=0)


@pytest.mark.parametrize(
    ("order", "now_ms", "last_ms", "barrier", "wait_s"),
    [
        (Order(), 0, 0, None, 0),
        (Order(slow_mode_s=10), 5_000, None, None, 0),
        (Order(slow_mode_s=10), 5_000, 0, Barrier.SLOW_MODE, 5),
        (Order(slow_mode_s=10), 10_000, 0, None, 0),
        (Order(new_guest_delay_s=10), 9_999, None, Barrier.TOO_NEW, 0.001),
        (Order(new_guest_delay_s=10), 10_000, None, None, 0),
        (Order(slow_mode_s=9, new_guest_delay_s=10), 5_000, 4_000, Barrier.TOO_NEW, 5),
        (Order(words=("x",)), 0, None, Barrier.WORD, 0),
    ],
)
def test_one_rule_decides(order, now_ms, last_ms, barrier, wait_s):
    verdict = judge("x", GUEST, order, now_ms=now_ms, last_ms=last_ms)
    assert (verdict.barrier, round(verdict.wait_s, 3)) == (barrier, wait_s)
    moderator = Speaker("guest", moderates=True, joined_ms=0)
    assert judge("x", moderator, order, now_ms=now_ms, last_ms=last_ms) == rules.Verdict("x")

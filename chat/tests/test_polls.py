"""What a message asks the room: opened, answered, changed, closed; who chose what is never told."""

import json

import pytest
from channels.db import database_sync_to_async

from accounts import own_data
from chat import polls, services
from chat.models import Message, Poll, Vote
from chat.tasks import sweep
from rooms import memberships
from syncwatch.lib.errors import Forbidden, Invalid

in_db = database_sync_to_async
pytestmark = pytest.mark.django_db(transaction=True)
ASK = {"type": "poll:open", "question": "What next?", "options": ["Rabbit", "Robot", "Sleep"]}


@pytest.fixture(autouse=True)
def quick(settings):
    settings.RATE_LIMIT_FACTOR = 1_000


@pytest.fixture
def ask():
    """`await ask(socket, nonce, …)`: opens a poll; answers its id."""

    async def do(socket, nonce="p1", **more):
        answer = await socket.ask(**ASK | {"nonce": nonce} | more)
        assert answer["type"] == "ack", answer
        return answer["message"]["id"]

    return do


def told(event):
    return event["counts"], event["voters"]


async def test_it_is_a_message_everybody_gets_and_newcomers_find(
    mara, ana, ask, sockets, people, room
):
    poll = await ask(mara, media_time=3)
    message = (await ana.frame("chat:message"))["message"]
    assert (message["id"], message["body"], message["kind"]) == (poll, "What next?", "text")
    assert message["poll"] == {
        "options": ASK["options"], "multiple": False, "counts": [0, 0, 0], "voters": 0,
        "closes_at": None, "closed_at": None,
    }  # fmt: skip
    await ana.ask(type="poll:vote", id=poll, options=[1])
    late = (await sockets.open(people.guest, room.code)).snapshot
    assert [(row["id"], row["question"], row["counts"]) for row in late["polls"]] == [
        (poll, "What next?", [0, 1, 0])
    ]
    assert (late["messages"][0]["poll"]["counts"], late["votes"]) == ([0, 1, 0], {})
    assert (await sockets.open(people.member, room.code)).snapshot["votes"] == {poll: [1]}


async def test_a_vote_is_told_counted_once_and_may_be_changed(mara, ana, ask, frozen_clock):
    poll = await ask(mara)
    assert (await ana.ask(type="poll:vote", id=poll, options=[0]))["options"] == [0]
    assert told(await mara.frame("poll:voted")) == ([1, 0, 0], 1)
    await ana.ask(type="poll:vote", id=poll, options=[0])
    assert await mara.without("poll:voted")
    frozen_clock.advance(501)
    await ana.ask(type="poll:vote", id=poll, options=[2])
    assert told(await mara.frame("poll:voted")) == ([0, 0, 1], 1)
    frozen_clock.advance(501)
    assert (await ana.ask(type="poll:vote", id=poll, options=[]))["options"] == []
    assert told(await mara.frame("poll:voted")) == ([0, 0, 0], 0)


async def test_what_one_chose_shows_on_all_of_one_s_pages_and_on_nobody_else_s(
    mara, ana, ask, sockets, people, room
):
    poll = await ask(mara)
    other = await sockets.open(people.member, room.code)
    await ana.ask(type="poll:vote", id=poll, options=[1])
    for page in (ana, other):
        told_own = await page.frame("poll:chosen")
        assert (told_own["id"], told_own["options"]) == (poll, [1])
    assert await mara.without("poll:chosen")
    await ana.ask(type="poll:vote", id=poll, options=[1])
    assert await other.without("poll:chosen")
    await other.ask(type="poll:vote", id=poll, options=[])
    assert (await ana.frame("poll:chosen"))["options"] == []


async def test_an_open_poll_says_where_in_the_film_it_stands(mara, ask, sockets, people, room):
    poll = await ask(mara, media_time=31)
    (row,) = (await sockets.open(people.member, room.code)).snapshot["polls"]
    assert (row["id"], row["media_time"]) == (poll, 31)
    assert row["author_id"] == str(people.owner.id)


async def test_who_chose_what_is_in_no_event_and_no_message(mara, ana, ask, people):
    poll = await ask(mara)
    await mara.frame("chat:message")
    await ana.ask(type="poll:vote", id=poll, options=[1])
    assert str(people.member.id) not in json.dumps(await mara.frame("poll:voted"))


async def test_where_several_may_be_chosen_voters_are_people(mara, ana, ask):
    poll = await ask(mara, multiple=True)
    await ana.ask(type="poll:vote", id=poll, options=[2, 0, 2])
    assert told(await mara.frame("poll:voted")) == ([1, 0, 1], 1)


async def test_a_crowd_is_told_of_twice_a_second(
    mara, ana, ask, sockets, people, room, frozen_clock
):
    poll = await ask(mara)
    ilya = await sockets.open(people.guest, room.code)
    for socket in (ana, ilya, mara):
        await socket.ask(type="poll:vote", id=poll, options=[0])
    assert told(await ana.frame("poll:voted")) == ([1, 0, 0], 1)
    assert await ana.without("poll:voted")
    frozen_clock.advance(501)
    await sockets.run_due()
    assert told(await ana.frame("poll:voted")) == ([3, 0, 0], 3)
    assert await ana.without("poll:voted")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"options": ["One"]}, "two options at least"),
        ({"options": []}, "two options at least"),
        ({"options": [str(n) for n in range(11)]}, "10 options at most"),
        ({"options": ["a", " A "]}, "say the same"),
        ({"options": ["a", " \u200b "]}, "needs words"),
        ({"options": ["a", "b" * 101]}, "100"),
        ({"question": "  "}, "needs a question"),
        ({"question": "x" * 201}, "200"),
        ({"options": ["a", 7]}, ""),
        ({"options": "ab"}, ""),
        ({"for_s": 5}, ""),
        ({"for_s": 1.5}, ""),
        ({"multiple": 1}, ""),
        ({"nonce": ""}, ""),
        ({"by": "me"}, ""),
    ],
)
async def test_malformed_polls_are_refused_in_words(mara, wrong, words):
    answer = await mara.ask(**ASK | {"nonce": "n"} | wrong)
    assert answer["code"] == "invalid"
    assert words in answer["message"]
    assert not await in_db(Message.objects.exists)()


async def test_opened_twice_by_one_nonce_it_is_one(mara, ana, ask):
    assert await ask(mara, "same") == await ask(mara, "same")
    await ana.frame("chat:message")
    assert await ana.without("chat:message")
    assert await in_db(Poll.objects.count)() == 1


async def test_five_are_open_at_most(mara, ask):
    names = [await ask(mara, f"p{n}") for n in range(5)]
    refused = await mara.ask(**ASK, nonce="p6")
    assert refused["message"] == "5 polls are open. Close one of them first."
    await mara.ask(type="poll:close", id=names[0])
    await ask(mara, "p7")


async def test_malformed_votes_are_refused(mara, ana, ask, say):
    poll, words = await ask(mara), str((await in_db(say)("no poll")).id)
    for wrong in ([3], [0, 1], [-1], ["0"], "0", [True]):
        answer = await ana.ask(type="poll:vote", id=poll, options=wrong)
        assert answer["code"] == "invalid", wrong
    for target in (words, "nonsense"):
        for frame in ({"type": "poll:vote", "options": [0]}, {"type": "poll:close"}):
            assert (await ana.ask(**frame, id=target))["code"] == "not_found"
    assert not await in_db(Vote.objects.exists)()


async def test_who_may_not_write_neither_asks_nor_votes(mara, ana, ask, people, room, quick):
    poll = await ask(mara)

    def mute():
        from rooms.access import member_in
        from rooms.rights import Change, rights_set

        actor, target = (member_in(room, str(one.id)) for one in (people.owner, people.member))
        rights_set(actor=actor, target=target, changes=[Change("chat", False, None)])

    await in_db(mute)()
    await ana.frame("room:member:updated")
    for frame in (
        ASK | {"nonce": "n"}, {"type": "poll:vote", "id": poll, "options": [0]},
        {"type": "poll:close", "id": poll},
    ):  # fmt: skip
        assert (await ana.ask(**frame))["code"] == "no_chat"


async def test_it_is_closed_by_who_asked_or_a_moderator_once(mara, ana, ask, sockets, people, room):
    mine, theirs = await ask(ana, "a"), await ask(ana, "b")
    ilya = await sockets.open(people.guest, room.code)
    assert (await ilya.ask(type="poll:close", id=mine))["code"] == "forbidden"
    await ana.ask(type="poll:vote", id=mine, options=[1])
    assert (await ana.ask(type="poll:close", id=mine))["changed"]
    event = await ilya.frame("poll:closed")
    assert (event["id"], event["by"], told(event)) == (mine, str(people.member.id), ([0, 1, 0], 1))
    assert not (await ana.ask(type="poll:close", id=mine))["changed"]
    assert (await ana.ask(type="poll:vote", id=mine, options=[0]))["code"] == "poll_closed"
    assert (await mara.ask(type="poll:close", id=theirs))["changed"]
    late = (await sockets.open(people.guest, room.code)).snapshot
    assert (late["polls"], bool(late["messages"][0]["poll"]["closed_at"])) == ([], True)


async def test_it_closes_by_itself_when_its_time_is_over(mara, ana, ask, sockets, frozen_clock):
    poll = await ask(mara, for_s=60)
    assert (await ana.frame("chat:message"))["message"]["poll"]["closes_at"]
    frozen_clock.advance(59_000)
    await sockets.run_due()
    assert await ana.without("poll:closed")
    frozen_clock.advance(1_500)
    assert (await ana.ask(type="poll:vote", id=poll, options=[0]))["code"] == "poll_closed"
    await sockets.run_due()
    assert (await ana.frame("poll:closed"))["by"] is None


async def test_a_deadline_that_was_lost_is_kept_by_the_sweep(mara, ana, ask, frozen_clock):
    await ask(mara, for_s=10)
    frozen_clock.advance(11_000)
    await in_db(sweep)()
    assert (await ana.frame("poll:closed"))["by"] is None
    assert await in_db(sweep)() == 0


async def test_taken_back_its_options_and_votes_are_gone_too(mara, ana, ask, sockets, people, room):
    poll = await ask(mara)
    await ana.ask(type="poll:vote", id=poll, options=[0])
    await mara.ask(type="chat:delete", id=poll)
    await ana.frame("chat:deleted")
    assert not await in_db(Poll.objects.exists)()
    assert (await sockets.open(people.guest, room.code)).snapshot["polls"] == []
    assert (await ana.ask(type="poll:vote", id=poll, options=[1]))["code"] == "not_found"


async def test_what_was_asked_stays_as_it_was_asked(mara, ask):
    answer = await mara.ask(type="chat:edit", id=await ask(mara), body="Something else?")
    assert (answer["code"], answer["message"]) == (
        "forbidden", "A poll stays as it was asked. Close it and ask anew.",
    )  # fmt: skip


async def test_votes_are_exported_and_erased_and_the_room_hears_of_other_counts(
    mara, ana, ask, people, room
):
    poll = await ask(mara)
    await ana.ask(type="poll:vote", id=poll, options=[2])
    await mara.frame("poll:voted")
    mine = (await in_db(own_data.export_all)(people.member))["chat"]["votes"]
    assert mine == [{"room": room.name, "poll": poll, "option": 2}]
    said = (await in_db(own_data.export_all)(people.owner))["chat"]["messages"]
    assert said[0]["poll"]["options"] == ASK["options"]
    await in_db(own_data.erase_all)(people.member)
    assert told(await mara.frame("poll:voted")) == ([0, 0, 0], 0)
    assert not await in_db(Vote.objects.exists)()


def test_a_page_of_polls_costs_the_same_whatever_its_length(
    api, room, people, django_assert_max_num_queries
):
    for number in range(20):
        message = services.message_send(
            room_id=str(room.id), author_id=str(people.owner.id), body="?", nonce=f"n{number}"
        )
        Poll.objects.create(message=message, options=["a", "b"], counts=[0, 0])
    with django_assert_max_num_queries(12):
        page = api(people.member).get(f"/api/rooms/{room.code}/messages/").json()
    assert all(row["poll"] for row in page["results"])


def test_others_polls_are_not_closed_over_the_service(say, people, room):
    message = say("?")
    poll = Poll.objects.create(message=message, options=["a", "b"], counts=[0, 0])
    memberships.place_take(user=people.stranger, room=room, role="member")
    with pytest.raises(Forbidden):
        polls.poll_close(poll=poll, by=str(people.stranger.id), moderates=False)
    with pytest.raises(Invalid):
        polls.vote(poll=poll, user_id=str(people.stranger.id), options=[0, 1])

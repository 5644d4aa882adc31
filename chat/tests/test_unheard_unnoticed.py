"""What could tell somebody of a shadow mute, though no door and no event does."""


import pytest
from channels.db import database_sync_to_async

from chat.store import TAIL_LENGTH
from chat.unheard.services import release
from rooms.access import member_in

in_db = database_sync_to_async
pytestmark = pytest.mark.django_db


@pytest.fixture
def told(room, people):
    """`told(message)`: the moderator shows it to everybody."""
    actor = member_in(room, str(people.owner.pk))
    return lambda message: release(actor=actor, message_id=str(message.pk))


@pytest.mark.django_db(transaction=True)
async def test_after_a_reload_nothing_of_theirs_is_missing_in_the_middle(
    say, shadow, sockets, people, room
):
    """The history goes on where the snapshot begins."""
    await in_db(say)("Hello")
    await in_db(shadow)(people.guest)
    for number in range(TAIL_LENGTH + 2):
        await in_db(say)(f"n{number}", by=people.guest)
    mine = (await sockets.open(people.guest, room.code)).snapshot["messages"]
    assert [each["body"] for each in mine] == [f"n{number}" for number in range(2, 52)]

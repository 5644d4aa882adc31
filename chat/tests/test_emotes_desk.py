"""Emotes on the staff's desk: taken down with a reason, once, and told to open rooms."""

import pytest
from channels.db import database_sync_to_async

from accounts.models import AuditEntry, User
from chat.emotes import services
from chat.emotes.models import Emote
from chat.tests.test_emotes import png
from rooms.models import Measure
from syncwatch.tests.desk import Desk

in_db = database_sync_to_async
pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(db):
    return Desk.moderator()


@pytest.fixture
def sofa(room, people):
    return services.emote_add(room=room, by=people.owner, name="sofa", raw=png())[0]


def test_one_is_removed_once_with_its_reason_beside_the_audit(keeper, sofa, people):
    assert "name stands again" in keeper.ask("remove", sofa).content.decode()
    assert Emote.objects.exists()
    keeper.order("remove", sofa, reason="somebody's face")
    keeper.order("remove", sofa, reason="somebody's face")
    assert not Emote.objects.exists()
    (row,) = AuditEntry.objects.filter(action="room.emote")
    assert (row.actor_id, row.detail["emote"]) == (keeper.user.pk, str(sofa.pk))
    assert "face" not in str(row.detail)
    measure = Measure.objects.get(action="emote")
    assert (measure.reason, measure.person) == ("somebody's face", people.owner)


@pytest.mark.parametrize("who", ["nobody", "owner", "guest"])
def test_there_is_no_desk_for_others(who, people, sofa):
    assert Desk(getattr(people, who, None)).order("remove", sofa).status_code == 404
    assert Emote.objects.exists()


def test_whoever_may_only_look_removes_nothing(sofa):
    Desk.reader().order("remove", sofa)
    assert Emote.objects.exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    ("query", "found"),
    [("q=sofa", True), ("q=:sofa:", True), ("q={code}", True), ("q=mara", True), ("q=rug", False)],
)
def test_they_are_found(query, found, keeper, sofa, room):
    listed = keeper.list(Emote, query.format(code=room.code)).context["cl"].result_list
    assert [each.pk for each in listed] == ([sofa.pk] if found else [])


def test_its_page_shows_the_picture(keeper, sofa):
    assert f"/emotes/{sofa.address}.webp" in keeper.page(sofa).content.decode()


def test_a_list_takes_as_many_queries_for_twenty_as_for_one(keeper, sofa, room):
    few = keeper.queries(Emote)
    for number in range(20):
        user = User.objects.create_user(f"p{number}", "correct horse")
        services.emote_add(room=room, by=user, name=f"e{number}", raw=png())
    assert keeper.queries(Emote) == few


@pytest.mark.django_db(transaction=True)
async def test_it_goes_from_open_pages(sockets, people, room, sofa):
    keeper = await in_db(Desk.moderator)()
    mara = await sockets.open(people.owner, room.code)
    await in_db(keeper.order)("remove", sofa, reason="")
    assert (await mara.frame("emote:removed"))["name"] == "sofa"

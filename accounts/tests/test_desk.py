"""The staff's desk: who may do what to people, what is asked first, what the audit keeps of it."""

import datetime

import pytest
from channels.db import database_sync_to_async
from django.contrib.auth.models import Group
from django.core.paginator import Paginator
from django.db import connection

from accounts import audit, sessions
from accounts.desk import paging, powers
from accounts.models import AuditEntry, RefreshSession, User
from accounts.pictures.services import picture_set
from accounts.tests.pictures import drawn
from rooms import services as room_services
from rooms.models import Membership
from syncwatch.lib import clock
from syncwatch.lib.errors import Conflict
from syncwatch.tests.desk import Desk, said
from syncwatch.tests.operators import command

in_db = database_sync_to_async
pytestmark = pytest.mark.django_db
ACTS = ["suspend", "restore", "sign_out", "picture"]


@pytest.fixture
def chief(db):
    return Desk.chief()


@pytest.fixture
def keeper(db):
    return Desk.moderator()


def rows(action):
    return list(AuditEntry.objects.filter(action=action))


# --- suspending ------------------------------------------------------------------------------


def test_the_page_says_what_will_happen_and_to_whom_and_changes_nothing(keeper, ana, bob):
    page = keeper.ask("suspend", ana, bob).content.decode()
    assert "close within a second" in page
    assert "Ana" in page
    assert "bob" in page
    assert not User.objects.filter(is_active=False).exists()
    assert not rows("account.suspend")


def test_a_person_is_suspended_with_a_reason_and_an_end(keeper, ana, signed_in):
    session = signed_in(ana).session
    until = {"until_0": "2096-12-24", "until_1": "18:00"}
    answer = keeper.order("suspend", ana, reason="  Loud\u202e at   night ", **until)
    assert answer.status_code == 302
    ana.refresh_from_db()
    session.refresh_from_db()
    assert (ana.is_active, ana.suspended_reason) == (False, "Loud at night")
    assert ana.suspended_until == datetime.datetime(2096, 12, 24, 18, tzinfo=datetime.UTC)
    assert session.revoked_at is not None
    (row,) = rows("account.suspend")
    assert (row.actor_id, row.target) == (keeper.user.pk, str(ana.pk))
    assert "Loud" not in str(row.detail)


def test_suspended_twice_is_written_down_once(keeper, ana):
    for _ in range(2):
        answer = keeper.order("suspend", ana, reason="Loud")
    assert said(answer) == ["There was nothing to do any more."]
    assert len(rows("account.suspend")) == 1
    keeper.order("suspend", ana, reason="Loud, and more")
    assert len(rows("account.suspend")) == 2


def test_a_form_that_is_sent_twice_counts_once(keeper, ana):
    keeper.order("suspend", ana, reason="Loud", once="the-same")
    answer = keeper.order("restore", ana, once="the-same")
    assert said(answer) == ["This was sent twice; it was done once."]
    ana.refresh_from_db()
    assert not ana.is_active


@pytest.mark.parametrize(
    "wrong",
    [
        {"until_0": "2001-01-01", "until_1": "00:00"}, {"until_0": "soon", "until_1": "18:00"},
        {"reason": "x" * 201},
    ],
)  # fmt: skip
def test_what_is_malformed_is_asked_for_again(keeper, ana, wrong):
    answer = keeper.order("suspend", ana, **wrong)
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()
    ana.refresh_from_db()
    assert ana.is_active


def test_nobody_that_does_not_exist_is_acted_on(keeper, ana):
    ghost = User(pk="01890000-0000-7000-8000-000000000001", username="ghost")
    assert keeper.order("suspend", ghost).status_code in {200, 302}
    assert not AuditEntry.objects.filter(action="account.suspend").exists()


def test_let_in_again_once(keeper, ana):
    keeper.order("suspend", ana)
    keeper.order("restore", ana)
    keeper.order("restore", ana)
    ana.refresh_from_db()
    assert ana.is_active
    assert len(rows("account.restore")) == 1


def test_signed_out_everywhere_once(keeper, ana, signed_in):
    signed_in(ana)
    signed_in(ana)
    keeper.order("sign_out", ana)
    keeper.order("sign_out", ana)
    assert not RefreshSession.objects.filter(user=ana, revoked_at=None).exists()
    (row,) = rows("account.sign_out")
    assert row.detail == {"sessions": 2}
    ana.refresh_from_db()
    assert ana.is_active


def test_many_at_once_are_a_row_each(keeper, ana, bob, visitor):
    keeper.order("suspend", ana, bob, visitor, reason="Flood")
    assert {row.target for row in rows("account.suspend")} == {
        str(each.pk) for each in (ana, bob, visitor)
    }


# --- who may ---------------------------------------------------------------------------------


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("who", ["nobody", "stranger", "guest"])
def test_there_is_no_desk_for_others(act, who, ana, bob, visitor):
    desk = Desk({"nobody": None, "stranger": bob, "guest": visitor}[who])
    assert desk.order(act, ana).status_code == 404
    assert desk.list(User).status_code == 404
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("act", ACTS)
def test_whoever_may_only_look_does_nothing(act, ana):
    reader = Desk.reader()
    assert reader.list(User).status_code == 200
    reader.order(act, ana)
    ana.refresh_from_db()
    assert ana.is_active
    assert not AuditEntry.objects.exists()
    assert "_selected_action" not in reader.page(ana).content.decode()


def test_staff_without_any_right_see_no_list(ana):
    bare = Desk(User.objects.create_user("bare", "correct horse", is_staff=True))
    assert bare.list(User).status_code == 403


@pytest.mark.parametrize("act", ["suspend", "sign_out"])
def test_nobody_acts_on_themselves_and_moderators_on_no_staff(act, keeper, chief, signed_in):
    signed_in(chief.user)
    signed_in(keeper.user)
    answer = keeper.order(act, keeper.user, chief.user)
    assert [words.partition(": ")[2] for words in said(answer)] == [
        "Only a superuser acts on staff.", "This is yourself.",
    ] or len(said(answer)) == 2  # fmt: skip
    assert not User.objects.filter(is_active=False).exists()
    assert not RefreshSession.objects.filter(revoked_at__isnull=False).exists()


def test_moderators_hand_out_no_powers_and_change_nothing_by_hand(keeper, ana):
    page = f"/admin/accounts/user/{ana.pk}/change/"
    assert keeper.client.get(page).status_code == 200
    answer = keeper.client.post(page, {"is_staff": "on", "is_superuser": "on", "email": "x@y.zz"})
    assert answer.status_code == 403
    for path in ("/admin/auth/group/", "/admin/accounts/user/add/"):
        assert keeper.client.get(path).status_code == 403
    ana.refresh_from_db()
    assert (ana.is_staff, ana.is_superuser, ana.email) == (False, False, "")


def test_a_superuser_changes_powers_and_nothing_else(chief, ana):
    page = f"/admin/accounts/user/{ana.pk}/change/"
    answer = chief.client.post(page, {"is_staff": "on", "display_name": "Nobody", "email": "x@y.z"})
    assert answer.status_code == 302
    ana.refresh_from_db()
    assert (ana.is_staff, ana.display_name, ana.email) == (True, "Ana", "")
    assert len(rows("staff.user.change")) == 1


def test_an_erased_person_is_left_alone(chief, ana):
    from accounts.services import account_erase

    account_erase(user=ana)
    chief.order("restore", ana)
    ana.refresh_from_db()
    assert not ana.is_active


# --- the group -------------------------------------------------------------------------------


def test_the_group_is_made_once_and_then_left_as_it_is(keeper, bob):
    group = Group.objects.get(name="moderators")
    assert {"change_user", "change_room", "delete_message", "change_report", "delete_video"} <= set(
        group.permissions.values_list("codename", flat=True)
    )
    assert not group.permissions.filter(content_type__app_label="auth").exists()
    group.permissions.remove(group.permissions.get(codename="delete_video"))
    powers.moderator_make(actor=None, user=bob)
    assert not group.permissions.filter(codename="delete_video").exists()


def test_a_moderator_is_made_and_unmade_by_command_once(ana):
    assert command("moderator", "Ana").code == 0
    assert "Made moderator 0 people" in command("moderator", "ana").out
    ana.refresh_from_db()
    assert (ana.is_staff, ana.is_superuser) == (True, False)
    assert command("moderator", "ana", lift=True).code == 0
    command("moderator", "ana", lift=True)
    ana.refresh_from_db()
    assert not ana.is_staff
    assert [row.detail for row in AuditEntry.objects.filter(action="account.moderator")] == [
        {"on": False}, {"on": True},
    ]  # fmt: skip


def test_a_guest_is_no_staff(visitor):
    with pytest.raises(Conflict):
        powers.moderator_make(actor=None, user=visitor)
    assert command("moderator", str(visitor.pk)).code == 1
    assert command("moderator", "who").code == 2


# --- lists -----------------------------------------------------------------------------------


def many(count):
    for number in range(count):
        user = User.objects.create_user(f"p{number}", "correct horse", email=f"p{number}@x.zz")
        User.objects.create_guest(f"Guest {number}")
        sessions.session_open(user=user, agent="test")
        audit.record(user, "account.test", user.pk)


@pytest.mark.parametrize("model", [User, RefreshSession, AuditEntry])
@pytest.mark.parametrize("query", ["", "q=p", "q=01890000-0000-7000-8000-000000000001"])
def test_a_list_takes_as_many_queries_for_forty_rows_as_for_two(chief, model, query):
    many(2)
    few = chief.queries(model, query)
    many_more = [User(username=f"q{n}", display_name=f"p{n}") for n in range(38)]
    for user in User.objects.bulk_create(many_more):
        sessions.session_open(user=user, agent="test")
        audit.record(user, "account.test", user.pk)
    assert chief.queries(model, query) == few
    assert few <= 9


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=AN", {"Ana"}), ("q=ana@watch.example", {"Ana"}), ("q=gust", {"Gustav"}),
        ("kind=guest", {"Gustav"}), ("standing=suspended", {"Bob"}),
        ("kind=account&standing=open&q=b", set()), ("q=nobody-like-this", set()), ("q=%00", None),
    ],
)  # fmt: skip
def test_people_are_found_by_what_staff_know_of_them(chief, ana, bob, visitor, query, found):
    User.objects.filter(pk=ana.pk).update(email="ana@watch.example")
    User.objects.filter(pk=bob.pk).update(is_active=False)
    listed = chief.list(User, query).context["cl"].result_list
    if found is not None:
        assert {each.display_name for each in listed} - {"Chief"} == found
    by_id = chief.list(User, f"q={visitor.pk}").context["cl"].result_list
    assert [each.pk for each in by_id] == [visitor.pk]


def test_the_audit_is_found_by_whom_it_is_about_and_shows_names_of_today(chief, keeper, ana):
    keeper.order("suspend", ana)
    page = chief.list(AuditEntry, f"q={ana.pk}&about=account").content.decode()
    assert "account.suspend" in page
    assert ">keeper</a>" in page
    assert ">Ana</a>" in page


def test_nobody_writes_into_the_audit(chief, ana):
    audit.record(ana, "test", ana.id)
    row = AuditEntry.objects.get(action="test")
    page = f"/admin/accounts/auditentry/{row.pk}/"
    assert chief.client.get("/admin/accounts/auditentry/add/").status_code == 403
    assert chief.client.post(f"{page}change/", {"action": "x"}).status_code == 403
    assert chief.client.post(f"{page}delete/", {"post": "yes"}).status_code == 403
    chief.client.post("/admin/accounts/auditentry/", {
        "action": "delete_selected", "_selected_action": [str(row.pk)], "post": "yes"})  # fmt: skip
    row.refresh_from_db()
    assert row.action == "test"


def test_what_is_narrowed_down_is_counted_only_so_far(ana, bob, visitor, monkeypatch):
    monkeypatch.setattr(paging, "COUNTED_MAX", 2)
    narrowed = User.objects.filter(is_staff=False)
    assert paging.CheapPaginator(narrowed, 1).count == 2
    assert Paginator(narrowed, 1).count == 3


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL")
def test_all_rows_are_what_postgresql_believes_they_are(ana, bob, visitor, monkeypatch):
    monkeypatch.setattr(paging, "COUNTED_MAX", 1)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE accounts_user")
    User.objects.create_guest("Late")
    assert paging.CheapPaginator(User.objects.all(), 1).count == 3


# --- sockets that are open -------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", ["suspend", "sign_out"])
async def test_an_open_socket_closes_at_once(act, sockets, people, room):
    keeper = await in_db(Desk.moderator)()
    ana = await sockets.open(people.member, room.code)
    mara = await sockets.open(people.owner, room.code)
    await in_db(keeper.order)(act, people.member, reason="Loud")
    assert await ana.closing_code() == 4401
    assert await mara.without("room:closed")


@pytest.mark.django_db(transaction=True)
async def test_one_sign_in_ends_and_the_others_go_on(sockets, people, room):
    keeper = await in_db(Desk.moderator)()
    first = await sockets.open(people.member, room.code)
    session = await in_db(RefreshSession.objects.get)(user=people.member)
    second = await sockets.open(people.member, room.code)
    for _ in range(2):
        await in_db(keeper.order)("end", session)
    assert await first.closing_code() == 4401
    assert await second.without("room:closed")
    kept = await in_db(
        lambda: AuditEntry.objects.filter(action="staff.refreshsession.end").count()
    )()
    assert kept == 1


def test_a_persons_page_leads_to_what_is_theirs(chief, ana):
    room = room_services.room_create(owner=ana, name="Club")
    assert Membership.objects.filter(room=room).exists()
    page = chief.page(ana).content.decode()
    for address in (
        "/admin/rooms/room/?owner__id__exact=",
        "/admin/chat/message/?author__id__exact=",
        "/admin/videos/video/?owner__id__exact=",
        "/admin/accounts/auditentry/?q=",
    ):
        assert f"{address}{ana.pk}" in page
        assert chief.client.get(f"{address}{ana.pk}").status_code == 200


def test_the_clock_of_an_end_is_the_servers(keeper, ana, frozen_clock):
    past = (clock.now() - datetime.timedelta(days=1)).date().isoformat()
    assert keeper.order("suspend", ana, until_0=past, until_1="00:00").status_code == 200


# --- pictures --------------------------------------------------------------------------------


def test_a_picture_is_taken_away_once(keeper, ana):
    picture_set(user=ana, raw=drawn())
    assert "initials" in keeper.ask("picture", ana).content.decode()
    for _ in range(2):
        keeper.order("picture", ana)
    ana.refresh_from_db()
    assert ana.picture is None
    (row,) = rows("account.picture_remove")
    assert (row.actor_id, row.target, row.detail) == (keeper.user.pk, str(ana.pk), {})


def test_who_has_no_picture_is_left_out(keeper, ana):
    assert "Has no picture" in keeper.ask("picture", ana).content.decode()
    keeper.order("picture", ana)
    assert not rows("account.picture_remove")

"""Messages and reports on the staff's desk: removed, taken, settled, rejected."""

import pytest
from channels.db import database_sync_to_async

from accounts.models import AuditEntry, User
from chat.models import Message, Report
from rooms.models import Measure
from syncwatch.lib import clock
from syncwatch.tests.desk import Desk, said

in_db = database_sync_to_async
pytestmark = pytest.mark.django_db
STATES = {"take": "taken", "settle": "done", "reject": "dismissed"}


@pytest.fixture
def keeper(db):
    return Desk.moderator()


@pytest.fixture
def rude(say, people):
    return say("You all are fools", by=people.member, media_time_s=3725)


@pytest.fixture
def report(rude, people, room):
    return Report.objects.create(
        room=room, reporter=people.guest, subject=rude.pk, message=rude, person=people.member,
        kind="harassment", excerpt=rude.body, media_time_s=3725, note="please look",
    )  # fmt: skip


def rows(action):
    return list(AuditEntry.objects.filter(action=action))


# --- messages --------------------------------------------------------------------------------


def test_a_message_is_removed_once_with_its_reason_beside_the_audit(keeper, rude):
    asked = keeper.ask("remove", rude).content.decode()
    assert "keeps the words as they were" in asked
    rude.refresh_from_db()
    assert rude.body
    keeper.order("remove", rude, reason="insults")
    answer = keeper.order("remove", rude, reason="insults")
    assert said(answer) == [": Is taken back already."]
    rude.refresh_from_db()
    assert (rude.body, rude.deleted_at is None) == ("", False)
    (row,) = rows("room.delete")
    assert (row.actor_id, row.detail["message"]) == (keeper.user.pk, str(rude.pk))
    assert "insults" not in str(row.detail)
    assert Measure.objects.get(action="delete").reason == "insults"


@pytest.mark.parametrize("who", ["nobody", "owner", "guest"])
def test_messages_have_no_desk_for_others(who, people, rude, report):
    desk = Desk(getattr(people, who, None))
    assert desk.order("remove", rude).status_code == 404
    for act in STATES:
        assert desk.order(act, report).status_code == 404
    assert Message.objects.get(pk=rude.pk).body
    assert not AuditEntry.objects.exists()


def test_whoever_may_only_look_removes_and_settles_nothing(rude, report):
    reader = Desk.reader()
    reader.order("remove", rude)
    for act in STATES:
        reader.order(act, report)
    assert Message.objects.get(pk=rude.pk).body
    assert Report.objects.get().state == "open"
    assert not AuditEntry.objects.exists()


def test_a_reason_has_an_end(keeper, rude):
    assert keeper.order("remove", rude, reason="x" * 201).status_code == 200
    assert Message.objects.get(pk=rude.pk).body


def test_a_line_of_what_happened_is_not_removed(keeper, room, people):
    line = Message.objects.create(
        room=room, author=people.owner, kind="system", body="Mara pressed play", nonce="1",
        deed={"name": "play"}, rank=1,
    )  # fmt: skip
    answer = keeper.order("remove", line)
    assert "nobody said it" in said(answer)[0]
    assert Message.objects.get(pk=line.pk).body


def test_a_message_stands_among_its_neighbours_and_leads_on(keeper, say, people, rude):
    say("Hello <b>", by=people.owner)
    page = keeper.page(rude).content.decode()
    assert "Hello &lt;b&gt;" in page
    assert "1:02:05" in page
    assert f"/admin/accounts/user/{people.member.pk}/change/" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=fools", True), ("q=@ana", True), ("q=@mara", False), ("q={code}", True),
        ("q={pk}", True), ("state=removed", False), ("state=said", True), ("author=guest", False),
        ("author=account", True), ("kind__exact=text", True), ("q=wise", False),
    ],
)  # fmt: skip
def test_messages_are_found(query, found, keeper, rude, room):
    query = query.format(code=room.code, pk=rude.pk)
    listed = keeper.list(Message, query).context["cl"].result_list
    assert [each.pk for each in listed] == ([rude.pk] if found else [])


# --- reports ---------------------------------------------------------------------------------


@pytest.mark.parametrize("act", STATES)
def test_a_report_is_handled_once(act, keeper, report):
    assert keeper.ask(act, report).status_code == 200
    assert Report.objects.get().state == "open"
    keeper.order(act, report)
    keeper.order(act, report)
    report.refresh_from_db()
    assert (report.state, report.handled_by) == (STATES[act], keeper.user)
    assert report.handled_at is not None
    (row,) = rows("room.report")
    assert (row.actor_id, row.detail["state"]) == (keeper.user.pk, STATES[act])


def test_what_is_settled_stays_so(keeper, report):
    keeper.order("settle", report)
    for act in ("take", "reject"):
        assert "Is settled already." in said(keeper.order(act, report))[-1]
    assert Report.objects.get().state == "done"
    assert len(rows("room.report")) == 1


def test_the_queue_shows_what_waits_unless_asked_for_more(keeper, report):
    def listed(query=""):
        return [each.pk for each in keeper.list(Report, query).context["cl"].result_list]

    assert listed() == [report.pk]
    keeper.order("take", report)
    assert listed() == listed("state=taken") == [report.pk]
    keeper.order("reject", report)
    assert listed() == listed("state=open") == []
    assert listed("state=dismissed") == listed("state=all") == [report.pk]


def test_a_report_shows_the_moment_the_neighbours_and_the_words_as_they_were(
    keeper, report, rude, say, people
):
    say("I agree", by=people.guest)
    keeper.order("remove", rude)
    page = keeper.page(report).content.decode()
    for words in ("1:02:05", "I agree", "You all are fools", "please look"):
        assert words in page
    for thing in (people.member, people.guest, report.room, rude):
        name = f"{thing._meta.app_label}/{thing._meta.model_name}"
        assert f"/admin/{name}/{thing.pk}/change/" in page


def test_a_report_of_a_person_shows_what_they_said_last(keeper, people, room, say, shadow):
    say("Something else", by=people.member)
    shadow(people.member)
    say("Nobody reads this", by=people.member)
    report = Report.objects.create(
        room=room,
        reporter=people.guest,
        subject=people.member.pk,
        person=people.member,
        kind="spam",
    )
    page = keeper.page(report).content.decode()
    assert "Something else<" in page
    assert "Nobody reads this (unheard)<" in page


def test_nobody_sees_or_settles_what_is_about_themselves(keeper, report):
    Report.objects.update(person=keeper.user)
    assert keeper.list(Report).context["cl"].result_list == []
    keeper.order("reject", report)
    assert keeper.page(report).status_code == 302
    assert Report.objects.get().state == "open"


@pytest.mark.parametrize("query", ["", "q=ana", "state=all&kind__exact=harassment"])
@pytest.mark.parametrize("model", [Message, Report])
def test_a_list_of_words_takes_as_many_queries_for_twenty_as_for_one(
    model, query, keeper, report, people, room
):
    few = keeper.queries(model, query if model is Report else "")
    for number in range(20):
        user = User.objects.create_user(f"p{number}", "correct horse", display_name=f"ana{number}")
        made = Message.objects.create(room=room, author=user, body=f"{number}", nonce="1", rank=99)
        Report.objects.create(
            room=room, reporter=people.owner, subject=made.pk, message=made, person=user,
            kind="harassment", handled_by=user, handled_at=clock.now(),
        )  # fmt: skip
    assert keeper.queries(model, query if model is Report else "") == few
    assert few <= 8


# --- sockets that are open -------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
async def test_a_removed_message_goes_from_open_pages(sockets, people, room, say):
    rude = await in_db(say)("You all are fools", by=people.member)
    keeper = await in_db(Desk.moderator)()
    mara = await sockets.open(people.owner, room.code)
    await in_db(keeper.order)("remove", rude, reason="insults")
    told = await mara.frame("chat:deleted")
    assert (told["id"], told["by"]) == (str(rude.pk), str(keeper.user.pk))


@pytest.mark.django_db(transaction=True)
async def test_moderators_of_the_room_see_that_a_report_waits_no_more(sockets, people, room):
    report = await in_db(Report.objects.create)(
        room=room,
        reporter=people.guest,
        subject=people.member.pk,
        person=people.member,
        kind="spam",
    )
    keeper = await in_db(Desk.moderator)()
    mara = await sockets.open(people.owner, room.code)
    assert mara.snapshot["reports"] == 1
    await in_db(keeper.order)("settle", report)
    assert (await mara.frame("room:report"))["count"] == 0

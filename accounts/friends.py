"""Writes about friends: asking, accepting, putting aside, ending it, and blocking."""

import uuid

from django.db import transaction

from accounts import errors, friend_access, live, me, notices, presence, rules
from accounts.friend_access import between, has_blocked, ordered
from accounts.models import Block, Friendship, Notice, User
from accounts.protocol import Accepted, Asked, HiddenChanged, Removed
from accounts.selectors import person
from accounts.signals import block_added
from syncwatch.lib import clock
from syncwatch.lib.errors import NotFound

FRIENDS_MAX = 500
BLOCKS_MAX = 1000
State = Friendship.State


def _lock(one: User, other: User) -> None:
    """Whatever two people do about each other at once comes one after the other."""
    both = User.objects.select_for_update(no_key=True).filter(pk__in=[one.pk, other.pk])
    list(both.order_by("pk").values_list("pk"))


@transaction.atomic
def friend_ask(*, user: User, other: User) -> Friendship:
    """Ask somebody to be friends. Where they asked first, this accepts.

    A block stays silent: whoever is blocked gets an ask without an answer, and nobody hears of it.
    So does whoever was put aside, took that back and asks again within `rules.ASIDE_FOR`.
    """
    _require_possible(user, other)
    _lock(user, other)
    if has_blocked(user, other):
        raise errors.blocked_by_you(other.display_name)
    row = between(user, other)
    if row is not None:
        return _asked_again(row, user, other)
    if friend_access.friends_count(user) + friend_access.asks_made_count(user) >= FRIENDS_MAX:
        raise errors.friends_full(FRIENDS_MAX)
    row = _ask_new(user, other)
    _tell_asked(row, user, other)
    return row


def _ask_new(user: User, other: User) -> Friendship:
    """Whose last ask was put aside not long ago finds this one put aside already."""
    (low, high), now = ordered(user, other), clock.now()
    aside_at = friend_access.put_aside_at(user, other)
    fields = {
        "asked_by": user, "state": State.ASKED, "created_at": now,
        "declined_at": aside_at if rules.still_aside(aside_at, now=now) else None,
    }  # fmt: skip
    return Friendship.objects.update_or_create(low=low, high=high, defaults=fields)[0]


def _require_possible(user: User, other: User) -> None:
    if user.is_guest:
        raise errors.friends_need_account()
    if user.pk == other.pk:
        raise errors.friend_of_oneself()
    if other.is_guest:
        raise errors.guest_has_no_friends(other.display_name)


def _asked_again(row: Friendship, user: User, other: User) -> Friendship:
    if row.state == State.ACCEPTED:
        raise errors.already_friends(other.display_name)
    if row.asked_by_id == user.pk:
        raise errors.already_asked(other.display_name)
    return _accept(row, user, other)


def _tell_asked(row: Friendship, user: User, other: User) -> None:
    mine = {"user": person(other), "at": row.created_at.isoformat()}
    me.tell(user.pk, Asked(ask=mine, by_me=True))
    if row.declined_at is None and not has_blocked(other, user):
        theirs = {"user": person(user), "at": row.created_at.isoformat()}
        me.tell(other.pk, Asked(ask=theirs, by_me=False))
        notices.notice_give(user=other, kind=Notice.Kind.FRIEND_ASKED, from_user=user)


@transaction.atomic
def friend_accept(*, user: User, other: User) -> Friendship:
    """Say yes to an ask. Said twice, it is still one yes."""
    _lock(user, other)
    row = between(user, other)
    if row is not None and row.state == State.ACCEPTED:
        return row
    return _accept(_ask_of(row, user, other), user, other)


def _ask_of(row: Friendship | None, user: User, other: User) -> Friendship:
    """The ask of `other` that `user` can see."""
    if row is None or row.asked_by_id == user.pk or has_blocked(user, other):
        raise NotFound(errors.no_such_ask())
    return row


def _accept(row: Friendship, user: User, other: User) -> Friendship:
    if friend_access.friends_count(user) >= FRIENDS_MAX:
        raise errors.friends_full(FRIENDS_MAX)
    if friend_access.friends_count(other) >= FRIENDS_MAX:
        raise errors.their_friends_full(other.display_name)
    row.state, row.accepted_at, row.declined_at = State.ACCEPTED, clock.now(), None
    row.save(update_fields=["state", "accepted_at", "declined_at"])
    kinds = (Notice.Kind.FRIEND_ASKED.value,)
    notices.notices_withdraw(user=user, from_user=other, kinds=kinds)
    notices.notice_give(user=other, kind=Notice.Kind.FRIEND_ACCEPTED, from_user=user)
    me.on_commit(lambda: [_accepted(user, other), _accepted(other, user)])
    return row


def _accepted(viewer: User, friend: User) -> me.News:
    return str(viewer.pk), Accepted(friend=friend_wire(viewer, friend))


def friend_wire(viewer: User, friend: User) -> dict[str, object]:
    return {"user": person(friend), **presence.seen_by(viewer, [friend])[friend.pk].wire()}


@transaction.atomic
def friend_decline(*, user: User, other: User) -> None:
    """Put an ask aside, and the next ones of this person with it for `rules.ASIDE_FOR`. Who asked
    is not told; asking them oneself later is a yes.
    """
    _lock(user, other)
    row = _ask_of(between(user, other), user, other)
    if row.state == State.ACCEPTED or row.declined_at is not None:
        raise NotFound(errors.no_such_ask())
    row.declined_at = clock.now()
    row.save(update_fields=["declined_at"])
    kinds = (Notice.Kind.FRIEND_ASKED.value,)
    notices.notices_withdraw(user=user, from_user=other, kinds=kinds)
    me.tell(user.pk, Removed(user_id=str(other.pk)))


@transaction.atomic
def friend_remove(*, user: User, other: User) -> None:
    """End a friendship, or take one's own ask back."""
    _lock(user, other)
    row = between(user, other)
    if row is None or (row.state == State.ASKED and row.asked_by_id != user.pk):
        raise NotFound(errors.no_such_friend())
    _end(row, user, other)


def _end(row: Friendship, user: User, other: User) -> None:
    """Both forget each other, unless the other one does not see the ask. The row goes, but stays
    unseen where it remembers that the other one put it aside.
    """
    aside = row.declined_at is not None
    was_seen = row.state == State.ACCEPTED or not (aside or has_blocked(other, user))
    if rules.still_aside(row.declined_at, now=clock.now()):
        row.state = State.WITHDRAWN
        row.save(update_fields=["state"])
    else:
        row.delete()
    me.tell(user.pk, Removed(user_id=str(other.pk)))
    if was_seen:
        notices.notices_withdraw(
            user=other, from_user=user,
            kinds=(Notice.Kind.FRIEND_ASKED.value, Notice.Kind.FRIEND_ACCEPTED.value),
        )  # fmt: skip
        me.tell(other.pk, Removed(user_id=str(user.pk)))


def asks_forget() -> None:
    """What was put aside, taken back and is over need not be remembered."""
    over = clock.now() - rules.ASIDE_FOR
    Friendship.objects.filter(state=State.WITHDRAWN, declined_at__lte=over).delete()


@transaction.atomic
def block_add(*, user: User, other: User) -> None:
    """Have nothing to do with somebody any more. They are not told; said twice, it is one block.

    1. A friendship or an ask of one's own ends. Their ask stays for them as one without answer.
    2. What they told this person is taken away, and so is an invitation to a room from this one;
       rooms hear it: invitations by name between the two open nothing any more.
    3. Both stop showing each other's chat; rooms refuse what one would do to the other.
    """
    if user.pk == other.pk:
        raise errors.block_of_oneself()
    _lock(user, other)
    if has_blocked(user, other):
        return
    if user.blocks.count() >= BLOCKS_MAX:
        raise errors.blocks_full(BLOCKS_MAX)
    row = between(user, other)
    if row is not None and (row.state == State.ACCEPTED or row.asked_by_id == user.pk):
        _end(row, user, other)
    elif row is not None:
        me.tell(user.pk, Removed(user_id=str(other.pk)))
    Block.objects.create(blocker=user, blocked=other)
    notices.notices_withdraw(user=user, from_user=other)
    invited = (Notice.Kind.ROOM_INVITED.value,)
    notices.notices_withdraw(user=other, from_user=user, kinds=invited)
    block_added.send(sender=Block, one=user, other=other)
    _tell_hidden(user, other)


@transaction.atomic
def block_remove(*, user: User, other_id: uuid.UUID) -> None:
    """Take a block back. An ask they made meanwhile can be seen now; no friendship comes back."""
    row = user.blocks.filter(blocked_id=other_id).select_related("blocked").first()
    if row is None:
        raise NotFound(errors.no_such_block())
    other = row.blocked
    _lock(user, other)
    row.delete()
    ask = between(user, other)
    if ask is not None and ask.asked_by_id == other.pk and ask.declined_at is None:
        wire = {"user": person(other), "at": ask.created_at.isoformat()}
        me.tell(user.pk, Asked(ask=wire, by_me=False))
    _tell_hidden(user, other)


def _tell_hidden(user: User, other: User) -> None:
    for each in (user, other):
        me.tell(each.pk, HiddenChanged())
    ids = [str(user.pk), str(other.pk)]
    transaction.on_commit(lambda: live.people_changed(ids))

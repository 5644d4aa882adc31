"""What the fields of any app's tables are called on the desk, in the language of who sits there.

Django makes the name of a field out of Python's and knows it in English alone. A name of the desk
stands here and not in the tables: it changes no migration.
"""

from django.db.models import Field
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

NAMES: dict[str, Promise] = {
    "accepted_at": gettext_lazy("accepted at"),
    "action": gettext_lazy("action"),
    "active_at": gettext_lazy("active at"),
    "added_by": gettext_lazy("added by"),
    "agent": gettext_lazy("agent"),
    "asked_by": gettext_lazy("asked by"),
    "at": gettext_lazy("at"),
    "blocked": gettext_lazy("blocked"),
    "blocker": gettext_lazy("blocker"),
    "body": gettext_lazy("body"),
    "by": gettext_lazy("by"),
    "changed_at": gettext_lazy("changed at"),
    "closed_at": gettext_lazy("closed at"),
    "code": gettext_lazy("code"),
    "control": gettext_lazy("control"),
    "created_at": gettext_lazy("created at"),
    "created_by": gettext_lazy("created by"),
    "deleted_at": gettext_lazy("deleted at"),
    "detail": gettext_lazy("detail"),
    "display_name": gettext_lazy("display name"),
    "edited_at": gettext_lazy("edited at"),
    "email": gettext_lazy("email"),
    "ended_at": gettext_lazy("ended at"),
    "ending": gettext_lazy("ending"),
    "error_code": gettext_lazy("error code"),
    "expires_at": gettext_lazy("expires at"),
    "finished_at": gettext_lazy("finished at"),
    "from_user": gettext_lazy("from user"),
    "handled_at": gettext_lazy("handled at"),
    "handled_by": gettext_lazy("handled by"),
    "high": gettext_lazy("high"),
    "is_active": gettext_lazy("is active"),
    "is_guest": gettext_lazy("is guest"),
    "is_staff": gettext_lazy("is staff"),
    "joined_at": gettext_lazy("joined at"),
    "kind": gettext_lazy("kind"),
    "language": gettext_lazy("language"),
    "length": gettext_lazy("length"),
    "lifted_at": gettext_lazy("lifted at"),
    "locked_in": gettext_lazy("locked in"),
    "low": gettext_lazy("low"),
    "max_uses": gettext_lazy("max uses"),
    "name": gettext_lazy("name"),
    "new_guest_delay_s": gettext_lazy("new guest delay s"),
    "note": gettext_lazy("note"),
    "now_playing": gettext_lazy("now playing"),
    "offset": gettext_lazy("offset"),
    "owner": gettext_lazy("owner"),
    "person": gettext_lazy("person"),
    "playable": gettext_lazy("playable"),
    "presence_shown": gettext_lazy("presence shown"),
    "progress": gettext_lazy("progress"),
    "read_at": gettext_lazy("read at"),
    "reason": gettext_lazy("reason"),
    "revoked_at": gettext_lazy("revoked at"),
    "role": gettext_lazy("role"),
    "room": gettext_lazy("room"),
    "rotated_at": gettext_lazy("rotated at"),
    "sequence": gettext_lazy("sequence"),
    "slow_mode_s": gettext_lazy("slow mode s"),
    "source": gettext_lazy("source"),
    "starts_at": gettext_lazy("starts at"),
    "state": gettext_lazy("state"),
    "suspended_reason": gettext_lazy("suspended reason"),
    "suspended_until": gettext_lazy("suspended until"),
    "theme": gettext_lazy("theme"),
    "title": gettext_lazy("title"),
    "unheard": gettext_lazy("unheard"),
    "until": gettext_lazy("until"),
    "user": gettext_lazy("user"),
    "username": gettext_lazy("username"),
    "uses": gettext_lazy("uses"),
    "video": gettext_lazy("video"),
    "visibility": gettext_lazy("visibility"),
    "waiting": gettext_lazy("waiting"),
}


def name_column(field: "Field[object, object]") -> None:
    """Call it as above; what Django itself has a word for keeps that."""
    if not isinstance(field.verbose_name, Promise):
        field.verbose_name = NAMES.get(field.name, field.verbose_name)  # type: ignore[assignment]  # a Promise does

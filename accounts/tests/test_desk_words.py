"""The desk speaks the language of who sits there, also where Django makes the names itself"""

from django.contrib.admin import site
from django.utils.functional import Promise

from accounts.desk import DeskAdmin
from accounts.models import User
from syncwatch.tests.desk import Desk

DESKS = [desk for desk in site._registry.values() if isinstance(desk, DeskAdmin)]


def test_every_thing_and_every_app_on_it_has_a_name_that_can_be_translated():
    for desk in DESKS:
        told = (desk.opts.verbose_name, desk.opts.verbose_name_plural,
                desk.opts.app_config.verbose_name)  # fmt: skip
        assert all(isinstance(each, Promise) for each in told), desk
    assert len(DESKS) > 10


def test_and_so_has_every_column():
    missing = {
        f"{desk.opts.label}.{field.name}"
        for desk in DESKS
        for field in desk.opts.concrete_fields
        if field.name in {*desk.list_display, *(desk.fields or ())} - {"id"}
        and not isinstance(field.verbose_name, Promise)
    }
    assert not missing, "accounts/desk/columns.py"


def test_a_german_desk_is_german(db, settings):
    desk = Desk.chief()
    desk.client.cookies[settings.LANGUAGE_COOKIE_NAME] = "de"
    first = desk.client.get("/admin/").content.decode()
    for name in ("Räume", "Leute", "Anmeldungen", "Nachrichten", "Warteschlange", "Maßnahmen"):
        assert name in first
    for name in ("Queue items", "Refresh sessions", "Playback", "Memberships"):
        assert name not in first
    rows = desk.list(User).content.decode()
    assert "Angezeigter Name" in rows
    assert "Display name" not in rows

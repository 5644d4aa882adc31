"""Every endpoint of chat and voice for every role: who may, who may not, who sees nothing"""

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.models import User
from chat.api import urls
from chat.emotes.models import Emote
from chat.unheard.services import shadow_mute
from rooms import memberships
from rooms.access import member_in
from rooms.models import Room
from voice.api import urls as voice_urls

ROLES = ("owner", "moderator", "member", "guest", "stranger", "nobody")
ITEM = "01890000-0000-7000-8000-000000000001"
EVERYBODY, MODERATORS = (200, 200, 200, 200, 403, 401), (200, 200, 403, 403, 403, 401)
PICTURE = (("name", "rug"), ("picture", "{png}"))
REPORT = (("user_id", "{target}"), ("kind", "spam"))
# verb, address, body → what each role gets, in the order of ROLES
MATRIX = {
    ("GET", "rooms/{code}/messages/", ()): EVERYBODY,
    ("GET", "rooms/{code}/messages/export/", ()): MODERATORS,
    ("GET", "rooms/{code}/messages/{message}/history/", ()): MODERATORS,
    ("GET", "rooms/{code}/messages/{message}/reactions/", ()): EVERYBODY,
    ("GET", "rooms/{code}/items/{item}/messages/", ()): EVERYBODY,
    ("GET", "rooms/{code}/pins/", ()): EVERYBODY,
    ("GET", "unread/", ()): (200, 200, 200, 200, 200, 401),
    # An open room has no archive; rooms' test_archive.py has those that are closed.
    ("GET", "rooms/{code}/archive/messages/", ()): (404, 404, 404, 404, 404, 401),
    ("GET", "rooms/{code}/filters/", ()): MODERATORS,
    ("PUT", "rooms/{code}/filters/", (("links", "members"),)): MODERATORS,
    ("GET", "rooms/{code}/reports/", ()): MODERATORS,
    ("POST", "rooms/{code}/reports/", REPORT): (201, 201, 201, 201, 403, 401),
    ("PATCH", "rooms/{code}/reports/{report}/", (("state", "done"),)): MODERATORS,
    ("PUT", "rooms/{code}/members/{target}/shadow-mute/", ()): MODERATORS,
    ("DELETE", "rooms/{code}/members/{target}/shadow-mute/", ()): (204, 204, 403, 403, 403, 401),
    ("GET", "rooms/{code}/shadow-mutes/", ()): MODERATORS,
    ("GET", "rooms/{code}/unheard/", ()): MODERATORS,
    ("POST", "rooms/{code}/unheard/{unheard}/release/", ()): MODERATORS,
    ("GET", "rooms/{code}/emotes/", ()): EVERYBODY,
    ("POST", "rooms/{code}/emotes/", PICTURE): (201, 403, 403, 403, 403, 401),
    ("DELETE", "rooms/{code}/emotes/{emote}/", ()): (204, 403, 403, 403, 403, 401),
    ("GET", "rooms/{code}/voice/ice/", ()): EVERYBODY,
}


def each_row(rows=MATRIX):
    return pytest.mark.parametrize("row", list(rows), ids=lambda row: f"{row[0]} {row[1]}")


def png():
    out = io.BytesIO()
    Image.new("RGB", (20, 10), "#c33").save(out, "PNG")
    return SimpleUploadedFile("emote.png", out.getvalue(), "image/png")


@pytest.fixture
def ask(api, people, room, say):
    """`ask(role, row)`: the response to one row of the matrix."""
    moderator = User.objects.create_user("mo", "correct horse", display_name="Mo")
    target = User.objects.create_guest("Zoe")
    memberships.place_take(user=moderator, room=room, role="moderator")
    memberships.place_take(user=target, room=room, role="guest")
    by_role = {**vars(people), "moderator": moderator, "nobody": None}
    Emote.objects.create(room=room, name="sofa", address="0" * 32, width=20, height=10)
    said = say("Hello", by=target)
    shadow_mute(actor=member_in(room, str(people.owner.pk)), user=target, reason="spam")
    unheard = say("Nobody reads this", by=target)
    filed = api(people.guest).post(
        f"/api/rooms/{room.code}/reports/",
        {"message_id": str(said.pk), "kind": "spam"},
        format="json",
    )
    names = {
        "code": room.code, "target": target.id, "message": said.pk, "item": ITEM,
        "report": filed.json()["id"], "emote": "sofa", "unheard": unheard.pk,
    }  # fmt: skip

    def send(role, row):
        verb, path, body = row
        client, address = api(by_role[role]), f"/api/{path.format(**names)}"
        if body is PICTURE:
            return client.post(address, {"name": "rug", "picture": png()}, format="multipart")
        filled = json.dumps({name: value.format(**names) for name, value in body})
        return client.generic(verb, address, filled, content_type="application/json")

    return send


@pytest.mark.django_db
@each_row()
@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_what_the_table_says(ask, role, row):
    response = ask(role, row)
    assert response.status_code == MATRIX[row][ROLES.index(role)], response
    if response.status_code >= 400:
        assert set(response.json()["error"]) >= {"code", "message"}


@pytest.mark.django_db
@each_row(row for row in MATRIX if "{code}" in row[1])
def test_a_private_room_is_absent_for_a_stranger(ask, row):
    Room.objects.update(visibility="private")
    assert ask("stranger", row).status_code == 404


def test_the_table_names_every_endpoint_there_is():
    listed = {(verb, path) for verb, path, _ in MATRIX}
    for pattern in (*urls.urlpatterns, *voice_urls.urlpatterns):
        path = str(pattern.pattern).replace("<str:", "{").replace(">", "}")
        for argument in ("message", "item", "report"):
            path = path.replace(f"{{{argument}_id}}", f"{{{argument}}}")
        path = path.replace("{name}", "{emote}").replace("{user_id}", "{target}")
        path = path.replace("{message}/release", "{unheard}/release")
        for verb in ("get", "post", "put", "patch", "delete"):
            if hasattr(pattern.callback.view_class, verb):
                assert (verb.upper(), path) in listed

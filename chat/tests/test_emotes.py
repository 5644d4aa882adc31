"""Emotes of a room: put up from strangers' files, told at once, drawn for everybody."""

import io

import pytest
from channels.db import database_sync_to_async
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from PIL import Image

from accounts import own_data
from chat.emotes import services
from chat.emotes.models import Emote
from chat.models import Reaction
from rooms import memberships
from rooms.services import room_close, room_create

in_db = database_sync_to_async
stored = pytest.mark.django_db
told = pytest.mark.django_db(transaction=True)
SVG = "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


def png(colour="#c33", size=(300, 200)):
    out = io.BytesIO()
    Image.new("RGBA", size, colour).save(out, "PNG")
    return out.getvalue()


@pytest.fixture(autouse=True)
def _patient(settings):
    settings.RATE_LIMIT_FACTOR = 100


@pytest.fixture
def put(api, room, people):
    """`put("sofa")`: the answer to an upload, by the host unless told otherwise."""

    def send(name, raw=None, *, by="owner", code=None, said="sofa.png"):
        who = getattr(people, by) if by else None
        client = api(who) if who else api()
        file = SimpleUploadedFile(said, png() if raw is None else raw, "image/png")
        return client.post(
            f"/api/rooms/{code or room.code}/emotes/",
            {"name": name, "picture": file}, format="multipart",
        )  # fmt: skip

    return send


@pytest.fixture
def take(api, room, people):
    def send(name, by="owner"):
        client = api(getattr(people, by)) if by else api()
        return client.delete(f"/api/rooms/{room.code}/emotes/{name}/")

    return send


def words_of(answer):
    return answer.json()["error"]["message"]


@stored
def test_a_picture_becomes_a_small_one_of_our_own(put, client, api, room, people):
    answer = put(":Sofa:")
    assert answer.status_code == 201
    emote = answer.json()
    assert (emote["name"], emote["width"], emote["height"]) == ("sofa", 128, 85)
    assert emote["by"]["id"] == str(people.owner.id)
    served = client.get(emote["src"])
    assert Image.open(io.BytesIO(served.content), formats=["WEBP"]).size == (128, 85)
    listed = api(people.guest).get(f"/api/rooms/{room.code}/emotes/").json()
    assert [each["name"] for each in listed["results"]] == ["sofa"]


@stored
def test_it_is_served_so_that_it_can_only_be_a_picture(put, client):
    served = client.get(put("sofa").json()["src"])
    assert served["Content-Type"] == "image/webp"
    assert served["X-Content-Type-Options"] == "nosniff"
    assert served["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert served["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "immutable" in served["Cache-Control"]
    assert not served.cookies
    assert client.post(served.request["PATH_INFO"]).status_code in {403, 405}


@stored
@pytest.mark.parametrize("address", ["0" * 32, "../../etc", "0" * 31, "A" * 32])
def test_there_is_nothing_at_other_addresses(client, address):
    assert client.get(f"/emotes/{address}.webp").status_code == 404


MATRIX = {
    # who: put, take what is there, list
    "owner": (201, 204, 200),
    "member": (403, 403, 200),
    "guest": (403, 403, 200),
    "stranger": (403, 403, 403),
    "": (401, 401, 401),
}


@stored
@pytest.mark.parametrize("who", MATRIX)
def test_each_role_gets_what_the_table_says(who, put, take, api, room, people):
    put("there")
    client = api(getattr(people, who)) if who else api()
    got = (
        put("sofa", by=who).status_code,
        take("there", by=who).status_code,
        client.get(f"/api/rooms/{room.code}/emotes/").status_code,
    )
    assert got == MATRIX[who]


@stored
def test_moderators_may_not_unless_they_were_given_the_settings(put, api, room, people):
    memberships.place_take(user=people.stranger, room=room, role="moderator")
    refused = put("sofa", by="stranger")
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "no_settings")
    assert "Mara" in words_of(refused)
    api(people.owner).patch(
        f"/api/rooms/{room.code}/members/{people.stranger.id}/",
        {"grants": {"settings": {"allowed": True}}}, format="json",
    )  # fmt: skip
    assert put("sofa", by="stranger").status_code == 201


@stored
def test_a_hidden_room_and_a_closed_one_are_absent(put, take, room, people):
    put("sofa")
    type(room).objects.update(visibility="private")
    assert put("rug", by="stranger").status_code == take("sofa", by="stranger").status_code == 404
    room_close(room=room, by=people.owner)
    assert put("rug").status_code == take("sofa").status_code == 404
    assert Emote.objects.count() == 1  # what its host closed may be opened again, with all in it


@stored
@pytest.mark.parametrize(
    "name", ["", "a", "x" * 33, "so fa", "só", "sofa!", "<b>", "../x", "a\0b", ":a:b:", "🛋️"]
)
def test_a_name_is_of_plain_letters(put, name):
    answer = put(name)
    assert answer.status_code == 400
    assert "name" in answer.json()["error"]["fields"]


@stored
def test_a_name_is_no_emoji_s(put):
    answer = put("Popcorn")
    assert answer.status_code == 400
    assert "emoji called :popcorn:" in words_of(answer)


@stored
@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (SVG.encode(), "not a PNG"),
        (b"<!doctype html><script>alert(1)</script>", "not a PNG"),
        (png() + b"<script>alert(1)</script>", "script"),
        (b"GIF89a=1;alert(1)//", "damaged"),
        (png()[:60], "damaged"),
        (b"x" * 600_000, "512 kB"),
    ],
    ids=["svg", "html", "polyglot", "gifjs", "half", "large"],
)
def test_what_is_no_picture_is_refused_in_words(put, raw, words):
    answer = put("sofa", raw)
    assert answer.status_code == 400
    assert words in answer.json()["error"]["fields"]["picture"][0]
    assert not Emote.objects.exists()


@stored
@pytest.mark.parametrize(
    "body", [{}, {"name": "sofa"}, {"picture": "words"}, {"name": "a", "x": 1}]
)
def test_malformed_ones_are_refused(body, api, room, people):
    client = api(people.owner)
    path = f"/api/rooms/{room.code}/emotes/"
    assert client.post(path, body, format="multipart").status_code == 400
    assert client.post(path, body, format="json").status_code in {400, 415}


@stored
def test_the_same_again_is_the_one_that_is_there(put, take):
    assert [put("sofa").status_code, put("SOFA").status_code] == [201, 200]
    other = put("sofa", png("#33c"))
    assert (other.status_code, other.json()["error"]["code"]) == (409, "emote_taken")
    assert [take("sofa").status_code, take("sofa").status_code] == [204, 404]
    assert put("sofa", png("#33c")).status_code == 201


@stored
def test_the_database_keeps_a_name_for_one(put, room):
    put("sofa")
    with pytest.raises(IntegrityError), transaction.atomic():
        Emote.objects.create(room=room, name="SOFA", address="x", data=b"", width=1, height=1)


@stored
def test_another_room_has_its_own(put, people):
    elsewhere = room_create(owner=people.owner, name="Elsewhere")
    assert put("sofa").json()["src"] == put("sofa", code=elsewhere.code).json()["src"]
    assert Emote.objects.count() == 2


@stored
def test_a_room_has_so_many(put, room, monkeypatch):
    monkeypatch.setattr(services, "EMOTES_MAX", 2)
    put("one_")
    put("two")
    answer = put("three")
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "emotes_full")
    assert "2 emotes" in words_of(answer)
    assert put("two").status_code == 200


@stored
def test_there_is_a_limit(put, settings):
    settings.RATE_LIMIT_FACTOR = 1
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"emote": (60, 3600, 2)}
    assert [put("one_").status_code, put("two").status_code] == [201, 201]
    assert put("three").status_code == 429


@told
async def test_open_rooms_hear_of_it_and_the_snapshot_agrees(sockets, people, room, put, take):
    ana = await sockets.open(people.member, room.code)
    assert ana.snapshot["emotes"] == []
    await in_db(put)("sofa")
    event = await ana.frame("emote:added")
    assert event["by"] == str(people.owner.id)
    late = await sockets.open(people.guest, room.code)
    assert late.snapshot["emotes"] == [event["emote"]]
    await in_db(put)("sofa")
    assert await ana.without("emote:added")
    await in_db(take)("sofa")
    gone = await ana.frame("emote:removed")
    assert (gone["name"], gone["by"]) == ("sofa", str(people.owner.id))
    last = await sockets.open(people.guest, room.code)
    assert last.snapshot["emotes"] == []


@told
async def test_it_is_a_reaction_as_long_as_it_is_there(sockets, people, room, say, put, take):
    said = str((await in_db(say)("where shall we sit?")).id)
    ana = await sockets.open(people.member, room.code)
    refused = await ana.ask(type="chat:react", id=said, emoji=":sofa:", on=True)
    assert refused["code"] == "invalid"
    assert ":sofa:" in refused["message"]
    await in_db(put)("sofa")
    assert (await ana.ask(type="chat:react", id=said, emoji=":Sofa:", on=True))["changed"]
    event = await ana.frame("chat:reaction")
    assert (event["emoji"], event["count"]) == (":sofa:", 1)
    assert not (await ana.ask(type="chat:react", id=said, emoji=":sofa:", on=True))["changed"]
    await in_db(take)("sofa")
    assert (await ana.ask(type="chat:react", id=said, emoji=":sofa:", on=False))["changed"]
    assert not await in_db(Reaction.objects.exists)()


@stored
def test_they_go_with_the_room(put, room):
    put("sofa")
    room.delete()
    assert not Emote.objects.exists()


@stored
def test_they_are_in_one_s_own_data_and_go_with_the_person(put, people, room):
    put("sofa")
    exported = own_data.export_all(people.owner)["chat"]["emotes"]
    assert [(each["room"], each["name"]) for each in exported] == [(room.name, "sofa")]
    own_data.erase_all(people.owner)
    assert not Emote.objects.exists()


@stored
def test_a_snapshot_takes_one_statement_for_all_of_them(put, room, django_assert_num_queries):
    for name in ("one_", "two", "three"):
        put(name)
    with django_assert_num_queries(1):
        assert len([services.emote_row(each) for each in services.emotes_of(room)]) == 3

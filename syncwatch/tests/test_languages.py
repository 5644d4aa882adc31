"""Which language somebody is spoken to in: account, cookie, header. Codes stay the same."""

import pytest

from syncwatch.lib.languages import wanted

ME = "/api/auth/me/"
GERMAN, ENGLISH = "Melde dich zuerst an.", "Sign in first."


def message_of(response):
    return response.json()["error"]["message"]


@pytest.fixture
def german(people):
    people.member.language = "de"
    people.member.save()
    return people.member


@pytest.mark.parametrize(
    ("cookie", "accept", "language"),
    [
        ("", "", "en"),
        ("", "de", "de"),
        ("", "de-AT,en;q=0.5", "de"),
        ("", "fr,de;q=0.8,en;q=0.7", "de"),
        ("", "fr", "en"),
        ("en", "de", "en"),
        ("de", "en", "de"),
        ("xx", "de", "de"),
        ("../../etc", "", "en"),
        ("en-xa", "", "en"),  # a test language, and this is no test server
        ("", ";q=,,;;q=9" * 500, "en"),
    ],
)
def test_cookie_goes_before_header_and_strange_ones_are_passed_over(cookie, accept, language):
    assert wanted({"language": cookie} if cookie else {}, accept) == language


def test_the_api_answers_in_the_browsers_language_with_the_same_code(api):
    answers = [api().get(ME, HTTP_ACCEPT_LANGUAGE=code) for code in ("en", "de")]
    assert [message_of(answer) for answer in answers] == [ENGLISH, GERMAN]
    assert {answer.json()["error"]["code"] for answer in answers} == {"not_signed_in"}
    assert answers[1]["Content-Language"] == "de"
    assert "Accept-Language" in answers[1]["Vary"]


def test_a_cookie_is_stronger_than_the_header(api):
    caller = api()
    caller.cookies["language"] = "de"
    assert message_of(caller.get(ME, HTTP_ACCEPT_LANGUAGE="en")) == GERMAN


def test_an_account_is_stronger_than_both(api, german):
    caller = api(german)
    caller.cookies["language"] = "en"
    response = caller.patch(ME, {"language": "xx"}, format="json", HTTP_ACCEPT_LANGUAGE="en")
    assert response.json()["error"]["fields"] == {
        "language": ["Diese Sprache wird hier nicht gesprochen."]
    }


def test_fields_that_the_framework_judges_are_german_as_well(api):
    response = api().post("/api/auth/guest/", {}, format="json", HTTP_ACCEPT_LANGUAGE="de")
    assert response.json()["error"]["fields"] == {
        "display_name": ["Dieses Feld ist zwingend erforderlich."]
    }


def test_one_request_leaves_nothing_to_the_next(api):
    api().get(ME, HTTP_ACCEPT_LANGUAGE="de")
    assert message_of(api().get(ME)) == ENGLISH


def test_a_page_says_its_language_and_brings_its_catalogue(client, db):
    page = client.get("/login", headers={"accept-language": "de"})
    text = page.content.decode()
    assert '<html lang="de" dir="ltr"' in text
    assert "Schön, dass du wieder da bist" in text
    assert "/static/words/de.js" in text
    assert page["Content-Language"] == "de"
    assert {"Accept-Language", "Cookie"} <= set(page["Vary"].split(", "))
    english = client.get("/login").content.decode()
    assert '<html lang="en" dir="ltr"' in english
    assert "/static/words/" not in english
    assert "/static/js/lib/english.js" in english


def test_a_page_follows_the_account(client, german):
    from accounts import sessions

    opened = sessions.session_open(user=german, agent="test")
    client.cookies["access"] = opened.access
    text = client.get("/home", headers={"accept-language": "en"}).content.decode()
    assert '<html lang="de"' in text
    assert "Was schauen wir?" in text
    account = client.get("/account").content.decode()
    assert '<option value="de" lang="de" selected>Deutsch' in account


def test_a_page_of_last_resort_is_german_too(client, db):
    text = client.get("/nowhere", headers={"accept-language": "de"}).content.decode()
    assert "Hier ist nichts" in text


def test_files_and_health_do_not_vary(client, db):
    assert "Accept-Language" not in client.get("/healthz").get("Vary", "")


async def refusal(sockets, user, room, **headers):
    socket = await sockets.open(user, room.code, headers=headers)
    answer = await socket.ask(type="chat:delete", id="00000000-0000-7000-8000-000000000000")
    return answer["code"], answer["message"]


@pytest.mark.django_db(transaction=True)
async def test_a_socket_is_refused_in_the_language_it_was_opened_with(sockets, people, room):
    english = await refusal(sockets, people.owner, room)
    german = await refusal(sockets, people.owner, room, **{"accept-language": "de"})
    by_cookie = await refusal(sockets, people.owner, room, cookie="language=de")
    assert english == ("not_found", "There is no such message in this room.")
    assert german == by_cookie == ("not_found", "Diese Nachricht gibt es in diesem Raum nicht.")


@pytest.mark.django_db(transaction=True)
async def test_a_socket_follows_the_account_and_its_neighbour_another(sockets, people, room):
    people.member.language = "de"
    await people.member.asave()
    in_german = await sockets.open(people.member, room.code)
    in_english = await sockets.open(people.owner, room.code)
    said = [
        (await socket.ask(type="chat:send", body=" ", nonce="n"))["message"]
        for socket in (in_german, in_english, in_german)
    ]
    assert said == ["Schreib erst etwas.", "Write something first.", "Schreib erst etwas."]


@pytest.mark.django_db(transaction=True)
def test_the_history_is_kept_in_english(api, people, room):
    caller = api(people.owner)
    german = {"format": "json", "HTTP_ACCEPT_LANGUAGE": "de"}
    assert caller.patch(f"/api/rooms/{room.code}/", {"name": "Club"}, **german).status_code == 200
    (line,) = caller.get(f"/api/rooms/{room.code}/messages/", **german).json()["results"]
    assert line["body"] == "Mara called the room Club"
    assert line["deed"]["name"] == "renamed"


def test_every_reason_against_a_film_is_said_in_german():
    """The rules speak English and stay pure; videos.words knows all that they say."""
    from django.utils import translation

    from videos.encoder import probe
    from videos.rules import admission
    from videos.words import refusal_words

    refusals = [one for one in vars(admission).values() if isinstance(one, admission.Refusal)]
    refusals += [refusal for _sign, refusal in admission._SIGNS]
    refusals += [admission._by_codec(codec, ()) for codec in ("av1", "vc1", "none")]
    refusals += [admission._by_length(length, 60) for length in (90, 0.01)]
    refusals += [admission.ends_early(got_s=10, promised_s=100)]
    refusals += [one for one in vars(probe).values() if isinstance(one, admission.Refusal)]
    for refusal in refusals:
        assert refusal_words(refusal.message) == refusal.message
        with translation.override("de"):
            assert refusal_words(refusal.message) != refusal.message, refusal.message

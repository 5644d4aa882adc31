"""Friends, blocks, presence and notices for everybody: what stands between two people decides"""

import json
from functools import partial

import pytest

from accounts import friends, services, suspension
from accounts.api import urls
from accounts.models import Notice, User
from syncwatch.tests.outcomes import outcome, undone

UNKNOWN = "01890000-0000-7000-8000-000000000000"
# How each of them stands to Ana: `asker` waits for her answer, `asked` has not answered her,
# `aside` was put aside by her, `blocked` is blocked by her, `unheard` asked her in spite of that,
# `blocker` blocked her.
WHO = (
    "nobody", "guest", "stranger", "asker", "asked", "aside", "friend", "blocked", "unheard",
    "blocker", "suspended", "erased",
)  # fmt: skip
GONE, OUT = "not_found", "not_signed_in"


def everybody(answer, **others):
    """What each gets: the same for whoever is signed in, but for some."""
    shut = dict.fromkeys(("nobody", "suspended", "erased"), OUT)
    return dict.fromkeys(WHO, answer) | shut | others


ASKING = everybody(
    201, guest="account_needed", friend="already_friends", blocker="blocked_by_you",
    asker="already_asked", aside="already_asked", unheard="already_asked",
)  # fmt: skip
# verb, address, body → what each gets: a status, or the code of a refusal
MATRIX = {
    ("GET", "friends/", ()): everybody(200),
    ("POST", "friends/", (("username", "ana"),)): ASKING,
    ("POST", "friends/", (("user_id", "{ana}"),)): ASKING,
    ("DELETE", "friends/{ana}/", ()):
        everybody(GONE, asker=204, aside=204, unheard=204, friend=204),
    ("POST", "friends/{ana}/accept/", ()): everybody(GONE, asked=200, friend=200),
    ("POST", "friends/{ana}/decline/", ()): everybody(GONE, asked=204),
    ("POST", "friends/{ana}/block/", ()): everybody(204),
    ("DELETE", "friends/{ana}/block/", ()): everybody(GONE, blocker=204),
    ("GET", "friends/blocked/", ()): everybody(200),
    ("GET", "notices/", ()): everybody(200),
    ("POST", "notices/read/", ()): everybody(204),
    ("DELETE", "notices/{own}/", ()): everybody(204),
    ("DELETE", "notices/{anas}/", ()): everybody(GONE),
}  # fmt: skip
# What each reads of Ana: the lists that name her, and whether her chat is hidden from them.
READS = {
    "guest": ([], False), "stranger": ([], False), "asker": (["asked_by_me"], False),
    "asked": (["asked_me"], False), "aside": (["asked_by_me"], False),
    "friend": (["results"], False), "blocked": ([], True),
    "unheard": (["asked_by_me"], True), "blocker": ([], True),
}  # fmt: skip
# Whom Ana reads of, in which list; an ask that she put aside, or of whom she blocked, is in none.
ANA_READS = {"results": ["friend"], "asked_me": ["asker"], "asked_by_me": ["asked"]}
# Who says it twice, and what they get.
TWICE = {
    ("POST", "friends/", (("username", "ana"),)): ("stranger", 201, "already_asked"),
    ("DELETE", "friends/{ana}/", ()): ("friend", 204, GONE),
    ("POST", "friends/{ana}/accept/", ()): ("asked", 200, 200),
    ("POST", "friends/{ana}/decline/", ()): ("asked", 204, GONE),
    ("POST", "friends/{ana}/block/", ()): ("friend", 204, 204),
    ("DELETE", "friends/{ana}/block/", ()): ("blocker", 204, GONE),
    ("POST", "notices/read/", ()): ("friend", 204, 204),
    ("DELETE", "notices/{own}/", ()): ("friend", 204, GONE),
}
BROKEN = [
    ("POST", "friends/", {}), ("POST", "friends/", {"username": "ana", "user_id": UNKNOWN}),
    ("POST", "friends/", {"user_id": "ana"}), ("POST", "friends/", {"username": ["ana"]}),
    ("POST", "friends/", {"username": "ana", "more": 1}),
]  # fmt: skip


def named(row):
    return " ".join((row[0], row[1], *(name for name, _ in row[2])))


@pytest.fixture
def cast(ana):
    """Everybody of WHO, with what is between them and Ana."""
    made = {
        who: User.objects.create_user(who, "x") for who in WHO if who not in {"nobody", "guest"}
    }
    made["guest"] = User.objects.create_guest("Gustav")
    for who in ("asker", "aside"):
        friends.friend_ask(user=made[who], other=ana)
    friends.friend_decline(user=ana, other=made["aside"])
    friends.friend_ask(user=ana, other=made["asked"])
    for who in ("friend", "suspended", "erased"):
        friends.friend_ask(user=made[who], other=ana)
        friends.friend_accept(user=ana, other=made[who])
    for who in ("blocked", "unheard"):
        friends.block_add(user=ana, other=made[who])
    friends.friend_ask(user=made["unheard"], other=ana)
    friends.block_add(user=made["blocker"], other=ana)
    return made


@pytest.fixture
def ask(api, cast, ana, settings):
    """`ask(who, row)`: the response to one row of the table; nothing of it stays."""
    settings.RATE_LIMIT_FACTOR = 1_000
    callers = {who: api(cast.get(who)) for who in WHO}
    own = {who: Notice.objects.create(user=one, from_user=one).pk for who, one in cast.items()}
    anas = Notice.objects.filter(user=ana).first().pk
    suspension.account_suspend(actor=None, user=cast["suspended"])
    services.account_erase(user=cast["erased"])

    def send(who, row):
        verb, path, body = row
        names = {"ana": ana.pk, "own": own.get(who, UNKNOWN), "anas": anas}
        filled = {name: value.format(**names) for name, value in dict(body).items()}
        return callers[who](verb, f"/api/{path.format(**names)}", filled)

    return send


def test_everybody_gets_what_the_table_says(ask):
    """One cast for all rows: to bring it together takes longer than a row."""
    for row, expected in MATRIX.items():
        got = {who: undone(lambda who=who, row=row: outcome(ask(who, row))) for who in WHO}
        assert got == expected, named(row)


@pytest.mark.parametrize("who", READS)
def test_everybody_reads_of_her_what_is_theirs(ask, ana, who):
    page = ask(who, ("GET", "friends/", ())).json()
    lists = [
        name for name in ("results", "asked_me", "asked_by_me")
        if any(row["user"]["id"] == str(ana.pk) for row in page[name])
    ]  # fmt: skip
    hidden = str(ana.pk) in ask(who, ("GET", "friends/blocked/", ())).json()["hidden"]
    assert (lists, hidden) == READS[who]
    told = ask(who, ("GET", "notices/", ())).json()["results"]
    assert ("presence" in json.dumps(page)) == (who == "friend"), "of friends alone"
    assert not (hidden and any(line["from"]["id"] == str(ana.pk) for line in told))


@pytest.mark.usefixtures("ask")
def test_she_reads_of_them_what_is_hers(api, ana):
    page = api(ana)("GET", "/api/friends/").json()
    found = {name: [row["user"]["display_name"] for row in page[name]] for name in ANA_READS}
    assert found == ANA_READS
    told = api(ana)("GET", "/api/notices/").json()["results"]
    assert {line["from"]["display_name"] for line in told} == {"asker"}


@pytest.mark.parametrize("row", TWICE, ids=named)
def test_said_twice_it_is_said_once(ask, row):
    who, *expected = TWICE[row]
    assert [outcome(ask(who, row)) for _ in range(2)] == expected


@pytest.mark.parametrize("wrong", ["ana", UNKNOWN, f"{UNKNOWN}0", "%00"])
def test_an_id_that_is_none_is_nobody(api, cast, wrong):
    friend = api(cast["friend"])
    for row in MATRIX:
        if "{ana}" in row[1]:
            deed = partial(friend, row[0], f"/api/{row[1].replace('{ana}', wrong)}")
            assert undone(lambda deed=deed: outcome(deed())) == GONE, named(row)


@pytest.mark.parametrize(
    ("verb", "path", "body"), BROKEN, ids=["nothing", "both", "no id", "a list", "more"]
)
def test_what_is_malformed_is_refused(api, cast, verb, path, body):
    assert outcome(api(cast["stranger"])(verb, f"/api/{path}", body)) == "invalid"


@pytest.mark.parametrize("gone", ["suspended", "erased"])
def test_who_is_shut_out_or_erased_is_not_there(api, cast, ask, ana, gone):
    """Whatever stood between them, also a block: only a suspended person may be let go of it."""
    friend, blocker = api(cast["friend"]), api(cast["blocker"])
    if gone == "erased":
        services.account_erase(user=ana)
    else:
        suspension.account_suspend(actor=None, user=ana)
    for verb, path, body in [row for row in MATRIX if "{ana}" in str(row)]:
        address = f"/api/{path.format(ana=ana.pk)}"
        sent = {name: value.format(ana=ana.pk) for name, value in body}
        deed = partial(friend, verb, address, sent)
        assert undone(lambda deed=deed: outcome(deed())) == GONE, (verb, path)
        if verb == "DELETE" and path.endswith("block/"):
            let_go = outcome(blocker(verb, address))
            assert let_go == (204 if gone == "suspended" else GONE)


def test_the_table_names_every_endpoint_there_is():
    listed = {(verb, path) for verb, path, _ in MATRIX}
    for pattern in urls.urlpatterns:
        path = str(pattern.pattern).replace("<str:user_id>", "{ana}")
        path = path.replace("<str:notice_id>", "{own}")
        if not path.startswith(("friends/", "notices/")):
            continue
        for verb in ("get", "post", "put", "patch", "delete"):
            if hasattr(pattern.callback.view_class, verb):
                assert (verb.upper(), path) in listed

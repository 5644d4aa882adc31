"""The client on the whole product: films, kicks, cuts, restarts; and what is built on it."""

import asyncio
import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from client import Api, Ended, Player, Refused, Room
from client.tests.wires import Line
from syncwatch.lib import clock
from syncwatch.tests.api_client import Person
from syncwatch.tests.operators import command
from syncwatch.tests.socket_client import until
from syncwatch.tests.stack import FOREIGN, ROOT, Stack
from syncwatch.tests.words import blocks

pytestmark = pytest.mark.stack
FILM = "https://films.example.org/rabbit.mp4"
READY_CAP_S = 4  # so long a room waits for those who do not get ready


@pytest.fixture(scope="module")
def stack():
    with Stack(RATE_LIMIT_FACTOR="100") as running:
        yield running


@pytest.fixture(scope="module")
def mara(stack):
    with Person(stack.url, "Mara") as person:
        yield person


def api_of(person):
    return Api(person.url, access=person.access, refresh=person.refresh)


@contextlib.asynccontextmanager
async def guest(stack, code):
    async with Api(stack.url) as api:
        await api.guest("Bot")
        await api.join(code)
        yield api


async def heard(room, kind, **fields):
    """The next event of this kind with these fields."""
    async with asyncio.timeout(20):
        while True:
            event = await anext(room)
            if event["type"] == kind and fields.items() <= event.items():
                return event


def bodies(person, code):
    found = person.get(f"/api/rooms/{code}/messages/")["results"]
    return [each["body"] for each in found if each["kind"] == "text"]


async def test_it_follows_the_film_and_the_room_waits_for_it(stack, mara):
    code = mara.room("Sunday")
    item = mara._post(f"/api/rooms/{code}/queue/", {"url": FILM})["id"]
    async with (
        api_of(mara) as hers,
        guest(stack, code) as bots,
        Room(hers, code) as host,
        Room(bots, code, player=Player()) as bot,
    ):
        await host.request("sync:load", item_id=item)
        await heard(bot, "sync:command", action="load")
        assert (bot.film["title"], bot.position()) == (host.film["title"], 0)
        await until(lambda: bot.player._said)
        await host.request("sync:play")
        await until(lambda: bot.player.position_s > 0)
        # Only its player is there: the room waits for it alone, and goes on when it is ready.
        began_s = time.monotonic()
        await host.request("sync:seek", position=600)
        held = await heard(host, "sync:command", action="seek")
        assert held["timeline"]["hold"]["reason"] == "ready"
        await heard(host, "sync:command", action="release")
        assert time.monotonic() - began_s < READY_CAP_S / 2
        await until(lambda: bot.player.position_s > 600)
        assert abs(bot.position() - host.position()) < 0.05
        await host.request("sync:rate", rate=2)
        await host.request("sync:pause", position=650)
        await heard(bot, "sync:command", action="pause")
        await until(lambda: bot.player.position_s == 650)
        assert bot.clock.bound_ms < 50
        (row,) = mara.get(f"/api/rooms/{code}/health/")["results"]
        assert (row["clock_bound_ms"] < 50, row["quality"]) == (True, None)


async def test_chat_comes_in_order_and_what_it_says_is_stored_once(stack, mara):
    code, line = mara.room("Sunday"), Line()
    async with (
        api_of(mara) as hers,
        guest(stack, code) as bots,
        Room(hers, code) as host,
        Room(bots, code, connect=line.connect) as bot,
    ):
        for number in range(4):
            await host.say(f"line {number}")
        line.swallow_ack_of("message")
        said = await bot.say("once")
        await heard(bot, "client:lost")
        assert [event["body"] async for event in texts(host, 5)] == [
            *(f"line {number}" for number in range(4)), "once",
        ]  # fmt: skip
        line.free.clear()  # it stays away while the room goes on
        line.cut()
        await heard(bot, "client:lost")
        for number in range(4, 7):
            await host.say(f"line {number}")
        line.free.set()
        missed = [event["body"] async for event in texts(bot, 3)]
        assert missed == ["line 4", "line 5", "line 6"]
        await host.say("after")
        assert [event["body"] async for event in texts(bot, 1)] == ["after"]
    assert bodies(mara, code).count("once") == 1
    assert said["body"] == "once"


async def texts(room, count):
    """So many messages of people, as they come."""
    while count:
        message = (await heard(room, "chat:message"))["message"]
        if message["kind"] == "text":
            count -= 1
            yield message


async def test_a_killed_server_is_come_back_to(stack, mara):
    code, line = mara.room("Sunday"), Line()
    async with guest(stack, code) as bots, Room(bots, code, connect=line.connect) as bot:
        await bot.say("before")
        os.kill(holder_of(line.port, stack), signal.SIGKILL)
        await bot.say("behind it")
        seen = [message["body"] async for message in texts(bot, 2)]
        assert seen == ["before", "behind it"]
        assert len(line.wires) == 2


def holder_of(port, stack):
    """Which web process has the other end of a connection from this port here."""
    rows = [row.split() for row in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    inode = next(row[9] for row in rows if row[1].endswith(f":{stack.port:04X}")
                 and row[2].endswith(f":{port:04X}"))  # fmt: skip
    for part in ("web", "web-2"):
        open_files = Path(f"/proc/{stack.pid_of(part)}/fd").iterdir()
        if f"socket:[{inode}]" in {str(each.readlink()) for each in open_files}:
            return stack.pid_of(part)
    raise AssertionError("no web process holds it")


async def test_whoever_is_sent_out_reads_why_and_does_not_come_back(stack, mara):
    code, line = mara.room("Sunday"), Line()
    async with guest(stack, code) as bots:
        async with Room(bots, code, connect=line.connect) as bot:
            mara.kick(code, bot.me["user"]["id"])
            with pytest.raises(Ended, match="not in this room any more") as ended:
                await heard(bot, "never")
        assert ended.value.closing == 4403
        assert len(line.wires) == 1
        with pytest.raises(Ended):
            await Room(bots, code).__aenter__()


async def test_doors_that_stay_shut_say_why(stack, mara):
    locked, small = mara.room("Locked", password="carrots"), mara.room("Small")
    mara.change(small, seats=2)
    async with guest(stack, small) as first, guest(stack, small) as second:
        with pytest.raises(Refused) as wrong:
            await first.join(locked, password="beets")
        assert wrong.value.code == "wrong_password"
        assert (await first.join(locked, password="carrots"))["code"] == locked
        async with Room(first, small), Room(second, small):
            with pytest.raises(Refused) as full:
                await guest(stack, small).__aenter__()
            assert full.value.code == "room_full"
        with pytest.raises(Refused) as absent:
            await first.join("aaaaaaaaaaaa")
        assert absent.value.code == "not_found"


def test_the_bot_of_the_page_answers(stack, mara):
    code = mara.room("Sunday")
    (bot,) = blocks(ROOT / "docs" / "client.md", "python")
    with subprocess.Popen(
        [sys.executable, "-c", bot, stack.url, code], cwd=ROOT, env=clean(), text=True
    ) as running:
        asyncio.run(_ask_it(mara, code))
        assert running.wait(20) == 0
    assert bodies(mara, code) == ["!where", "Nothing is on.", "!bye", "Good night!"]


async def _ask_it(mara, code):
    async with api_of(mara) as hers, Room(hers, code) as host:
        await heard(host, "room:member:joined")
        for asked, answer in (("!where", "Nothing is on."), ("!bye", "Good night!")):
            await host.say(asked)
            while (await heard(host, "chat:message"))["message"]["body"] != answer:
                pass


def clean():
    """No setting of the test's own."""
    return {name: value for name, value in os.environ.items() if name not in FOREIGN}


# --- manage.py watchroom ---------------------------------------------------------------------


def watchroom(stack, *args, **options):
    return command("watchroom", *args, url=stack.url, **options)


def test_it_reads_along_in_words_and_is_gone_afterwards(stack, mara):
    code = mara.room("Sunday")
    said = watchroom(stack, code, "--name=Ilya", say="Hello there", for_s=0.5)
    assert (said.code, said.err) == (0, "")
    first, second, last = said.out.splitlines()
    assert re.fullmatch(r"\d\d:\d\d:\d\d +– +In “Sunday” as Ilya: one person", first)
    assert second.endswith("Ilya: Hello there")
    assert re.match(r"Left\. Clock good to ±\d+\.\d ms", last)
    members = mara.get(f"/api/rooms/{code}/members/")["results"]
    assert [member["user"]["display_name"] for member in members] == ["Mara"]
    assert bodies(mara, code) == ["Hello there"]


def test_for_programs_it_writes_json_and_comes_by_a_link(stack, mara):
    code = mara.room("Sunday")
    for door in (f"{stack.url}/r/{code}", stack.url + mara.invite(code)):
        said = command("watchroom", door, json=True, for_s=0.3)
        assert said.code == 0, said.err
        first = json.loads(said.out.splitlines()[0])
        assert (first["event"]["type"], first["position"]) == ("room:snapshot", None)
        assert abs(first["at"] - clock.precise_ms()) < 60_000


def test_a_token_comes_as_that_person_who_stays(stack, mara):
    code = mara.room("Sunday")
    said = watchroom(stack, code, token=mara.access, for_s=0.2)
    assert "In “Sunday” as Mara" in said.out
    assert len(mara.get(f"/api/rooms/{code}/members/")["results"]) == 1


def test_a_token_need_not_stand_where_everybody_on_the_machine_reads_it(
    stack, mara, tmp_path, monkeypatch
):
    code = mara.room("Sunday")
    kept = tmp_path / "token"
    kept.write_text(f"{mara.access}\n", encoding="utf-8")
    assert "In “Sunday” as Mara" in watchroom(stack, code, token_file=str(kept), for_s=0.2).out
    monkeypatch.setenv("WATCHROOM_TOKEN_FILE", str(kept))
    assert "In “Sunday” as Mara" in watchroom(stack, code, for_s=0.2).out
    monkeypatch.delenv("WATCHROOM_TOKEN_FILE")
    monkeypatch.setenv("WATCHROOM_TOKEN", mara.access)
    assert "In “Sunday” as Mara" in watchroom(stack, code, for_s=0.2).out
    assert "In “Sunday” as Ilya" in watchroom(stack, code, "--name=Ilya", token="", for_s=0.2).out
    kept.write_text("\n", encoding="utf-8")
    for path, words in ((kept, "holds no token"), (tmp_path / "none", "cannot read")):
        said = watchroom(stack, code, token_file=str(path), for_s=1)
        assert (said.code, words in said.err) == (2, True)


def test_what_keeps_it_out_is_said_and_the_exit_code_tells(stack, mara):
    locked = mara.room("Locked", password="carrots")
    wrong = watchroom(stack, locked, password="beets", for_s=1)
    assert (wrong.code, "password" in wrong.err) == (1, True)
    nowhere = watchroom(stack, "aaaaaaaaaaaa", for_s=1)
    assert (nowhere.code, "no such room" in nowhere.err) == (2, True)
    silent = command("watchroom", "aaaaaaaaaaaa", url="http://127.0.0.1:1", for_s=1)
    assert (silent.code, "http://127.0.0.1:1 does not answer" in silent.err) == (2, True)
    bare = command("watchroom", "aaaaaaaaaaaa", url="watch.example.org")
    assert (bare.code, "watch.example.org does not answer" in bare.err) == (2, True)
    odd = watchroom(stack, f"{stack.url}/home")
    assert (odd.code, "neither a room's link" in odd.err) == (2, True)


def test_control_c_leaves_and_is_no_failure(stack, mara):
    code = mara.room("Sunday")
    argv = [sys.executable, "manage.py", "watchroom", code, "--url", stack.url]
    with subprocess.Popen(
        argv, cwd=ROOT, env=clean(), text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert "In “Sunday”" in running.stdout.readline()
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=20)
    assert (running.returncode, err) == (0, "")
    assert out.startswith("Left")
    assert len(mara.get(f"/api/rooms/{code}/members/")["results"]) == 1

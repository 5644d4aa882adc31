"""Work that many share: never older than the question, one call for all who asked meanwhile"""

import asyncio

import pytest

from syncwatch.lib.together import Gathered, Together
from syncwatch.tests.socket_client import until


class Bench:
    """Work that ends when it is told to, and remembers how it was called."""

    def __init__(self):
        self.calls = []
        self._gates = []

    async def __call__(self, asked=None):
        gate = asyncio.get_running_loop().create_future()
        self.calls.append(asked)
        self._gates.append(gate)
        return await gate

    async def begun(self, count):
        await until(lambda: len(self.calls) >= count)

    async def ends(self, number, result):
        gate = self._gates[number]
        if isinstance(result, Exception):
            gate.set_exception(result)
        else:
            gate.set_result(result)
        for _ in range(5):
            await asyncio.sleep(0)


def asking(*awaitables):
    return [asyncio.ensure_future(one) for one in awaitables]


class TestTogether:
    async def test_whoever_asks_while_it_runs_shares_the_next_run(self):
        work = Bench()
        together = Together(work)
        [first] = asking(together.result())
        await work.begun(1)
        late = asking(together.result(), together.result(), together.result())
        await work.ends(0, "old")
        assert await first == "old"
        await work.begun(2)
        await work.ends(1, "new")
        assert await asyncio.gather(*late) == ["new"] * 3
        assert len(work.calls) == 2

    async def test_a_failure_is_everybodys_and_the_next_run_is_a_new_one(self):
        work = Bench()
        together = Together(work)
        both = asking(together.result(), together.result())
        await work.begun(1)
        await work.ends(0, LookupError("no"))
        assert [type(each) for each in await asyncio.gather(*both, return_exceptions=True)] == [
            LookupError, LookupError
        ]  # fmt: skip
        [again] = asking(together.result())
        await work.begun(2)
        await work.ends(1, "yes")
        assert await again == "yes"

    async def test_who_gives_up_takes_it_from_nobody(self):
        work = Bench()
        together = Together(work)
        gives_up, stays = asking(together.result(), together.result())
        await work.begun(1)
        gives_up.cancel()
        await work.ends(0, "here")
        assert await stays == "here"


class TestGathered:
    async def test_questions_that_come_while_one_is_answered_go_in_one_call(self):
        work = Bench()
        gathered = Gathered(work)
        [first] = asking(gathered.get("a"))
        await work.begun(1)
        late = asking(gathered.get("b"), gathered.get("c"), gathered.get("b"), gathered.get("a"))
        await work.ends(0, {"a": 1})
        assert await first == 1
        await work.begun(2)
        await work.ends(1, {"a": 4, "b": 2, "c": 3})
        assert await asyncio.gather(*late) == [2, 3, 2, 4]
        assert work.calls == [{"a"}, {"a", "b", "c"}]

    async def test_an_answer_that_is_an_exception_is_one_persons(self):
        async def work(asked):
            return {"a": 1, "b": PermissionError("not you")}

        gathered = Gathered(work)
        found = await asyncio.gather(
            *(gathered.get(key) for key in ("a", "b", "c")), return_exceptions=True
        )
        assert found[0] == 1
        assert [type(each) for each in found[1:]] == [PermissionError, KeyError]

    async def test_when_the_work_fails_everybody_hears_and_the_next_is_answered(self):
        work = Bench()
        gathered = Gathered(work)
        both = asking(gathered.get("a"), gathered.get("b"))
        await work.begun(1)
        await work.ends(0, ConnectionError("away"))
        for each in both:
            with pytest.raises(ConnectionError):
                await each
        [again] = asking(gathered.get("a"))
        await work.begun(2)
        await work.ends(1, {"a": 1})
        assert await again == 1

    async def test_who_gives_up_takes_it_from_nobody(self):
        work = Bench()
        gathered = Gathered(work)
        gives_up, stays = asking(gathered.get("a"), gathered.get("a"))
        await work.begun(1)
        gives_up.cancel()
        await work.ends(0, {"a": 1})
        assert await stays == 1

    def test_each_loop_has_its_own(self):
        async def work(asked):
            return dict.fromkeys(asked, "here")

        gathered = Gathered(work)
        assert [asyncio.run(gathered.get("a")) for _ in range(2)] == ["here", "here"]

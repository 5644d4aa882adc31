"""Two offers at the same moment, in real browsers: one side takes its own back, sound goes on."""

import time

import pytest

from bench import talk
from bench.talk import expect_links, gather, join
from e2e.lines import HOOK, collisions, hold, let_go, settled, tags

pytestmark = pytest.mark.timing


@pytest.fixture
def two(stack, talking_browser):
    """Two people in a call whose offers can be held back."""
    people = [talk.talker(talking_browser, stack.url, name) for name in ("Mara", "Ana")]
    for each in people:
        each.page.add_init_script(HOOK)
    gather(people, stack.url)
    join(*people)
    for each in people:
        expect_links(each, 1)
    yield people
    talk.part(people)


@pytest.mark.parametrize("runs", [20, pytest.param(200, marks=pytest.mark.long)])
def test_both_renegotiate_at_once_and_hear_each_other_again(two, runs):
    """Both look for a new way; their offers wait for each other and leave at the same moment."""
    took_ms = []
    for run in range(1, runs + 1):
        before = [tags(each) for each in two]
        began_s = time.monotonic()
        hold(*two)
        let_go(*two)
        found = [settled(each, old) for each, old in zip(two, before, strict=True)]
        took_ms.append(round((time.monotonic() - began_s) * 1000))
        assert all(isinstance(each, float) for each in found), (
            f"run {run} of {runs}: {found}; ms a run: {took_ms}"
        )
    met = sum(collisions(each) for each in two)
    print(f"{runs} runs, {met} offers met another, ms a run: {took_ms}")
    assert met >= runs / 2, f"too few offers met: {met} in {runs} runs; ms a run: {took_ms}"

"""A room after a long evening: hundreds of messages, written straight into its history."""

from bench import evening
from syncwatch.tests.api_client import Person

LENGTH = 230


class LongRoom:
    """Mara's room after a long evening with Ilya."""

    def __init__(self, stack, length=LENGTH) -> None:
        self.stack = stack
        self.mara, self.ilya = Person(stack.url, "Mara"), Person(stack.url, "Ilya")
        self.code = self.mara.room("A long evening", visibility="unlisted")
        self.ilya.join(self.code)
        if length:
            self.write(length)

    def leave(self) -> None:
        for person in (self.mara, self.ilya):
            person.close()

    def write(self, length, **how) -> None:
        people = [self.mara.id, self.ilya.id]
        evening.write(self.stack.data, self.code, people, length, **how)

    def enter(self, one, person):
        one.come_in(person, self.code)
        return one


def settled(page) -> None:
    """Two frames on: what was asked for is drawn."""
    page.evaluate("() => new Promise((d) => requestAnimationFrame(() => requestAnimationFrame(d)))")

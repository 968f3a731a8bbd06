"""While the server is busy with a statement, other work goes on."""

from collections.abc import Iterator
from threading import Event

import pytest
from django.db import DatabaseError, connection

from routing.dispatcher.meanwhile import meanwhile


class Slow:
    """A cursor that is answered only when somebody says so."""

    def __init__(self) -> None:
        self.answered = Event()
        self.is_done = False

    def execute(self, sql: str, values: object) -> None:
        assert self.answered.wait(60)
        self.is_done = True


def test_steps_are_done_until_a_statement_is_answered():
    slow, done = Slow(), []

    def steps() -> Iterator[None]:
        for number in range(3):
            done.append(number)
            yield
        slow.answered.set()
        while True:
            yield

    with meanwhile() as asking:
        asking.work_on(steps())
        asking.cursor(slow).execute("SELECT 1")

    assert (done, slow.is_done) == ([0, 1, 2], True)


def test_what_is_left_of_the_steps_can_be_done_afterwards(db):
    steps = iter([None] * 100_000)
    with meanwhile() as asking, connection.cursor() as own:
        asking.work_on(steps)
        cursor = asking.cursor(own)
        cursor.execute("SELECT %s::int", [5])

        assert cursor.fetchone() == (5,)
        assert list(steps)


def test_an_error_of_a_step_is_told_once_the_statement_is_answered():
    slow = Slow()

    def steps() -> Iterator[None]:
        slow.answered.set()
        yield
        raise KeyError

    with meanwhile() as asking:
        asking.work_on(steps())
        with pytest.raises(KeyError):
            asking.cursor(slow).execute("SELECT 1")

        assert slow.is_done


def test_an_error_of_a_statement_is_told(db):
    with meanwhile() as asking, connection.cursor() as own, pytest.raises(DatabaseError):
        asking.cursor(own).execute("SELECT nothing")

"""While the server is busy with a statement, other work goes on."""

from collections.abc import Iterator
from threading import Event

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from routing.dispatcher.meanwhile import Lines, ask_all, meanwhile


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


def test_several_statements_and_lines_are_asked_in_turn(db):
    lines = Lines("1\n2\n")
    questions = [
        ("CREATE TEMPORARY TABLE heard (number int) ON COMMIT DROP", None),
        ("INSERT INTO heard VALUES (%(number)s)", {"number": 3}),
        ("COPY heard FROM STDIN", lines),
        ("SELECT array_agg(number ORDER BY number) FROM heard", None),
    ]
    with meanwhile() as asking, connection.cursor() as own:
        ask_all(asking.cursor(own), questions)
        together = own.fetchone()
        own.execute("DROP TABLE heard")
        ask_all(own, questions)

        assert own.fetchone() == together == ([1, 2, 3],)


def test_after_an_error_nothing_more_is_asked(db):
    questions = [("SELECT nothing", None), ("SELECT 1", None)]
    with meanwhile() as asking, CaptureQueriesContext(connection) as asked:
        with connection.cursor() as own, pytest.raises(DatabaseError):
            ask_all(asking.cursor(own), questions)

        assert [each["sql"] for each in asked] == ["SELECT nothing"]

"""Work that goes on while the server is busy with a statement."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import Any, Final

from config.turns import short_turns

DONE: Final = object()


class Lines(str):
    """What a COPY reads."""

    __slots__ = ()


# A statement with its values, or with the lines of a COPY.
Question = tuple[str, Mapping[str, object] | Lines | None]


@contextmanager
def meanwhile() -> Iterator["Meanwhile"]:
    """For as long as there is something to ask."""
    with short_turns(), ThreadPoolExecutor(1) as asking:
        yield Meanwhile(asking)


class Meanwhile:
    """Asks statements in a thread that does nothing else, and does step after step of some work
    here until each is answered.

    Two threads that both have much to do in Python take the interpreter, and what the processor
    has at hand, from each other some hundred times a batch. A statement only waits, so that here
    nearly all is done by one thread.
    """

    def __init__(self, asking: Executor) -> None:
        self._asking = asking
        self._steps: Iterator[None] = iter(())

    def work_on(self, steps: Iterator[None]) -> None:
        """Do these from now on while something is asked."""
        self._steps = steps

    def cursor(self, own: Any) -> "BusyCursor":
        """The cursor, whose statements are asked in the other thread."""
        return BusyCursor(own, self._during)

    def _during(self, ask: Callable[..., object], *said: object) -> None:
        answer = self._asking.submit(ask, *said)
        try:
            while not answer.done() and next(self._steps, DONE) is not DONE:
                continue
        finally:
            wait([answer])
        answer.result()


class BusyCursor:
    """A cursor of Django's as far as a batch needs it."""

    def __init__(self, own: Any, during: Callable[..., None]) -> None:
        self._own, self._during = own, during

    def execute(self, sql: str, values: object = None) -> None:
        """Returns once the server has answered."""
        self._during(self._own.execute, sql, values)

    def fetchone(self) -> Any:
        return self._own.fetchone()

    def fetchall(self) -> list[Any]:
        rows: list[Any] = self._own.fetchall()
        return rows

    def ask_all(self, questions: Sequence[Question]) -> None:
        """One after another, without a turn of other work between them."""
        self._during(ask_all, self._own, questions)


def ask_all(cursor: Any, questions: Sequence[Question]) -> None:
    """By a cursor of Django's or by one of these; only the last one's rows can be fetched."""
    if isinstance(cursor, BusyCursor):
        cursor.ask_all(questions)
        return
    for sql, said in questions:
        if isinstance(said, Lines):
            with cursor.cursor.copy(sql) as copy:
                copy.write(said)
        else:
            cursor.execute(sql, said)

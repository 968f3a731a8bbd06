"""Moves that really meet: each on a connection of its own, lined up behind the same lock."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier, Event
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import QuerySet

from config.refusal import Refusal

Move = Callable[[], Any]

WAITING: Final = "SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted AND pid = ANY(%s)"
PATIENCE_SECONDS: Final = 60.0


def together(*moves: Move) -> list[Any]:
    """What each move answered, or its refusal; all begin at the same moment."""
    start = Barrier(len(moves))
    with ThreadPoolExecutor(len(moves)) as pool:
        futures = [pool.submit(_outcome, move, start.wait) for move in moves]
        return [future.result() for future in futures]


def queued_behind(
    rows: "QuerySet[Any]",
    *moves: Move,
    waiting: int | None = None,
    then: Move | None = None,
) -> list[Any]:
    """What each move answered, with the rows locked until the moves wait for them, in this order.

    Of the moves ``waiting`` many wait, and the others are through before.
    ``then`` is done by the one who holds the rows, just before they are set free.
    """
    pids: list[int] = []
    with ThreadPoolExecutor(len(moves)) as pool:
        with transaction.atomic():
            list(rows.order_by("pk").select_for_update())
            futures: list[Future[Any]] = []
            for move in moves:
                futures.append(pool.submit(_outcome, move, lambda: pids.append(_pid())))
                _wait_until_settled(futures, pids)
            stopped = sum(not future.done() for future in futures)
            assert stopped == (len(moves) if waiting is None else waiting), f"{stopped} wait"
            if then is not None:
                then()
        return [future.result() for future in futures]


def before_the_commit(of: Move, move: Move) -> tuple[Any, Any]:
    """What each answered: the move begins once the other did all it does, and has to wait."""
    pids: list[int] = []
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            answer = of()
            future = pool.submit(_outcome, move, lambda: pids.append(_pid()))
            _wait_until_settled([future], pids)
        return answer, future.result()


@contextmanager
def waiting_for_nobody() -> Iterator[None]:
    """Whoever would wait for a lock is refused it."""
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '300ms'")
        try:
            yield
        finally:
            cursor.execute("RESET lock_timeout")


class Elsewhere:
    """A change on another connection that commits when it is told to."""

    def __init__(self, change: Move) -> None:
        self.change = change
        self.done, self.may_commit = Event(), Event()
        self.pool = ThreadPoolExecutor(1)
        self.future = self.pool.submit(self._run)
        assert self.done.wait(PATIENCE_SECONDS)

    def commit(self) -> None:
        self.may_commit.set()
        self.future.result(PATIENCE_SECONDS)
        self.pool.shutdown()

    def _run(self) -> None:
        try:
            with transaction.atomic():
                self.change()
                self.done.set()
                assert self.may_commit.wait(PATIENCE_SECONDS)
        finally:
            self.done.set()
            connection.close()


def _outcome(move: Move, begin: Callable[[], object]) -> Any:
    try:
        begin()
        return move()
    except Refusal as refusal:
        return refusal
    finally:
        connection.close()


def _pid() -> int:
    connection.ensure_connection()
    return int(connection.connection.info.backend_pid)


def _wait_until_settled(futures: list[Future[Any]], pids: list[int]) -> None:
    """Until each that is not through is stopped by a lock."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(WAITING, [pids])
            (waiting,) = cursor.fetchone()
        if waiting == sum(not future.done() for future in futures):
            return
        time.sleep(0.005)
    raise AssertionError("Every move should wait for the lock, or be through.")

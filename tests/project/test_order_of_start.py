"""Who of several workers begins with what, while the first one makes the database."""

from types import SimpleNamespace
from typing import Any

import pytest

from tests.conftest import in_order_of_start, needs_database


def item(*names: str) -> Any:
    """A test as far as it is asked."""
    return SimpleNamespace(fixturenames=names, get_closest_marker=lambda _: None)


@pytest.mark.parametrize("workers", [2, 3, 4])
def test_all_but_the_first_begin_with_what_needs_no_database(workers: int) -> None:
    items = [item("db"), item("db", "agent"), item()] * 8

    found = in_order_of_start(items, workers=workers)

    shares = [len(items) * worker // workers for worker in range(workers)]
    assert [needs_database(found[at]) for at in shares] == [True] + [False] * (workers - 1)
    assert sorted(map(id, found)) == sorted(map(id, items))


@pytest.mark.parametrize("items", [[], [item()], [item("db")], [item(), item("db")]])
def test_nothing_is_lost_where_there_is_little(items: list[Any]) -> None:
    assert sorted(map(id, in_order_of_start(items, workers=4))) == sorted(map(id, items))


def test_alone_a_worker_begins_with_what_needs_the_database_as_it_came() -> None:
    first, second, third = item("db"), item(), item("transactional_db")

    assert in_order_of_start([first, second, third], workers=1) == [first, third, second]

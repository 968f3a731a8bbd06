"""What the soak takes for a mistake of the product in what its processes log."""

import traceback
from collections.abc import Callable

import pytest
from django.db import OperationalError

from tests.promises.log import Log

CACHE: dict[str, int] = {}


def lost() -> None:
    """What a relation is when the database goes away: looked for in a cache first."""
    try:
        CACHE["agent"]  # as Django does it
    except KeyError:
        raise OperationalError("the connection is closed")  # noqa: B904  # as above


def caused() -> None:
    try:
        lost()
    except OperationalError as error:
        raise KeyError("queue") from error


def mistaken() -> None:
    CACHE["queue"]  # what is wrong


@pytest.mark.parametrize(
    ("act", "mistakes"), [(lost, []), (caused, ["'queue'"]), (mistaken, ["'queue'"])]
)
def test_only_the_last_of_errors_that_led_to_each_other_counts(
    tmp_path, act: Callable[[], None], mistakes: list[str]
) -> None:
    log = Log(tmp_path / "log")
    try:
        act()
    except (KeyError, OperationalError):
        log.file.write(f"2026-03-02 ERROR router failed\n{traceback.format_exc()}".encode())
    log.close()

    found = log.mistakes()

    assert [each.split("KeyError: ")[1].split(" ")[0] for each in found] == mistakes


def test_a_mistake_is_told_with_all_that_led_to_it_and_nothing_else(tmp_path) -> None:
    log = Log(tmp_path / "log")
    for act in (lost, caused):
        try:
            act()
        except (KeyError, OperationalError):
            log.file.write(f"2026-03-02 ERROR {act.__name__}\n{traceback.format_exc()}".encode())
    log.file.write(b"2026-03-02 INFO goes on\n")
    log.close()

    [found] = log.mistakes()

    assert "2026-03-02 ERROR caused" in found
    assert "OperationalError: the connection is closed" in found
    assert found.endswith("KeyError: 'queue'")
    assert "ERROR lost" not in found

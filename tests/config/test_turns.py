"""Threads take short turns for a piece of work, and the usual ones after it."""

import sys

import pytest

from config.turns import SHORT_SECONDS, short_turns
from routing import service


@short_turns()
def failing() -> None:
    assert sys.getswitchinterval() == pytest.approx(SHORT_SECONDS)
    raise KeyError


def test_turns_are_short_inside_and_as_before_after_even_an_error():
    before = sys.getswitchinterval()
    with pytest.raises(KeyError):
        failing()

    assert sys.getswitchinterval() == before


def test_a_cycle_leaves_them_as_they_were(db, now):
    before = sys.getswitchinterval()
    service.run_cycle(now=now)

    assert sys.getswitchinterval() == before

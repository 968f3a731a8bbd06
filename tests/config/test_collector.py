"""The collector of cycles rests for a piece of work and goes on after it."""

import gc

import pytest

from config.collector import collector_paused, count_as_old
from routing import service


def failing() -> None:
    assert not gc.isenabled()
    raise KeyError


def test_it_rests_inside_and_goes_on_after_even_an_error():
    with pytest.raises(KeyError):
        collector_paused()(failing)()

    assert gc.isenabled()


def test_who_keeps_it_off_finds_it_off():
    gc.disable()
    try:
        with collector_paused(), collector_paused():
            pass

        assert not gc.isenabled()
    finally:
        gc.enable()


def test_a_cycle_leaves_it_on(db, now):
    service.run_cycle(now=now)

    assert gc.isenabled()


def test_what_is_counted_as_old_is_looked_at_with_the_old():
    kept: list[list[object]] = [[]]
    assert any(each is kept[0] for each in gc.get_objects(generation=0))

    count_as_old()

    assert any(each is kept[0] for each in gc.get_objects(generation=2))

"""Interchangeable items have one key."""

from typing import Any

import pytest

from routing.engine.requirements import requirement_key
from tests.routing.engine.situations import required

BASE: dict[str, Any] = {
    "workstream_id": 1,
    "units": 1,
    "profiles": ("Day", "High"),
    "skills": required("French", "Latin", rating=3),
}


@pytest.mark.parametrize(
    "change",
    [{"profiles": ("High", "Day")}, {"skills": required("Latin", "French", rating=3.0)}],
    ids=["profiles", "skills"],
)
def test_the_sequence_of_needs_makes_no_difference(change):
    assert requirement_key(**(BASE | change)) == requirement_key(**BASE)


@pytest.mark.parametrize(
    "change",
    [
        {"workstream_id": 2},
        {"units": 2},
        {"profiles": ()},
        {"skills": required("French", "Latin")},
        {"skills": required("French", rating=3)},
    ],
    ids=str,
)
def test_another_need_is_another_key(change):
    assert requirement_key(**(BASE | change)) != requirement_key(**BASE)

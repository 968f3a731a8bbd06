"""Numbers of decisions as people write them."""

import pytest

from routing.templatetags.explanations import pairs

CASES = {
    "plain": ({"room": 2, "rank": 1.50}, "room 2, rank 1.5"),
    "list": ({"allowed": ["available", "busy_dnd"]}, "allowed available or busy dnd"),
    "empty list": ({"allowed": []}, "allowed none"),
    "time": (
        {"last_released_at": "2026-11-23T03:00:51+00:00"},
        "last released 03:00:51 UTC on 23 Nov",
    ),
    "no time": ({"last_assigned_at": None}, "last assigned never"),
    "turn": ({"round robin": "2026-11-23T03:00:51+00:00"}, "round robin 03:00:51 UTC on 23 Nov"),
    "no turn": ({"least active": None}, "least active never"),
    "attribute called like a time": ({"created at": "Rome"}, "created Rome"),
    "nearness": (
        {"proficiency nearest": {"met": 2, "shortfall": 0.0, "distance": 0.2}},
        "proficiency nearest met 2, shortfall 0, distance 0.2",
    ),
    "no number": ({"limit": None}, "limit unknown"),
    "rule": (
        {"rules": [{"rule": "R", "asks": "agent Level is at least 3", "has": 2, "wanted": 3}]},
        "“R” asks: agent Level is at least 3 (has 2, wanted 3)",
    ),
    "noted": (
        {"rules": [{"rule": "R", "asks": "a", "has": "x", "note": "agent Level is not a number"}]},
        "“R” asks: a (has x; agent Level is not a number)",
    ),
    "not numbers": (None, ""),
}


@pytest.mark.parametrize(("numbers", "words"), CASES.values(), ids=CASES)
def test_numbers_are_told_in_words(numbers: object, words: str) -> None:
    assert pairs(numbers) == words

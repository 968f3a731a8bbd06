"""Route to queue: run all rules, first match without overflow, percentages, fallback."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.engine.choose_queue import choose_queue
from routing.engine.decisions import QueueChoice, QueueReason
from tests.routing.engine.situations import NOW, a_workstream, full

NEVER = {"field": "title", "op": "equals", "value": "nothing has this title"}
KNOWN = ("A", "B", "C", "Fallback")


def to(*queues: str, name: str = "", when: Any = None) -> dict[str, Any]:
    shares = [{"queue": queue, "percent": 100 / len(queues)} for queue in queues]
    return {"name": name or "to " + "/".join(queues), "when": when, "queues": shares}


def choose(*rules: dict[str, Any], overflowing: str = "", **given: Any) -> QueueChoice:
    compiled = a_workstream(route_to_queue=list(rules)).route_to_queue
    arguments: dict[str, Any] = {
        "now": NOW,
        "draw_key": "1",
        "fallback_queue": "Fallback",
        "known_queues": KNOWN,
        "overflow": full(overflowing) if overflowing else None,
    }
    return choose_queue(compiled, {"title": "Refund"}, **(arguments | given))


def results(choice: QueueChoice) -> list[str]:
    return [rule.result.value for rule in choice.stages[0].rules]


def test_all_rules_are_evaluated_and_the_first_match_is_applied():
    choice = choose(to("A", when=NEVER), to("B"), to("C"))

    assert (choice.queue, choice.rule, choice.reason) == ("B", "to B", QueueReason.RULE)
    assert results(choice) == ["processed", "applied", "matched"]


def test_an_overflowing_queue_gives_way_to_the_next_match():
    choice = choose(to("A"), to("B"), overflowing="A")

    assert (choice.queue, choice.is_overflowing) == ("B", False)
    assert results(choice) == ["matched", "applied"]


def test_the_percentage_is_drawn_before_the_overflow_is_looked_at():
    drawn = choose(to("A", "B")).queue or ""

    choice = choose(to("A", "B"), to("C"), overflowing=drawn)

    assert choice.queue == "C"


OPENINGS = [
    ("first open in rule order", {"A": 1, "B": 0, "C": -1}, "B", QueueReason.OVERFLOW_FIRST_OPEN),
    ("opens first", {"A": 3, "B": 2, "C": 5}, "B", QueueReason.OVERFLOW_OPENS_FIRST),
    ("same opening", {"A": 3, "B": 3, "C": 3}, "A", QueueReason.OVERFLOW_OPENS_FIRST),
    ("never open", {}, "A", QueueReason.OVERFLOW_OPENS_FIRST),
]


@pytest.mark.parametrize(
    ("hours", "queue", "reason"),
    [case[1:] for case in OPENINGS],
    ids=[case[0] for case in OPENINGS],
)
def test_when_all_overflow_an_open_queue_acts(hours, queue, reason):
    openings = {name: NOW + timedelta(hours=after) for name, after in hours.items()}

    choice = choose(to("A"), to("B"), to("C"), overflow=full("ABC", openings.get))

    assert (choice.queue, choice.reason, choice.is_overflowing) == (queue, reason, True)


@pytest.mark.parametrize(
    ("rules", "reason"),
    [
        ((), QueueReason.FALLBACK_WITHOUT_RULES),
        ((to("A", when=NEVER),), QueueReason.FALLBACK_WITHOUT_MATCH),
        ((to("Gone"),), QueueReason.FALLBACK_WITHOUT_MATCH),
    ],
    ids=["no rules", "no match", "no such queue"],
)
def test_without_a_usable_rule_the_fallback_queue_takes_it(rules, reason):
    choice = choose(*rules, overflowing="Fallback")

    assert (choice.queue, choice.reason, choice.is_overflowing) == ("Fallback", reason, False)
    assert "fallback queue" in choice.sentence


def test_percentages_converge():
    shares = [
        {"queue": "A", "percent": 70},
        {"queue": "B", "percent": 20},
        {"queue": "C", "percent": 10},
    ]
    rule = {"name": "split", "queues": shares}

    drawn = Counter(choose(rule, draw_key=str(id)).queue for id in range(5000))

    assert drawn["A"] == pytest.approx(3500, rel=0.05)
    assert drawn["B"] == pytest.approx(1000, rel=0.12)
    assert drawn["C"] == pytest.approx(500, rel=0.2)


@given(key=st.text(max_size=20), weights=st.lists(st.integers(0, 100), min_size=1, max_size=5))
def test_a_draw_replays_and_never_falls_on_an_empty_share(key, weights):
    names = [str(index) for index in range(len(weights))]
    pairs = zip(names, weights, strict=True)
    rule = {"name": "split", "queues": [{"queue": n, "percent": w} for n, w in pairs]}

    first = choose(rule, draw_key=key, known_queues=names)

    assert first == choose(rule, draw_key=key, known_queues=names)
    if any(weights):
        assert weights[int(first.queue or 0)] > 0


def test_two_rules_draw_independently_for_one_item():
    rules = [to("A", "B", name=str(number)) for number in range(40)]

    assert {choose(rule).queue for rule in rules} == {"A", "B"}

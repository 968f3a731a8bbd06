"""Overflow before queueing: each condition and action, which pair acts, rules of their own."""

from datetime import timedelta
from typing import Any

import pytest

from routing.engine.choose_queue import choose_queue
from routing.engine.configuration import OverflowPair
from routing.engine.decisions import QueueChoice
from routing.engine.explain.rules import routing_document
from routing.engine.overflow import Measures, OverflowView, fired
from tests.routing.engine.situations import NOW, a_workstream
from workstreams.overflow import OFFERED
from workstreams.terms import OverflowAction, OverflowCondition, WorkstreamType

HOURS = OverflowCondition.OUT_OF_HOURS
LIMIT = OverflowCondition.ITEM_LIMIT
AVERAGE = OverflowCondition.AVERAGE_WAIT
WAITING = OverflowCondition.WAITING_TIME
ASSIGN, TRANSFER, END = OverflowAction.ASSIGN, OverflowAction.TRANSFER, OverflowAction.END
LATER = NOW + timedelta(hours=3)


def pair(condition: OverflowCondition, action: OverflowAction = END, **fields: Any) -> OverflowPair:
    target = "Spare" if action is TRANSFER else None
    return OverflowPair(condition=condition, action=action, **{"queue": target} | fields)


def view(pairs: dict[str, list[OverflowPair]], **measures: Measures) -> OverflowView:
    asked = {name: Measures(opens_at=NOW) for name in ("A", "B", "C", "Spare")} | measures
    return OverflowView(pairs_of=lambda name: pairs.get(name, []), measure=lambda wanted: asked)


def choose(*rules: dict[str, Any], overflow: OverflowView) -> QueueChoice:
    compiled = a_workstream(route_to_queue=list(rules)).route_to_queue
    return choose_queue(
        compiled,
        {},
        now=NOW,
        draw_key="1",
        fallback_queue="Fallback",
        known_queues=("A", "B", "C", "Spare", "Fallback"),
        overflow=overflow,
    )


def to(queue: str, overflow: Any = None) -> dict[str, Any]:
    return {"name": f"to {queue}", "queues": [{"queue": queue}], "overflow": overflow}


CASES = [
    ("closed", pair(HOURS), Measures(opens_at=LATER), True),
    ("never open", pair(HOURS), Measures(opens_at=None), True),
    ("open", pair(HOURS), Measures(opens_at=NOW), False),
    ("below the limit", pair(LIMIT, threshold=2), Measures(opens_at=NOW, waiting=1), False),
    ("at the limit", pair(LIMIT, threshold=2), Measures(opens_at=NOW, waiting=2), True),
    ("above the limit", pair(LIMIT, threshold=2), Measures(opens_at=NOW, waiting=9), True),
    ("as slow", pair(AVERAGE, threshold=60), Measures(opens_at=NOW, average_wait=60), False),
    ("slower", pair(AVERAGE, threshold=60), Measures(opens_at=NOW, average_wait=61), True),
    ("no average", pair(AVERAGE, threshold=60), Measures(opens_at=NOW), False),
    ("waiting is for later", pair(WAITING, threshold=60), Measures(opens_at=LATER), False),
]


@pytest.mark.parametrize(
    ("given", "measures", "acts"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_a_condition_holds_or_not(given, measures, acts):
    assert (fired([given], measures, now=NOW) is not None) is acts


EVERY = [
    (type_, condition, action)
    for type_, conditions in OFFERED.items()
    for condition, offered in conditions.items()
    for action in offered.actions
    if condition is not WAITING
]
DONE = {ASSIGN: ("A", False), TRANSFER: ("Spare", False), END: ("A", True)}


@pytest.mark.parametrize(("type_", "condition", "action"), EVERY)
def test_every_condition_with_every_action_of_its_channel(type_, condition, action):
    given = pair(condition, action, threshold=None if condition is HOURS else 1)
    measures = Measures(opens_at=LATER if condition is HOURS else NOW, waiting=1, average_wait=2)

    choice = choose(to("A"), overflow=view({"A": [given]}, A=measures))

    assert (choice.queue, choice.is_overflowing) == ("A", True)
    assert (choice.destination, choice.ends) == DONE[action]


def test_what_each_channel_offers_of_what_the_reference_lists():
    offered = {
        (type_.value, condition.value): [action.value for action in each.actions]
        for type_, conditions in OFFERED.items()
        for condition, each in conditions.items()
    }
    assert offered == {
        ("messaging", "out_of_operating_hours"): ["assign_anyway", "transfer", "end"],
        ("messaging", "work_item_limit"): ["transfer", "end"],
        ("messaging", "waiting_time"): ["transfer", "end"],
        ("record", "out_of_operating_hours"): ["assign_anyway", "transfer"],
        ("record", "waiting_time"): ["transfer"],
        ("voice", "out_of_operating_hours"): ["assign_anyway", "transfer", "end"],
        ("voice", "work_item_limit"): ["transfer", "end"],
        ("voice", "average_wait"): ["transfer", "end"],
        ("voice", "waiting_time"): ["transfer"],
    }
    assert set(OFFERED) == set(WorkstreamType)


def test_out_of_hours_acts_before_what_stands_above_it():
    given = [pair(LIMIT, threshold=1), pair(HOURS, TRANSFER)]
    choice = choose(to("A"), overflow=view({"A": given}, A=Measures(opens_at=LATER, waiting=5)))

    assert choice.overflow is not None
    assert (choice.overflow.condition, choice.destination) == (HOURS, "Spare")


def test_of_two_others_the_first_defined_acts():
    given = [pair(AVERAGE, TRANSFER, threshold=30), pair(LIMIT, threshold=1)]
    measures = Measures(opens_at=NOW, waiting=5, average_wait=99)

    choice = choose(to("A"), overflow=view({"A": given}, A=measures))

    assert choice.overflow is not None
    assert choice.overflow.condition is AVERAGE


def test_the_first_queue_that_does_not_overflow_gets_the_item_without_any_action():
    full = Measures(opens_at=NOW, waiting=5)
    choice = choose(to("A"), to("B"), overflow=view({"A": [pair(LIMIT, threshold=5)]}, A=full))

    assert (choice.destination, choice.overflow) == ("B", None)
    [ruleset] = choice.stages
    assert [rule.note for rule in ruleset.rules] == [
        "A overflows: 5 wait, and the limit is 5",
        "",
    ]


def test_when_all_overflow_the_first_open_one_acts_by_its_own_pair():
    pairs = {"A": [pair(HOURS, ASSIGN)], "B": [pair(LIMIT, TRANSFER, threshold=1)]}
    measures = {"A": Measures(opens_at=LATER), "B": Measures(opens_at=NOW, waiting=1)}

    choice = choose(to("A"), to("B"), overflow=view(pairs, **measures))

    assert (choice.queue, choice.destination, choice.rule) == ("B", "Spare", "to B")


def test_pairs_of_a_rule_replace_all_of_its_queue():
    own = [{"condition": "work_item_limit", "threshold": 50, "action": "end"}]
    closed = Measures(opens_at=LATER, waiting=20)
    pairs = {"A": [pair(HOURS), pair(LIMIT, threshold=10)]}

    choice = choose(to("A", own), overflow=view(pairs, A=closed))

    assert (choice.destination, choice.overflow) == ("A", None)


def test_a_rule_with_an_empty_list_never_overflows():
    pairs = {"A": [pair(HOURS)]}
    choice = choose(to("A", []), overflow=view(pairs, A=Measures(opens_at=LATER)))

    assert choice.overflow is None


def test_a_rule_may_be_stricter_than_its_queue():
    own = [{"condition": "work_item_limit", "threshold": 1, "action": "transfer", "queue": "C"}]
    choice = choose(to("A", own), overflow=view({}, A=Measures(opens_at=NOW, waiting=1)))

    assert choice.overflow is not None
    assert (choice.destination, choice.overflow.is_of_rule) == ("C", True)


def test_only_what_a_pair_asks_for_is_measured_and_each_queue_once():
    asked: list[Any] = []

    def measure(wanted):
        asked.append(dict(wanted))
        return {name: Measures(opens_at=NOW, waiting=0) for name in wanted}

    pairs = {"A": [pair(LIMIT, threshold=1)], "B": [pair(HOURS)]}
    choose(
        to("A"),
        to("B"),
        to("A") | {"name": "again"},
        overflow=OverflowView(pairs_of=lambda name: pairs.get(name, []), measure=measure),
    )

    assert asked == [{"A": frozenset({LIMIT}), "B": frozenset()}]


def test_nothing_is_measured_where_no_queue_has_pairs():
    def measure(wanted):
        raise AssertionError("nobody asked")

    choice = choose(to("A"), overflow=OverflowView(pairs_of=lambda name: [], measure=measure))

    assert choice.queue == "A"


def test_the_decision_says_which_condition_fired_and_what_was_done():
    given = {"A": [pair(LIMIT, TRANSFER, threshold=2)]}
    choice = choose(to("A"), overflow=view(given, A=Measures(opens_at=NOW, waiting=3)))

    document = routing_document(configuration_version=1, workstream="W", queue=choice)

    assert document["queue"] == "Spare"
    assert document["stages"][0]["overflow"] == {
        "condition": "work_item_limit",
        "threshold": 2,
        "measured": 3,
        "action": "transfer",
        "queue": "Spare",
        "is_of_rule": False,
        "sentence": "3 wait, and the limit is 2: transferred to Spare.",
    }

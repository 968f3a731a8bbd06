"""The order of work with prioritisation rules: buckets, their orders, and other queues."""

from typing import Any

import pytest

from routing.engine.assign import decide
from routing.engine.configuration import compile_piece
from routing.engine.methods.items import place_of
from tests.routing.engine.methods import NAME, a_method, row
from tests.routing.engine.situations import NOW, a_configuration, a_queue, ago, an_agent, an_item

GOLD = row("context.tier", "equals", "gold")


def with_buckets(*buckets: dict[str, Any]) -> Any:
    return a_method(prioritization=list(buckets))


def a_bucket(name: str, when: Any, order: Any = None) -> dict[str, Any]:
    return {"name": name, "when": when, "order_by": order}


def order_of(items: Any, *pieces: Any) -> list[int]:
    configuration = a_configuration(*pieces)
    many = [an_agent(1, queues=(1, 2, 3), units_limit=99)]
    return [each.item_id for each in decide(configuration, items, many, now=NOW).assignments]


def tiered(id: int, waits: float, tier: str = "", **facts: Any) -> Any:
    return an_item(id, waits=waits, fields={"context": {"tier": tier, **facts}})


def test_a_bucket_goes_before_older_items_that_no_rule_takes():
    method = with_buckets(a_bucket("Gold", GOLD))
    items = [tiered(1, 90), tiered(2, 10, "gold"), tiered(3, 20, "gold")]

    assert order_of(items, a_queue(assignment_method=NAME), method) == [3, 2, 1]


def test_rules_take_from_what_earlier_ones_left():
    method = with_buckets(
        a_bucket("Old", row("created_at", "older_than", {"minutes": 1})), a_bucket("Gold", GOLD)
    )
    items = [
        an_item(id, waits=waits, fields={"context": {"tier": tier}, "created_at": ago(waits)})
        for id, waits, tier in ((1, 5, ""), (2, 10, "gold"), (3, 90, ""))
    ]

    assert order_of(items, a_queue(assignment_method=NAME), method) == [3, 2, 1]


@pytest.mark.parametrize(
    ("direction", "expected"), [("ascending", [2, 1, 3]), ("descending", [1, 2, 3])]
)
@pytest.mark.parametrize("kind", ["date", "number"])
def test_a_bucket_goes_by_a_date_or_a_number_either_way_and_what_has_none_goes_last(
    direction, expected, kind
):
    values: Any = {"date": ["2025-04-01", "2025-03-09"], "number": [12, "9"]}[kind]
    order = {"by": "context.due", "direction": direction}
    items = [tiered(1, 1, due=values[0]), tiered(2, 2, due=values[1]), tiered(3, 9)]

    ordered = order_of(
        items, a_queue(assignment_method=NAME), with_buckets(a_bucket("All", {}, order))
    )

    assert ordered == expected


def test_equal_values_go_by_age():
    order = {"by": "context.due", "direction": "ascending"}
    items = [tiered(1, 1, due=5), tiered(2, 9, due=5)]

    assert order_of(
        items, a_queue(assignment_method=NAME), with_buckets(a_bucket("All", {}, order))
    ) == [2, 1]


def test_of_one_priority_queues_by_age_go_first_as_one_list_then_others_by_name():
    method = with_buckets(a_bucket("Gold", GOLD))
    queues = [
        a_queue(1, name="Zulu", assignment_method=NAME),
        a_queue(2, name="Alpha", assignment_method=NAME),
        a_queue(3, name="Mike"),
    ]
    items = [
        an_item(1, waits=90, queue_id=1),
        an_item(2, waits=50, queue_id=2),
        an_item(3, waits=1, queue_id=3),
    ]

    assert order_of(items, *queues, method) == [3, 2, 1]


def test_a_smaller_priority_number_goes_before_all_that():
    method = with_buckets(a_bucket("Gold", GOLD))
    queues = [a_queue(1, assignment_method=NAME, priority=1), a_queue(2, priority=2)]
    items = [an_item(1, waits=1, queue_id=1), an_item(2, waits=90, queue_id=2)]

    assert order_of(items, *queues, method) == [1, 2]


def test_an_item_that_goes_back_to_its_agent_goes_before_all_buckets():
    method = with_buckets(a_bucket("Gold", GOLD))
    items = [tiered(1, 90, "gold"), an_item(2, affinity_agent_id=1)]

    assert order_of(items, a_queue(assignment_method=NAME), method) == [2, 1]


def test_a_condition_of_prioritisation_is_asked_anew_each_time():
    method = with_buckets(a_bucket("Old", row("created_at", "older_than", {"hours": 1})))
    fields = {"created_at": ago(3500)}

    assert place_of(method, fields, NOW)[0] == 1
    assert place_of(method, fields, ago(-200))[0] == 0


def test_a_method_that_reads_nothing_of_an_item_needs_no_fields():
    assert not a_method().reads_fields
    assert with_buckets(a_bucket("Gold", GOLD)).reads_fields
    assert compile_piece("assignment_method", {"name": "Empty"}, id=2).rulesets == ()

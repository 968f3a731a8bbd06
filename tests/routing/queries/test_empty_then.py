"""What was empty when work arrived is empty in replays and trials, whatever rules wrote since."""

import pytest

from routing import configuration
from routing.actions.route_record import route_record
from routing.models import RoutingDecision, Rule, Ruleset
from routing.queries.as_it_arrived import as_it_arrived
from routing.queries.replay import replay_today
from routing.queries.try_rules import try_item
from tests.factories import make_intake_rule, make_record, make_workstream
from workstreams.actions.take_in import take_in

pytestmark = pytest.mark.django_db


def grade(workstream, field, now):
    """Who has no tier yet gets one, and comes first."""
    ruleset = Ruleset.objects.create(kind="classification", workstream=workstream, name="Grade")
    when, then = {"field": field, "op": "is_not_set"}, {"set": {field: "new"}, "priority": 7}
    Rule.objects.create(ruleset=ruleset, name="New", when=when, then=then)
    configuration.publish(by=None, now=now)


def answers(item, stage="routing"):
    decision = RoutingDecision.objects.get(work_item_id=item.pk, stage=stage)
    return [(each.rules, each.is_same) for each in replay_today(decision).answers]


def results(item, now):
    """Of the classification rules, when the item is tried as it arrived."""
    [side] = try_item(as_it_arrived(item), now=now).sides
    return [
        rule["result"]
        for stage in (side.explained or {})["stages"]
        if stage["stage"] == "classification"
        for ruleset in stage["rulesets"]
        for rule in ruleset["rules"]
    ]


def test_a_value_that_rules_gave_a_conversation_is_not_read_again(workstream, now):
    grade(workstream, "context.tier", now)

    item = take_in(workstream=workstream, now=now)

    assert (item.context, item.priority) == ({"tier": "new"}, 7)
    assert answers(item) == [("then", True), ("published", True)]
    assert results(item, now) == ["applied"]


def test_nor_is_one_that_rules_gave_a_record(record_routing, now):
    cases = make_workstream("Cases", type="record")
    make_intake_rule(cases, when={"field": "record.tier", "op": "is_not_set"})
    grade(cases, "record.tier", now)

    item = route_record(record_id=make_record("Parcel").pk, now=now).item

    assert item is not None
    assert answers(item) == answers(item, "intake") == [("then", True), ("published", True)]
    assert results(item, now) == ["applied"]

"""What classification rules set of a record is stored with it."""

from typing import Any

import pytest

from routing import configuration
from routing.actions.route_item import route_item
from routing.actions.route_record import route_record
from routing.actions.save_ruleset import save_rulesets
from routing.exceptions import InvalidRules
from routing.models import Rule, Ruleset
from routing.queries.item_fields import item_fields
from routing.queries.rule_lists import rule_list
from routing.terms import RulesetKind
from tests.factories import make_item, make_record, make_workstream
from workstreams.models import WorkItem

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("record_routing")]


def setting(workstream, now, when=None, **fields):
    """The only rule of the workstream sets these fields."""
    ruleset = Ruleset.objects.create(kind="classification", workstream=workstream, name="Sort")
    Rule.objects.create(ruleset=ruleset, name="Sets", when=when or {}, then={"set": fields})
    configuration.publish(by=None, now=now)


def test_a_routed_record_keeps_what_rules_set_and_methods_read_it(intake, cases, now):
    setting(cases, now, **{"record.severity": "high", "record.title": "Urgent: parcel"})
    record = make_record("Parcel", data={"tier": "gold", "severity": "low"})

    route_record(record_id=record.pk, now=now)

    record.refresh_from_db()
    assert record.data == {"tier": "gold", "severity": "high"}
    assert record.title == "Urgent: parcel"
    fields = item_fields(WorkItem.objects.get(record=record))
    assert (fields["record"]["severity"], fields["case"]["severity"]) == ("high", "high")


def test_a_linked_case_keeps_it_too(workstream, now):
    setting(workstream, now, **{"case.is_urgent": True})
    case = make_record("Parcel")
    item = make_item(workstream, at=now, case=case)

    route_item(item_id=item.pk, now=now)

    case.refresh_from_db()
    assert case.data == {"is_urgent": True}


def test_what_a_record_is_and_whom_it_is_about_is_not_for_rules(intake, cases, now):
    setting(cases, now, **{"record.number": "C-9", "record.contact.name": "Eve"})
    record = make_record("Parcel", number="C-1")

    route_record(record_id=record.pk, now=now)

    record.refresh_from_db()
    assert (record.number, record.data) == ("C-1", {})


def test_a_case_that_is_not_there_gets_nothing(now):
    workstream = make_workstream("Talk")
    setting(workstream, now, **{"case.is_urgent": True})

    item = make_item(workstream, at=now)

    assert route_item(item_id=item.pk, now=now).case is None


def ruleset(name, **fields):
    rule = {"name": "Sets", "when": {}, "then": {"set": fields}}
    return {"name": name, "kind": "logical", "rules": [rule]}


@pytest.fixture
def save(cases, administrator, now):
    """Saves the classification of records."""
    kind = RulesetKind.CLASSIFICATION

    def save(*rulesets):
        save_rulesets(
            workstream=cases, kind=kind, rulesets=list(rulesets), by=administrator, now=now
        )
        return rule_list(kind, cases).rulesets

    return save


def test_what_would_not_be_stored_is_not_saved(save):
    with pytest.raises(InvalidRules) as refusal:
        save(ruleset("Sort", **{"record.contact.name": "Eve"}))

    findings: Any = refusal.value.details["findings"]
    [fault] = findings
    assert fault["path"] == "0.rules.0.then.set.record.contact.name"
    assert fault["message"].startswith("Rules cannot set a record's type, number")


def test_a_rule_that_set_it_before_does_not_stand_in_the_way_of_others(save, cases, now):
    setting(cases, now, **{"record.number": "C-9"})

    older, _ = save(ruleset("Sort", **{"record.number": "C-9"}), ruleset("More", title="Urgent"))

    assert older["rules"][0]["then"] == {"set": {"record.number": "C-9"}}

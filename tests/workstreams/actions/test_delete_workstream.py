"""Deleting a workstream, and what stands against it."""

from typing import Any

import pytest

from routing.models import Rule, Ruleset
from tests.factories import make_chat_widget, make_intake, make_item, make_workstream
from tests.factories.learning import make_model
from workstreams.actions.delete_workstream import delete_workstream
from workstreams.exceptions import InUse
from workstreams.models import WorkItem, Workstream


def found(refusal: InUse) -> Any:
    """The dependencies that the refusal names."""
    return refusal.details["dependencies"]


def dependencies_named(workstream, by, now):
    with pytest.raises(InUse) as refusal:
        delete_workstream(workstream=workstream, by=by, now=now)
    return [(each["kind"], each["name"]) for each in found(refusal.value)]


def test_an_unused_workstream_goes_with_its_rules(workstream, administrator, now):
    Ruleset.objects.create(kind="classification", workstream=workstream, name="Rules")

    delete_workstream(workstream=workstream, by=administrator, now=now)

    assert not Workstream.objects.exists()
    assert not Ruleset.objects.exists()


def test_deleting_twice_is_harmless(workstream, administrator, now):
    delete_workstream(workstream=workstream, by=administrator, now=now)

    delete_workstream(workstream=workstream, by=administrator, now=now)


def test_intake_rules_are_named(administrator, now):
    workstream = make_workstream("Cases", type="record")
    intake = make_intake("Intake")
    Rule.objects.create(ruleset=intake, name="Refunds", workstream=workstream)

    assert dependencies_named(workstream, administrator, now) == [("intake_rule", "Refunds")]


def test_models_that_learn_from_it_are_named(workstream, administrator, now):
    make_model(name="Topics").workstreams.add(workstream)

    assert dependencies_named(workstream, administrator, now) == [("learned_model", "Topics")]


def test_channel_instances_are_named_with_a_link(workstream, administrator, now):
    make_chat_widget(workstream, "shop", name="Shop")

    with pytest.raises(InUse) as refusal:
        delete_workstream(workstream=workstream, by=administrator, now=now)

    [dependency] = found(refusal.value)
    assert dependency["name"] == "Shop"
    assert dependency["url"] == f"/workstreams/{workstream.pk}/#channel"


def test_unfinished_work_is_named_and_the_rest_counted(workstream, administrator, now):
    for number in range(12):
        make_item(workstream, title=f"Chat {number}")

    named = dependencies_named(workstream, administrator, now)

    first = WorkItem.objects.earliest("id")
    assert named[0] == ("work_item", f"Chat 0 (#{first.pk} · {first.customer_name})")
    assert named[-1] == ("work_item", "and 2 more")
    assert len(named) == 11

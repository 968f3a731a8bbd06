"""Creating, changing and deleting queues."""

from typing import Any

import pytest

from routing.models import Rule, RuleQueue, Ruleset
from tests.factories import make_item, make_queue
from workstreams.actions.create_queue import create_queue
from workstreams.actions.delete_queue import delete_queue
from workstreams.actions.edit_queue import edit_queue
from workstreams.actions.refusals import BuiltIn, InvalidSettings
from workstreams.actions.set_fallback_queue import set_fallback_queue
from workstreams.exceptions import InUse, SavedMeanwhile
from workstreams.models import Queue


def found(refusal: InUse) -> Any:
    """The dependencies that the refusal names."""
    return refusal.details["dependencies"]


def test_a_new_queue_has_no_members(administrator, now):
    queue = create_queue(name=" VIP ", type="messaging", priority=2, by=administrator, now=now)

    assert (queue.name, queue.priority, queue.members.count()) == ("VIP", 2, 0)


@pytest.mark.parametrize(
    ("type", "method"),
    [("messaging", "highest_capacity"), ("record", "highest_capacity"), ("voice", "least_active")],
)
def test_a_new_queue_begins_with_the_method_usual_for_its_type(administrator, now, type, method):
    queue = create_queue(name="VIP", type=type, by=administrator, now=now)

    assert queue.assignment_method == method


@pytest.mark.parametrize(
    ("settings", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "SUPPORT"}, "name"),
        ({"type": "mail"}, "type"),
        ({"priority": 0}, "priority"),
        ({"assignment_method": ""}, "assignment_method"),
    ],
)
def test_an_impossible_queue_is_refused_by_field(queue, administrator, now, settings, field):
    with pytest.raises(InvalidSettings) as refusal:
        create_queue(**{"name": "VIP", "type": "voice"} | settings, by=administrator, now=now)

    assert refusal.value.errors.keys() == {field}


def test_an_edit_raises_the_revision(queue, administrator, now):
    edited = edit_queue(queue=queue, priority=9, revision=1, by=administrator, now=now)

    assert (edited.priority, edited.revision) == (9, 2)
    with pytest.raises(SavedMeanwhile):
        edit_queue(queue=queue, priority=8, revision=1, by=administrator, now=now)


def test_the_type_of_a_queue_stays(queue, administrator, now):
    with pytest.raises(InvalidSettings):
        edit_queue(queue=queue, type="voice", by=administrator, now=now)


def test_a_built_in_queue_changes_its_method_only(administrator, now):
    built_in = Queue.objects.get(type="voice", is_default=True)

    with pytest.raises(InvalidSettings):
        edit_queue(queue=built_in, name="Calls", by=administrator, now=now)
    edit_queue(queue=built_in, assignment_method="least_active", by=administrator, now=now)

    built_in.refresh_from_db()
    assert built_in.assignment_method == "least_active"


def test_an_unused_queue_is_deleted(queue, agent, administrator, now):
    delete_queue(queue=queue, by=administrator, now=now)
    delete_queue(queue=queue, by=administrator, now=now)

    assert not Queue.objects.filter(pk=queue.pk).exists()


def test_a_built_in_queue_is_not_deleted(administrator, now):
    with pytest.raises(BuiltIn):
        delete_queue(queue=Queue.objects.get(type="voice"), by=administrator, now=now)


def test_what_uses_a_queue_is_named(workstream, administrator, now):
    target = make_queue("Target")
    ruleset = Ruleset.objects.create(kind="route_to_queue", workstream=workstream, name="Routes")
    rule = Rule.objects.create(ruleset=ruleset, name="Gold")
    RuleQueue.objects.create(rule=rule, queue=target)
    item = make_item(workstream, title="Help", queue=target)

    with pytest.raises(InUse) as refusal:
        delete_queue(queue=target, by=administrator, now=now)

    assert [each["name"] for each in found(refusal.value)] == [
        "Chat: Gold",
        f"Help (#{item.pk} · {item.customer_name})",
    ]


def test_a_fallback_queue_is_in_use(workstream, queue, administrator, now):
    with pytest.raises(InUse) as refusal:
        delete_queue(queue=queue, by=administrator, now=now)

    assert found(refusal.value)[0]["kind"] == "fallback_queue_of"


def test_the_fallback_queue_is_chosen_or_created(workstream, administrator, now):
    other = make_queue("Other")

    set_fallback_queue(workstream=workstream, queue=other, revision=1, by=administrator, now=now)
    set_fallback_queue(workstream=workstream, new_queue="Newest", by=administrator, now=now)

    workstream.refresh_from_db()
    assert (workstream.fallback_queue.name, workstream.revision) == ("Newest", 3)


def test_a_queue_of_another_type_is_no_fallback(workstream, administrator, now):
    with pytest.raises(InvalidSettings):
        set_fallback_queue(
            workstream=workstream, queue=make_queue(type="voice"), by=administrator, now=now
        )

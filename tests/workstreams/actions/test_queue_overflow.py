"""Overflow of a queue as it is edited, copied, and deleted with work in it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from agents.models import OperatingHours
from routing import configuration
from routing.configuration.documents.words import facts
from tests.factories import make_agent, make_item, make_overflow, make_queue, make_workstream
from workstreams.actions.copy_queue import copy_queue
from workstreams.actions.create_queue import create_queue
from workstreams.actions.delete_queue import delete_queue
from workstreams.actions.edit_queue import edit_queue
from workstreams.actions.refusals import InvalidSettings
from workstreams.actions.save_overflow import overflow_of
from workstreams.exceptions import InUse
from workstreams.models import Queue, WorkItem, WorkItemEvent
from workstreams.overflow import pair_words
from workstreams.terms import ItemState, Reason

ASSIGN = {
    "condition": "out_of_operating_hours",
    "threshold": None,
    "action": "assign_anyway",
    "queue": None,
}
END = {"condition": "work_item_limit", "threshold": 5, "action": "end", "queue": None}
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def office(db):
    return OperatingHours.objects.create(name="Office", time_zone="UTC")


@pytest.fixture
def change(queue, administrator):
    def change(**settings):
        return edit_queue(queue=queue, by=administrator, now=NOW, **settings)

    return change


def test_operating_hours_bring_their_pair_and_take_it_with_them(change, queue, office):
    change(overflow=[END])

    change(operating_hours=office)
    assert overflow_of(queue) == [ASSIGN, END]
    change(operating_hours=None)
    assert overflow_of(queue) == [END]


def test_a_new_queue_with_hours_has_the_pair(administrator, office):
    queue = create_queue(
        name="VIP", type="record", operating_hours=office, by=administrator, now=NOW
    )

    assert overflow_of(queue) == [ASSIGN]


def test_the_action_outside_hours_can_be_chosen(change, queue, office):
    change(operating_hours=office, overflow=[ASSIGN | {"action": "end"}])

    assert overflow_of(queue) == [ASSIGN | {"action": "end"}]


WRONG = {
    "no condition": ({"condition": "full"}, "condition"),
    "for calls": ({"condition": "average_wait", "threshold": 60}, "condition"),
    "limit of nothing": ({"threshold": 0}, "threshold"),
    "limit too high": ({"threshold": 101}, "threshold"),
    "limit is no number": ({"threshold": "5"}, "threshold"),
    "limit is true": ({"threshold": True}, "threshold"),
    "no action": ({"action": "voicemail"}, "action"),
    "anyway": ({"action": "assign_anyway"}, "action"),
    "nowhere": ({"action": "transfer"}, "queue"),
    "unknown": ({"action": "transfer", "queue": "Gone"}, "queue"),
    "itself": ({"action": "transfer", "queue": "SUPPORT"}, "queue"),
    "calls": ({"action": "transfer", "queue": "Default voice queue"}, "queue"),
    "end names a queue": ({"queue": "Default messaging queue"}, "queue"),
    "too short": ({"condition": "waiting_time", "threshold": 59}, "threshold"),
    "too long": ({"condition": "waiting_time", "threshold": 172_801}, "threshold"),
    "always open": ({"condition": "out_of_operating_hours", "threshold": None}, "condition"),
}


@pytest.mark.parametrize(("fields", "field"), WRONG.values(), ids=WRONG)
def test_an_impossible_pair_is_refused_at_its_field(change, queue, fields, field):
    with pytest.raises(InvalidSettings) as refusal:
        change(overflow=[END | fields])

    assert refusal.value.errors.keys() == {f"overflow.0.{field}"}
    assert overflow_of(queue) == []


@pytest.mark.parametrize(
    ("type_", "seconds"), [("record", 179), ("voice", 3601), ("voice", 59), ("record", 172_801)]
)
def test_each_type_has_its_own_range_of_waiting(administrator, type_, seconds):
    queue = make_queue(type=type_)
    to = Queue.objects.get(type=type_, is_default=True).name
    pair = {"condition": "waiting_time", "threshold": seconds, "action": "transfer", "queue": to}

    with pytest.raises(InvalidSettings):
        edit_queue(queue=queue, overflow=[pair], by=administrator, now=NOW)


def test_a_built_in_queue_gets_no_overflow(administrator):
    built_in = Queue.objects.get(type="messaging", is_default=True)

    with pytest.raises(InvalidSettings):
        edit_queue(queue=built_in, overflow=[END], by=administrator, now=NOW)


def test_automatic_distribution_is_switched_on_for_good(administrator):
    basic = create_queue(name="Mail", type="record", distributes=False, by=administrator, now=NOW)

    edit_queue(queue=basic, distributes=True, by=administrator, now=NOW)

    with pytest.raises(InvalidSettings):
        edit_queue(queue=basic, distributes=False, by=administrator, now=NOW)


def test_overflow_is_published_and_a_renamed_target_keeps_its_pair(change, queue, administrator):
    spare = make_queue("Spare")
    change(overflow=[END | {"action": "transfer", "queue": "spare"}])

    edit_queue(queue=spare, name="Night", by=administrator, now=NOW)

    [pair] = configuration.current().compiled.queues[queue.pk].overflow
    assert (pair.threshold, pair.queue) == (5, "Night")


def test_a_copy_has_all_settings_and_asks_about_members(change, queue, office, administrator):
    make_queue("Other").memberships.create(agent=make_agent("zoe", queues=[queue]))
    make_agent("amy", queues=[queue])
    change(operating_hours=office, priority=7, service_level_seconds=60, overflow=[ASSIGN, END])

    copy = copy_queue(queue=queue, with_members=True, by=administrator, now=NOW)
    bare = copy_queue(queue=queue, by=administrator, now=NOW)

    assert (copy.name, bare.name) == ("Copy of Support", "Copy of Support (2)")
    assert (copy.priority, copy.operating_hours, copy.service_level_seconds) == (7, office, 60)
    assert overflow_of(copy) == [ASSIGN, END]
    assert [each.agent.username for each in copy.memberships.all()] == ["zoe", "amy"]
    assert bare.members.count() == 0


def test_deleting_moves_waiting_and_unfinished_work(queue, administrator, now):
    old, agent = make_queue("Old"), make_agent(queues=[queue])
    workstream = make_workstream()
    waiting = make_item(workstream, queue=old)
    held = make_item(workstream, queue=old, state=ItemState.ACTIVE, agent=agent)
    done = make_item(workstream, queue=old, state=ItemState.CLOSED, closed_at=now)

    delete_queue(queue=old, move_to=queue, by=administrator, now=now)

    moved = WorkItem.objects.in_bulk([waiting.pk, held.pk, done.pk])
    assert [moved[each.pk].queue_id for each in (waiting, held)] == [queue.pk, queue.pk]
    assert moved[waiting.pk].waiting_since == waiting.waiting_since
    assert moved[waiting.pk].queued_at == now
    assert moved[done.pk].queue_id == old.pk
    events = WorkItemEvent.objects.filter(kind="work-item-moved").order_by("id")
    assert [each.work_item_id for each in events] == [waiting.pk, held.pk]
    assert not Queue.objects.filter(pk=old.pk).exists()


def test_work_that_is_offered_waits_anew_in_the_other_queue_too(queue, administrator, now):
    old = make_queue("Old")
    item = make_item(
        make_workstream(),
        queue=old,
        state=ItemState.ACTIVE,
        reason=Reason.AWAITING_AGENT_ACCEPTANCE,
        agent=make_agent(queues=[queue]),
    )

    delete_queue(queue=old, move_to=queue, by=administrator, now=now)

    assert WorkItem.objects.get(pk=item.pk).queued_at == now


def test_without_a_place_for_it_work_stands_against_deleting(queue, administrator, now):
    old = make_queue("Old")
    make_item(make_workstream(), queue=old)

    with pytest.raises(InUse):
        delete_queue(queue=old, by=administrator, now=now)
    assert Queue.objects.filter(pk=old.pk).exists()


@pytest.mark.parametrize("place", ["itself", "calls", "nobody"])
def test_work_goes_only_where_it_can_be_done(queue, agent, administrator, now, place):
    old = make_queue("Old")
    make_agent(queues=[old])
    item = make_item(make_workstream(), queue=old)
    places = {"itself": old, "calls": make_queue(type="voice"), "nobody": make_queue()}

    with pytest.raises(InvalidSettings) as refusal:
        delete_queue(queue=old, move_to=places[place], by=administrator, now=now)

    item.refresh_from_db()
    assert refusal.value.errors.keys() == {"move_to"}
    assert item.queue == old


def test_what_overflows_into_a_queue_is_named(queue, administrator, now):
    make_overflow(make_queue("Full"), threshold=1, to=queue)

    with pytest.raises(InUse) as refusal:
        delete_queue(queue=queue, by=administrator, now=now)

    dependencies: Any = refusal.value.details["dependencies"]
    [found] = [(each["kind"], each["name"]) for each in dependencies]
    assert found == ("overflow_of_queue", "Full")


def test_calls_are_ended_and_conversations_too_each_in_its_words():
    pair = {"condition": "work_item_limit", "threshold": 3, "action": "end", "queue": None}

    assert pair_words(pair, "voice") == "work item limit exceeds 3: end the call"
    assert pair_words(pair, "messaging") == "work item limit exceeds 3: end the conversation"


def test_a_difference_of_a_voice_queue_speaks_of_calls():
    pair = {"condition": "average_wait", "threshold": 60, "action": "end", "queue": None}
    rule = {"name": "All", "when": {}, "queues": [{"queue": "A", "percent": 100}]}

    queue = facts({"name": "Calls", "type": "voice", "overflow": [pair]})
    workstream = facts({"type": "voice", "route_to_queue": [rule | {"overflow": [pair]}]})

    assert queue["overflow in order"] == "average wait time exceeds 1 min: end the call"
    assert "end the call" in workstream["route-to-queue rule “All”"]

"""Move the unfinished work item of a record to where its intake rules send it now."""

from datetime import datetime
from typing import Any

from routing.actions.end_assignment import end_assignment
from routing.actions.lock_item import lock_item, lock_open_assignment
from routing.actions.note_intake import customer_of
from routing.actions.return_item import return_item
from routing.actions.route_item import route_item
from routing.models import Assignment
from routing.terms import Outcome
from workstreams.actions.name_customer import name_anew
from workstreams.actions.record_event import record_event
from workstreams.actions.refusals import refusing_deleted_rows
from workstreams.actions.take_in import required_units
from workstreams.models import Record, WorkItem, Workstream
from workstreams.terms import DistributionMode, ItemState, Reason


def may_move_quietly(item: WorkItem) -> bool:
    """Whether nobody notices that it moves: it waits, or its agent has not answered yet."""
    return item.state == ItemState.OPEN or item.reason == Reason.AWAITING_AGENT_ACCEPTANCE


def put_back(item: WorkItem, assignment: Assignment, *, now: datetime, by: str) -> None:
    """The locked item waits in its queue again, whether its agent had answered or not."""
    is_offer = assignment.outcome == Outcome.PENDING
    end_assignment(assignment=assignment, now=now)
    kind = "offer-withdrawn" if is_offer else "work-item-released"
    return_item(item=item, kind=kind, now=now, by=by, spares_agent=not is_offer)


def reroute(
    item_id: int, record: Record, workstream: Workstream, *, now: datetime, by: str
) -> WorkItem:
    """The locked item is taken back, classified and queued as the record is now, and keeps its
    age and skills (A 11). It moves to another workstream where that is what the rules say."""
    item = lock_item(item_id)
    assignment = lock_open_assignment(item)
    if assignment is not None:
        put_back(item, assignment, now=now, by=by)
    left = {"from_queue_id": item.queue_id, "from_workstream_id": item.workstream_id}

    if item.workstream_id != workstream.pk:
        item.workstream = workstream
        item.is_pushed = workstream.distribution_mode == DistributionMode.PUSH
        item.required_units = required_units(workstream)
        item.required_profiles = []
    item.title = record.title
    filled = _follow_customer(item, record)
    with refusing_deleted_rows():
        item.save()
    route_item(item_id=item.pk, now=now)

    item = lock_item(item.pk)
    if item.queue_id != left["from_queue_id"]:
        # How long it has waited there is what its overflow goes by.
        item.queued_at = now
        item.save(update_fields=["queued_at"])
    record_event(kind="work-item-rerouted", item=item, now=now, by=by, **left, **filled)
    return item


def _follow_customer(item: WorkItem, record: Record) -> dict[str, Any]:
    """Its customer is the record's as on arrival, unless that is whom it brought already: then
    somebody may have linked another one since. What the event keeps of another's name."""
    # Of older records it is not known whom they brought; who names nobody takes nobody away.
    brought = record.intake.get("brought")
    if customer_of(record) == (brought or [None, None]):
        return {}
    was, contact = item.contact or item.account, record.contact
    item.contact = contact
    item.account = record.account or (contact.account if contact is not None else None)
    if was == (item.contact or item.account):
        return {}
    return {"filled": name_anew(item, was)}

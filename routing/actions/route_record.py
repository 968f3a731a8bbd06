"""Send a record through its intake rules to a workstream, or again (A 19)."""

import logging
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.db import transaction

from routing import configuration
from routing.actions.check_supervision import TRANSFER, check_supervision
from routing.actions.note_intake import note_intake
from routing.actions.raise_alarm import raise_alarm
from routing.actions.reroute_record import may_move_quietly, reroute
from routing.engine.choose_workstream import choose_workstream
from routing.engine.decisions import IntakeChoice
from routing.engine.what_was_read import what_intake_read
from routing.exceptions import RecordInWork, RecordNotActive, RecordRoutingOff, UnreadableRules
from routing.queries.item_fields import item_fields
from routing.terms import AlarmKind
from workstreams.actions.lock_record import lock_record
from workstreams.actions.take_in import take_in
from workstreams.exceptions import Deleted
from workstreams.models import Record, WorkItem, Workstream
from workstreams.terms import Channel, ItemKind, RecordRouting

log = logging.getLogger(__name__)

NO_MATCH: Final = "No intake rule matches, so the record stays unrouted."
STAYS: Final = "No intake rule matches now, so its work item stays where it is."
ERROR_STAYS: Final = "The intake rules failed with an error, so its work item stays where it is."
GONE_STAYS: Final = "The workstream {} does not exist any more, so its work item stays where it is."
ERROR: Final = "The intake rules failed with an error, so the record stays unrouted."
GONE: Final = "The workstream {} does not exist any more, so the record stays unrouted."
ROUTED: Final = "Routed to the queue {} of the workstream {}."


@dataclass(frozen=True, kw_only=True)
class RoutedRecord:
    """What became of routing a record, and a sentence for who asked for it."""

    result: RecordRouting
    sentence: str
    item: WorkItem | None = None


def route_record(
    *, record_id: int, now: datetime, by: str = "", takes_back: bool = False
) -> RoutedRecord:
    """The first intake rule that matches gives the workstream, which classifies and queues it.

    A waiting work item of the record moves there; where the old one is closed a new one is made.
    One that an agent has is moved only if ``takes_back``, which is to transfer it. Refuses
    RecordRoutingOff, RecordNotActive, RecordInWork, NotForSupervisors.
    """
    with transaction.atomic():
        return route_inside(record_id=record_id, now=now, by=by, takes_back=takes_back)


def route_inside(
    *, record_id: int, now: datetime, by: str = "", takes_back: bool = False
) -> RoutedRecord:
    """The same for a caller whose own transaction, or savepoint, ends with any refusal."""
    record, item_id = lock_record(record_id)
    published = configuration.current()
    _check_may_be_routed(record, published)
    if item_id is not None:
        _check_may_be_taken(item_id, by, takes_back=takes_back)

    choice = _choose_safely(record, published, now)
    if choice is None:
        if item_id is not None:
            return RoutedRecord(result=RecordRouting.FAILED, sentence=ERROR_STAYS)
        return _unrouted(record, RecordRouting.FAILED, ERROR, None, published, now)
    if choice.workstream is None:
        if item_id is not None:
            return RoutedRecord(result=RecordRouting.NO_MATCH, sentence=STAYS)
        return _unrouted(record, RecordRouting.NO_MATCH, NO_MATCH, choice, published, now)
    return _send(record, item_id, choice, published, now=now, by=by)


def route_new_record(*, record_id: int, now: datetime, by: str = "") -> None:
    """Route a record because it was created, where records of its type are; else do nothing."""
    record = Record.objects.select_related("record_type").get(pk=record_id)
    compiled = configuration.current().compiled
    known = compiled.record_types.get(record.record_type.name)
    is_wanted = known is not None and known.is_routed and known.routes_on_creation
    if compiled.service.record_routing and is_wanted:
        route_record(record_id=record_id, now=now, by=by)


def _check_may_be_routed(record: Record, published: configuration.Published) -> None:
    known = published.compiled.record_types.get(record.record_type.name)
    is_on = published.compiled.service.record_routing
    if not is_on or known is None or not known.is_routed:
        raise RecordRoutingOff(record_type=str(record.record_type))
    if not record.is_active:
        raise RecordNotActive


def _check_may_be_taken(item_id: int, by: str, *, takes_back: bool) -> None:
    item = WorkItem.objects.select_related("agent__user").get(pk=item_id)
    if may_move_quietly(item):
        return
    if not takes_back:
        raise RecordInWork(agent=str(item.agent or item.bot))
    if item.agent is None or item.agent.username != by:
        check_supervision(TRANSFER)


def _choose_safely(
    record: Record, published: configuration.Published, now: datetime
) -> IntakeChoice | None:
    """None after an error of rules, with an alarm; it is no reason to lose the record."""
    rules, record_type = published.compiled.intake, record.record_type.name
    try:
        with transaction.atomic():
            if published.compiled.has_unreadable_intake:
                raise UnreadableRules
            fields = item_fields(as_item(record, now))
            choice = choose_workstream(rules, fields, now=now, record_type=record_type)
            return replace(choice, read=what_intake_read(rules, fields, record_type=record_type))
    except Exception as error:
        log.exception("intake failed record=%s version=%s", record.pk, published.number)
        raise_alarm(kind=AlarmKind.INTAKE_FAILED, error=error, now=now)
        return None


def as_item(record: Record, now: datetime) -> WorkItem:
    """What conditions read before there is a work item; it has no row and gets none."""
    return WorkItem(
        kind=ItemKind.RECORD,
        channel=Channel.RECORD,
        title=record.title,
        record=record,
        contact=record.contact,
        account=record.account,
        created_at=now,
        waiting_since=now,
        last_activity_at=now,
    )


def _send(
    record: Record,
    item_id: int | None,
    choice: IntakeChoice,
    published: configuration.Published,
    *,
    now: datetime,
    by: str,
) -> RoutedRecord:
    name = choice.workstream or ""
    known = published.compiled.workstream_id_by_name.get(name, 0)
    workstream = Workstream.objects.filter(pk=known).first()
    try:
        if workstream is None:
            raise Deleted(noun="workstream")
        if item_id is None:
            item = _new_item(record, workstream, now)
        else:
            with transaction.atomic():
                item = reroute(item_id, record, workstream, now=now, by=by)
    except Deleted:
        if item_id is not None:
            return RoutedRecord(result=RecordRouting.FAILED, sentence=GONE_STAYS.format(name))
        sentence = GONE.format(name)
        return _unrouted(record, RecordRouting.FAILED, sentence, choice, published, now)
    note_intake(record, RecordRouting.ROUTED, "", choice, published, now=now, item=item)
    sentence = ROUTED.format(item.queue, workstream)
    return RoutedRecord(result=RecordRouting.ROUTED, sentence=sentence, item=item)


def _new_item(record: Record, workstream: Workstream, now: datetime) -> WorkItem:
    return take_in(
        workstream=workstream,
        title=record.title,
        contact=record.contact,
        record=record,
        now=now,
    )


def _unrouted(
    record: Record,
    result: RecordRouting,
    sentence: str,
    choice: IntakeChoice | None,
    published: configuration.Published,
    now: datetime,
) -> RoutedRecord:
    note_intake(record, result, sentence, choice, published, now=now)
    return RoutedRecord(result=result, sentence=sentence)

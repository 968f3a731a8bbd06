"""Resolve, cancel or deactivate a record, or take it up again."""

from datetime import datetime

from django.db import transaction

from agents.models import User
from workstreams.actions.lock_record import lock_record
from workstreams.models import Record
from workstreams.signals import record_ended
from workstreams.terms import RecordEnd


@transaction.atomic
def end_record(*, record_id: int, how: RecordEnd, by: User, now: datetime) -> Record:
    """The record is done, and its open work item closes with it (A 19). Twice is harmless."""
    record, _ = lock_record(record_id)
    if not record.is_active and record.closed_as == how:
        return record

    record.is_active, record.closed_as = False, how
    record.save(update_fields=["is_active", "closed_as"])

    record_ended.send(sender=Record, record_id=record.pk, by=by, now=now)
    return record


@transaction.atomic
def reactivate_record(*, record_id: int, by: User, now: datetime) -> Record:
    """The record goes on, and is not routed yet: its closed work item stays closed, and routing it
    again makes a new one. Twice is harmless."""
    record, _ = lock_record(record_id)
    if record.is_active:
        return record

    record.is_active, record.closed_as = True, ""
    record.forget_routing()
    record.save(update_fields=["is_active", "closed_as", "routing", "intake"])
    return record

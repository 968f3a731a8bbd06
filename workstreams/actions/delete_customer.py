"""Delete a contact, an account or a record."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from agents.models import User
from workstreams.actions.lock_record import lock_record
from workstreams.models import Account, Contact, Record, WorkItem
from workstreams.signals import record_ended


def delete_customer(*, row: Account | Contact | Record, by: User, now: datetime) -> None:
    """Its work items stay and lose the link; an unfinished one of a record closes with it."""
    with transaction.atomic():
        _hold(row)
        if isinstance(row, Record):
            lock_record(row.pk)
            record_ended.send(sender=Record, record_id=row.pk, by=by, now=now)
        list(type(row)._default_manager.select_for_update().filter(pk=row.pk).values_list("pk"))
        row.delete()


def _hold(row: Account | Contact | Record) -> None:
    """Work items first, as everywhere, then records that name it; then the row, so that no arrival
    links it any more."""
    is_record = isinstance(row, Record)
    whose = Q(case=row) | Q(record=row) if is_record else Q(**{type(row).__name__.lower(): row})
    items = WorkItem.objects.filter(whose).order_by("pk")
    list(items.select_for_update().values_list("pk"))
    if not is_record:
        records = Record.objects.filter(whose).order_by("pk")
        list(records.select_for_update(no_key=True).values_list("pk"))

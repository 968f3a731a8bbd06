"""Lock a record and its unfinished work item, in the order all moves keep: item, then record."""

from typing import Final

from django.db import transaction
from django.http import Http404

from workstreams.exceptions import BusyRecord
from workstreams.models import Record, WorkItem
from workstreams.terms import ItemState

ATTEMPTS: Final = 5


class _Moved(Exception):
    """The record got another work item while its lock was waited for."""


def lock_record(record_id: int) -> tuple[Record, int | None]:
    """The record, locked, and the id of its unfinished work item, locked too.

    For the rest of the caller's transaction. A work item that comes or goes meanwhile is
    noticed, and both are looked at again. Http404 without a record; refuses BusyRecord.
    """
    for _ in range(ATTEMPTS):
        try:
            # Undone as a whole: what was locked in vain is set free again.
            with transaction.atomic():
                return _lock(record_id)
        except _Moved:
            continue
    raise BusyRecord


def _lock(record_id: int) -> tuple[Record, int | None]:
    items = WorkItem.objects.filter(record=record_id).exclude(state=ItemState.CLOSED)
    seen = list(items.select_for_update().values_list("pk", flat=True))
    # Locked first and read then, so that what is joined is of the same moment.
    rows = Record.objects.filter(pk=record_id)
    if not rows.select_for_update(no_key=True).values_list("pk"):
        raise Http404("There is no such record.")
    record = rows.select_related("record_type", "contact__account", "account").get()
    if list(items.values_list("pk", flat=True)) != seen:
        raise _Moved
    return record, seen[0] if seen else None

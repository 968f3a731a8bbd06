"""A record ended: so does its work."""

from datetime import datetime

from django.db import transaction

from routing.actions.close_item import close_locked
from routing.actions.lock_item import lock_item, lock_open_assignment
from workstreams.actions.lock_record import lock_record
from workstreams.terms import Reason


@transaction.atomic
def close_record_item(*, record_id: int, now: datetime, by: str = "") -> None:
    """Close the record's unfinished work item, if there is one, and give its capacity back."""
    _, item_id = lock_record(record_id)
    if item_id is None:
        return
    item = lock_item(item_id)
    close_locked(
        item=item,
        assignment=lock_open_assignment(item),
        reason=Reason.CLOSED_WITH_RECORD,
        now=now,
        by=by,
    )

"""Capacity of advisers comes back once their consult is over."""

from datetime import datetime
from typing import Final

from django.db import transaction

from routing.actions.consults.hold_for_advice import release_advice
from routing.models import ConsultReceipt
from routing.sweeps.each import Turns, count_changed

_turns: Final = Turns[int]()


def sweep(*, now: datetime, limit: int) -> int:
    """Release up to ``limit`` receipts of consults that ended, each on its own: whoever ends work
    holds no lock of its advisers' loads, so that two who advise each other never wait in a ring."""
    due = ConsultReceipt.objects.filter(
        capacity_released_at__isnull=True, consult__ended_at__isnull=False
    )
    ids = _turns.first(due.order_by("consult__ended_at").values_list("pk", flat=True), limit)
    return count_changed(ids, lambda pk: _release(pk, now), _turns)


def _release(consult_id: int, now: datetime) -> bool:
    with transaction.atomic():
        rows = ConsultReceipt.objects.select_for_update(skip_locked=True)
        receipt = rows.filter(pk=consult_id, capacity_released_at__isnull=True).first()
        if receipt is None:
            return False
        release_advice(receipt=receipt, now=now)
    return True

"""Customers who left their chat and did not come back in time (A 17, B 4.16)."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import DateTimeField, DurationField, ExpressionWrapper, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from routing.actions.leave_conversation import OVER, disconnect_customer
from routing.sweeps.each import Turns, count_changed
from workstreams.models import ChatVisit
from workstreams.terms import ItemState

# Where a chat has no time of its own to come back.
RECONNECT_MINUTES: Final = 3
# Persistent chats wait for weeks, and each round would read the rows of all of them again.
RESTING: Final = (ItemState.WAITING, *OVER)
_turns: Final = Turns[int]()


def sweep(*, now: datetime, limit: int) -> int:
    """Disconnect up to ``limit`` customers; persistent chats wait for theirs. Where nobody else
    waits for him, because the chat does or is over, only the row goes."""
    due = overdue(now).order_by("left_at").values_list("pk", flat=True)
    ids = _turns.first(due, limit)
    return count_changed(
        ids,
        lambda pk: disconnect_customer(item_id=pk, is_due=lambda: _is_due(pk, now), now=now),
        _turns,
    )


def overdue(now: datetime) -> "QuerySet[ChatVisit]":
    """Visits that ended longer ago than their chat lets customers come back."""
    minutes = Coalesce(F("item__channel_instance__reconnect_minutes"), Value(RECONNECT_MINUTES))
    allowed = ExpressionWrapper(minutes * Value(timedelta(minutes=1)), output_field=DurationField())
    until = ExpressionWrapper(F("left_at") + allowed, output_field=DateTimeField())
    is_let_go = Q(item__workstream__persistent_chat=False) | Q(item__state__in=RESTING)
    left = ChatVisit.objects.filter(is_let_go, left_at__isnull=False)
    return left.alias(until=until).filter(until__lte=now)


def _is_due(item_id: int, now: datetime) -> bool:
    return overdue(now).filter(pk=item_id).exists()

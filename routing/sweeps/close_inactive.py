"""Conversations that nobody touched for long are closed (A 18)."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet

from routing import configuration
from routing.actions.close_item import close_locked
from routing.actions.end_item import begin_wrap_up
from routing.actions.lock_item import lock_item, lock_open_assignment
from routing.engine.configuration import Workstream
from routing.sweeps.each import count_changed
from routing.terms import Outcome
from workstreams.models import WorkItem
from workstreams.terms import Channel, ItemKind, ItemState, Reason

LIVE_CHAT_OPEN: Final = timedelta(minutes=20)
LIVE_CHAT_WRAP_UP: Final = timedelta(minutes=15)
VOICE_ACTIVE: Final = timedelta(hours=2)
WRAP_UP: Final = timedelta(days=1)
OPEN: Final = timedelta(days=30)


def sweep(*, now: datetime, limit: int) -> int:
    """Close up to ``limit`` overdue conversations; records are never closed by time."""
    items = overdue_items(now).order_by("last_activity_at", "id")
    ids = list(items.values_list("pk", flat=True)[:limit])
    return count_changed(ids, lambda pk: _close(pk, now))


def overdue_items(now: datetime) -> QuerySet[WorkItem]:
    """Conversations past the time their channel and state allow without activity."""
    live_chat = Q(channel=Channel.LIVE_CHAT, workstream__persistent_chat=False)
    voice = Q(channel=Channel.VOICE)
    return WorkItem.objects.filter(
        (live_chat & _idle(ItemState.OPEN, now - LIVE_CHAT_OPEN))
        | (live_chat & _idle(ItemState.WRAP_UP, now - LIVE_CHAT_WRAP_UP) & _after_own_time(now))
        | (~live_chat & _idle(ItemState.OPEN, now - OPEN))
        | (~live_chat & _idle(ItemState.WRAP_UP, now - WRAP_UP))
        | (voice & _idle(ItemState.ACTIVE, now - VOICE_ACTIVE))
        | (~live_chat & ~voice & _idle(ItemState.ACTIVE, now - OPEN))
        | _rested_too_long(now),
        kind=ItemKind.CONVERSATION,
    )


def _idle(state: ItemState, since: datetime) -> Q:
    return Q(state=state, last_activity_at__lte=since)


def _after_own_time(now: datetime) -> Q:
    """A wrap-up time of the workstream that is longer wins over the channel's (A 18)."""
    early = Q(pk__in=[])
    for seconds, ids in _by_time(lambda workstream: workstream.wrap_up_block.seconds).items():
        since = now - timedelta(seconds=seconds)
        early |= Q(workstream_id__in=ids, state_changed_at__gt=since)
    return ~early


def _rested_too_long(now: datetime) -> Q:
    """Waiting for the customer longer than the workstream's own time; never without one."""
    over = Q(pk__in=[])
    for minutes, ids in _by_time(lambda workstream: workstream.auto_close_after_minutes).items():
        since = now - timedelta(minutes=minutes)
        over |= Q(workstream_id__in=ids, last_activity_at__lte=since)
    return Q(state=ItemState.WAITING) & over


def _by_time(time_of: Callable[[Workstream], int | None]) -> Mapping[int, list[int]]:
    """Workstreams by a time of their own, as it is published; those without one are left out."""
    found: dict[int, list[int]] = defaultdict(list)
    for workstream in configuration.current().compiled.workstreams.values():
        if (time := time_of(workstream)) is not None:
            found[time].append(workstream.id)
    return found


def _close(item_id: int, now: datetime) -> bool:
    with transaction.atomic():
        item = lock_item(item_id)
        if not overdue_items(now).filter(pk=item_id).exists():
            return False
        assignment = lock_open_assignment(item)
        is_call = item.channel == Channel.VOICE and item.state == ItemState.ACTIVE
        if is_call and assignment and assignment.outcome == Outcome.ACCEPTED:
            begin_wrap_up(item=item, assignment=assignment, reason=Reason.AUTO_CLOSED, now=now)
            return True
        rested = item.state == ItemState.WAITING
        reason = Reason.AUTO_CLOSED_FROM_WAITING if rested else Reason.AUTO_CLOSED
        close_locked(item=item, assignment=assignment, reason=reason, now=now)
    return True

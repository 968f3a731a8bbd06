"""Conversations that nobody touched for long are closed (A 18)."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet

from routing import configuration
from routing.actions.close_item import close_locked
from routing.actions.end_item import begin_wrap_up
from routing.actions.lock_item import lock_item, lock_open_assignment
from routing.engine.configuration import Workstream
from routing.sweeps.each import Turns, count_changed
from routing.terms import Outcome
from workstreams.actions.say_automatically import say_automatically
from workstreams.auto_close import whole_table
from workstreams.models import WorkItem
from workstreams.terms import (
    AutoCloseChannel,
    Channel,
    ItemKind,
    ItemState,
    MessageTrigger,
    Reason,
)

# In a chat, so its customer has the page before him and has heard of no end yet. Where messages go
# to telephones nobody hears of it after days (B 9).
TALKING: Final = (ItemState.OPEN, ItemState.ACTIVE)
_turns: Final = Turns[int]()


def sweep(*, now: datetime, limit: int) -> int:
    """Close up to ``limit`` overdue conversations; records are never closed by time."""
    items = overdue_items(now).order_by("last_activity_at", "id")
    due = items.values_list("pk", flat=True)
    ids = _turns.first(due, limit)
    return count_changed(ids, lambda pk: _close(pk, now), _turns)


def overdue_items(now: datetime) -> QuerySet[WorkItem]:
    """Conversations past the time that is published for their channel and state, without
    activity since. Bots have a time of their own (``close_silent_bots``)."""
    over = Q(pk__in=[])
    for state, minutes, channels in _times():
        over |= Q(state=state, last_activity_at__lte=now - timedelta(minutes=minutes)) & channels
    return WorkItem.objects.filter(
        (over & _after_own_time(now)) | _rested_too_long(now),
        kind=ItemKind.CONVERSATION,
        bot__isnull=True,
    )


def _times() -> Iterator[tuple[str, int, Q]]:
    """State and minutes with the channels for which they hold."""
    channels: dict[tuple[str, int], Q] = defaultdict(lambda: Q(pk__in=[]))
    table = whole_table(configuration.current().compiled.service.auto_close)
    for channel, row in table.items():
        for state, minutes in row.items():
            if minutes is not None:
                channels[state, minutes] |= _of(AutoCloseChannel(channel))
    for (state, minutes), found in channels.items():
        yield state, minutes, found


def _of(channel: AutoCloseChannel) -> Q:
    chat = Q(channel=Channel.LIVE_CHAT)
    if channel == AutoCloseChannel.PERSISTENT_CHAT:
        return chat & Q(workstream__persistent_chat=True)
    if channel == AutoCloseChannel.LIVE_CHAT:
        return chat & Q(workstream__persistent_chat=False)
    return Q(channel=channel.value)


def _after_own_time(now: datetime) -> Q:
    """A wrap-up time of the workstream that is longer wins over the channel's (A 18)."""
    early = Q(pk__in=[])
    for seconds, ids in _by_time(lambda workstream: workstream.wrap_up_block.seconds).items():
        since = now - timedelta(seconds=seconds)
        early |= Q(workstream_id__in=ids, state=ItemState.WRAP_UP, state_changed_at__gt=since)
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
        is_there = item.channel == Channel.LIVE_CHAT and item.state in TALKING
        close_locked(item=item, assignment=assignment, reason=reason, now=now)
        if is_there:
            say_automatically(item, MessageTrigger.SESSION_ENDED, fact="closed", now=now)
    return True

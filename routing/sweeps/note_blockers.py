"""What work waits for although nobody works on it, by cause: the alarm list of the floor."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import connection, transaction

from config.models import Event
from routing import configuration
from routing.engine.explain.cause import cause_of
from routing.engine.staff import Staff
from routing.models import Blocker
from routing.queries.agent_facts import load_agents
from routing.queries.item_facts import load_named_items
from routing.sql import statement

# What has only just come is not asked about.
GRACE: Final = timedelta(minutes=1)
NOTED: Final = "blocker-noted"
Key = tuple[int, str, str]


@dataclass(kw_only=True)
class Found:
    """What waits for one cause in one queue."""

    number_of_items: int
    first_item_id: int
    oldest_since: datetime


def sweep(*, now: datetime, limit: int) -> int:
    """Note what blocks the ``limit`` longest waiting groups; how many blockers came or went.

    The engine is asked about the oldest item of each group, with the people of this moment.
    """
    found = _found(now, limit)
    known = {(row.queue_id, row.cause, row.detail): row for row in Blocker.objects.all()}
    with transaction.atomic():
        _renew(found, known)
        gone = [row.pk for key, row in known.items() if key not in found]
        Blocker.objects.filter(pk__in=gone).delete()
        new = [key for key in found if key not in known]
        _note(found, new, now)
    return len(new) + len(gone)


def _found(now: datetime, limit: int) -> dict[Key, Found]:
    found: dict[Key, Found] = {}
    for key, group in _blocked(now, limit):
        so_far = found.setdefault(key, group)
        if so_far is not group:
            so_far.number_of_items += group.number_of_items
    return found


def _blocked(now: datetime, limit: int) -> Iterator[tuple[Key, Found]]:
    """The groups that nobody takes, the longest waiting first."""
    groups = _groups(now, limit)
    if not groups:
        return
    published = configuration.current()
    queue_ids = sorted({queue_id for queue_id, *_ in groups})
    staff = Staff(load_agents(published=published, queue_ids=queue_ids))
    items = load_named_items(published=published, item_ids=[first for *_, first in groups], now=now)
    facts = {item.id: item for item in items}
    for queue_id, count, since, first in groups:
        if (item := facts.get(first)) is None:
            continue
        cause = cause_of(published.compiled, item, staff.members(queue_id), now=now)
        if cause is not None:
            found = Found(number_of_items=count, first_item_id=first, oldest_since=since)
            yield (queue_id, cause.kind.value, cause.detail[:300]), found


def _groups(now: datetime, limit: int) -> list[tuple[int, int, datetime, int]]:
    with connection.cursor() as cursor:
        names: dict[str, datetime | int] = {"until": now - GRACE, "limit": limit}
        cursor.execute(statement("waiting_groups"), names)
        rows: list[tuple[int, int, datetime, int]] = cursor.fetchall()
    return rows


def _renew(found: Mapping[Key, Found], known: Mapping[Key, Blocker]) -> None:
    changed = []
    for key, row in known.items():
        if (group := found.get(key)) is None:
            continue
        before = (row.number_of_items, row.first_item_id, row.oldest_since)
        if before != (group.number_of_items, group.first_item_id, group.oldest_since):
            row.number_of_items = group.number_of_items
            row.first_item_id, row.oldest_since = group.first_item_id, group.oldest_since
            changed.append(row)
    fields = ["number_of_items", "first_item_id", "oldest_since"]
    Blocker.objects.bulk_update(sorted(changed, key=lambda row: row.pk), fields)


def _note(found: Mapping[Key, Found], new: list[Key], now: datetime) -> None:
    rows = [
        Blocker(
            queue_id=queue_id,
            cause=cause,
            detail=detail,
            number_of_items=found[queue_id, cause, detail].number_of_items,
            first_item_id=found[queue_id, cause, detail].first_item_id,
            oldest_since=found[queue_id, cause, detail].oldest_since,
            noted_at=now,
        )
        for queue_id, cause, detail in sorted(new)
    ]
    Blocker.objects.bulk_create(rows, ignore_conflicts=True)
    Event.objects.bulk_create(
        Event(at=now, kind=NOTED, queue_id=row.queue_id, data={"cause": row.cause}) for row in rows
    )

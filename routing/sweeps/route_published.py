"""Work that fell back because its workstream was not published yet is routed once it is."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection, transaction

from routing import service
from routing.configuration.load import Stamp, newest_snapshot
from routing.models import ConfigurationVersion
from routing.sql import statement
from routing.sweeps.each import Turns, count_changed
from workstreams.models import WorkItem
from workstreams.terms import ItemState

# Work that arrives while a version is published may still be routed by the one before.
ARRIVES_WITHIN: Final = timedelta(minutes=1)
# A work item, and the version by which it was routed.
Routed = tuple[int, int]


@dataclass(kw_only=True)
class Looked:
    """The version at which this process found nothing, and the one of which it knows that nothing
    routed before comes any more."""

    at: Stamp | None = None
    settled: Stamp | None = None


_looked: Final = Looked()
_turns: Final = Turns[Routed]()


def sweep(*, now: datetime, limit: int) -> int:
    """Route up to ``limit`` items by the rules that they came too early for; they keep their age.
    What people, or overflow, moved meanwhile stays where it is.

    Looks at each version until nothing is left, and again a minute later; else it is one query.
    """
    newest = newest_snapshot()
    if newest.stamp is None or newest.stamp == _looked.settled:
        return 0
    is_old = not ConfigurationVersion.objects.filter(
        number=newest.number, at__gt=now - ARRIVES_WITHIN
    ).exists()
    if newest.stamp == _looked.at and not is_old:
        return 0
    early = _turns.first(_early, limit)
    if not early:
        _looked.at = newest.stamp
        _looked.settled = newest.stamp if is_old else _looked.settled
    return count_changed(early, lambda routed: _route(routed, now), _turns)


def _early(limit: int) -> list[Routed]:
    number, written_by = _looked.settled or (0, "")
    names: dict[str, Any] = {"number": number, "written_by": written_by, "limit": limit}
    with connection.cursor() as cursor:
        cursor.execute(statement("fell_back_before"), names)
        rows: list[Routed] = cursor.fetchall()
    return rows


def _route(routed: Routed, now: datetime) -> int:
    """Whether it did; who holds the item may take it away, so that is looked at again."""
    item_id, version = routed
    waiting = WorkItem.objects.filter(
        pk=item_id, configuration_version=version, state=ItemState.OPEN, fell_back=True
    )
    with transaction.atomic():
        item = waiting.select_for_update(skip_locked=True).first()
        if item is None:
            return 0
        if service.route(item_id=item_id, now=now).queue_id != item.queue_id:
            # How long it has waited there is what its overflow goes by.
            WorkItem.objects.filter(pk=item_id).update(queued_at=now)
    return 1

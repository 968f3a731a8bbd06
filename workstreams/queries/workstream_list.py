"""Workstreams as their list shows them."""

from collections.abc import Mapping, Sequence
from typing import Final

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Lower

from workstreams.models import ChannelInstance, Queue, WorkItem, Workstream
from workstreams.terms import ItemState

Counted = QuerySet[ChannelInstance] | QuerySet[WorkItem]


def workstream_list() -> "QuerySet[Workstream]":
    """One query: each with its fallback queue, ``instance_count`` and ``waiting_count``."""
    return found_workstreams().annotate(
        instance_count=_count(_instances()), waiting_count=_count(_waiting())
    )


def found_workstreams(
    *, search: str = "", type: str = "", channel: str = "", mode: str = ""
) -> "QuerySet[Workstream]":
    """Those of a type, channel and mode whose name, fallback queue, or channel instance's name
    or number has the searched text in it; each with its fallback queue and record type."""
    wanted = {"type": type, "channel": channel, "distribution_mode": mode}
    rows = Workstream.objects.select_related("fallback_queue", "record_type").filter(
        **{name: value for name, value in wanted.items() if value}
    )
    if not search:
        return rows
    # Each found as a whole: joined to be searched, ten thousand rows took half a second.
    queues = Queue.objects.filter(name__icontains=search)
    instances = ChannelInstance.objects.filter(
        Q(name__icontains=search) | Q(settings__phone_number__icontains=search)
    )
    return rows.filter(
        Q(name__icontains=search)
        | Q(fallback_queue__in=queues)
        | Q(pk__in=instances.values("workstream"))
    )


def with_counts(workstreams: Sequence[Workstream]) -> None:
    """Two queries, however many workstreams and work there are: sets ``instance_count`` and
    ``waiting_count``."""
    ids = [workstream.pk for workstream in workstreams]
    instances, waiting = _counts(_instances(), ids), _counts(_waiting(), ids)
    for workstream in workstreams:
        workstream.instance_count = instances.get(workstream.pk, 0)  # type: ignore[attr-defined]  # shown by the list
        workstream.waiting_count = waiting.get(workstream.pk, 0)  # type: ignore[attr-defined]  # shown by the list


def _instances() -> "QuerySet[ChannelInstance]":
    return ChannelInstance.objects.order_by()


def _waiting() -> "QuerySet[WorkItem]":
    """Counted by ``*``, the index workstreams_item_by_workstream has all there is to know."""
    return WorkItem.objects.filter(state=ItemState.OPEN).order_by()


def _counts(rows: Counted, ids: Sequence[int]) -> dict[int, int]:
    counted = rows.filter(workstream__in=ids).values("workstream").annotate(number=Count("*"))
    return {row["workstream"]: row["number"] for row in counted}


def _count(rows: Counted) -> Coalesce:
    counted = rows.filter(workstream=OuterRef("pk")).values("workstream")
    number = counted.annotate(number=Count("*")).values("number")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)


# What each column of the list sorts by.
SORT_KEYS: Final[Mapping[str, Combinable]] = {
    "name": Lower("name"),
    "type": F("type"),
    "channel": F("channel"),
    "distribution_mode": F("distribution_mode"),
    "fallback_queue": Lower("fallback_queue__name"),
    "instance_count": _count(_instances()),
    "waiting_count": _count(_waiting()),
    "changed_at": F("changed_at"),
}

"""Workstreams as their list shows them."""

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from workstreams.models import ChannelInstance, WorkItem, Workstream
from workstreams.terms import ItemState


def workstream_list(*, type: str = "", channel: str = "", mode: str = "") -> "QuerySet[Workstream]":
    """One query: each with its fallback queue, ``instance_count`` and ``waiting_count``."""
    wanted = {"type": type, "channel": channel, "distribution_mode": mode}
    return (
        Workstream.objects.select_related("fallback_queue", "record_type")
        .filter(**{name: value for name, value in wanted.items() if value})
        .annotate(
            instance_count=_count(ChannelInstance.objects.filter(workstream=OuterRef("pk"))),
            waiting_count=_count(
                WorkItem.objects.filter(workstream=OuterRef("pk"), state=ItemState.OPEN)
            ),
        )
    )


def _count(rows: "QuerySet[ChannelInstance] | QuerySet[WorkItem]") -> Coalesce:
    counted = rows.order_by().values("workstream").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)

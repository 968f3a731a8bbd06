"""Queues as their list and page show them."""

from django.db.models import Count, IntegerField, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from workstreams.models import Queue, QueueMembership, WorkItem
from workstreams.terms import ItemState


def queue_list() -> "QuerySet[Queue]":
    """One query: each with its hours and method, ``member_count`` and ``waiting_count``."""
    return Queue.objects.select_related("operating_hours", "custom_method").annotate(
        member_count=_count(QueueMembership.objects.filter(queue=OuterRef("pk"))),
        waiting_count=_count(WorkItem.objects.filter(queue=OuterRef("pk"), state=ItemState.OPEN)),
    )


def _count(rows: "QuerySet[Model]") -> Coalesce:
    counted = rows.order_by().values("queue").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)

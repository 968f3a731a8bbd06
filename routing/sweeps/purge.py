"""Old rows of the feed, of explanations and of stored answers go, so tables stay small."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Model, QuerySet

from config.models import Event, IdempotentAnswer
from routing.models import RoutingDecision

EVENTS_KEPT_FOR: Final = timedelta(days=90)
DECISIONS_KEPT_FOR: Final = timedelta(days=90)
ANSWERS_KEPT_FOR: Final = timedelta(hours=24)


def sweep(*, now: datetime, limit: int) -> int:
    """Delete up to ``limit`` old rows of each table."""
    return (
        _delete(Event.objects.filter(at__lt=now - EVENTS_KEPT_FOR), limit)
        + _delete(RoutingDecision.objects.filter(at__lt=now - DECISIONS_KEPT_FOR), limit)
        + _delete(IdempotentAnswer.objects.filter(created_at__lt=now - ANSWERS_KEPT_FOR), limit)
    )


def _delete(old: QuerySet[Model], limit: int) -> int:
    ids = list(old.order_by("pk").values_list("pk", flat=True)[:limit])
    return old.filter(pk__in=ids).delete()[0] if ids else 0

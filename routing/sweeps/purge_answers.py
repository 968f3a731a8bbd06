"""Answers that were kept for repeated requests go once their day is over."""

from datetime import datetime

from config.api.idempotency import KEPT_FOR
from config.models import IdempotentAnswer
from routing.sweeps.old_rows import delete_first


def sweep(*, now: datetime, limit: int) -> int:
    """Delete up to ``limit`` of them, the oldest first."""
    old = IdempotentAnswer.objects.filter(created_at__lt=now - KEPT_FOR)
    return delete_first(old.order_by("created_at"), limit)

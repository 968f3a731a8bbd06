"""Sign-ins of browsers that are over go: nothing else removes those of which nobody signs out."""

from datetime import datetime

from django.contrib.sessions.models import Session

from routing.sweeps.old_rows import delete_first


def sweep(*, now: datetime, limit: int) -> int:
    """Delete up to ``limit`` of them."""
    over = Session.objects.filter(expire_date__lt=now)
    return delete_first(over.order_by("expire_date"), limit)

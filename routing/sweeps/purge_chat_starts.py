"""Who began chats is forgotten after a day, digests though they are."""

from datetime import datetime, timedelta
from typing import Final

from routing.sweeps.old_rows import delete_first
from workstreams.models import ChatStart

KEPT_FOR: Final = timedelta(days=1)


def sweep(*, now: datetime, limit: int) -> int:
    """Delete up to ``limit`` of them, the oldest first."""
    return delete_first(ChatStart.objects.filter(at__lt=now - KEPT_FOR).order_by("at"), limit)

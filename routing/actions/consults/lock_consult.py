"""Lock the item of a consult: whatever changes a consult has that lock."""

from datetime import datetime

from django.http import Http404

from routing.actions.lock_item import lock_item
from workstreams.models import Consult, WorkItem

GONE = "There is no such consult."


def lock_consult(consult_id: int) -> tuple[WorkItem, Consult]:
    """The item, locked, and the consult as it is behind that lock; Http404 when there is none."""
    item_id = Consult.objects.filter(pk=consult_id).values_list("item_id", flat=True).first()
    if item_id is None:
        raise Http404(GONE)
    item = lock_item(item_id)
    rows = Consult.objects.select_related("agent__user", "asked_by__user", "queue")
    return item, rows.get(pk=consult_id)


def note_activity(item: WorkItem, now: datetime) -> None:
    """Advice and monitoring start the clock of auto-close anew (A 18)."""
    item.last_activity_at = now
    item.save(update_fields=["last_activity_at"])

"""A customer's chat page tells that it is there, or that it closes; several may be open."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from workstreams.actions.record_event import record_event
from workstreams.models import ChatVisit, WorkItem
from workstreams.terms import ItemState

OVER: Final = (ItemState.WRAP_UP, ItemState.CLOSED)
# A page that is loaded again closes first, and a widget's comes back once its site's next page has
# loaded (widget.js): only after this is it told that the customer left.
GRACE: Final = timedelta(seconds=12)
# Hidden pages are woken once a minute by their browsers.
SILENCE: Final = timedelta(seconds=90)
# Of one customer; of more the last ones count.
MOST_PAGES: Final = 20


def note_visit(*, item_id: int, now: datetime, page: str = "") -> None:
    """The page is there; who had left is back, with the same conversation and agent."""
    if _is_noted(item_id, page, now):
        return
    with transaction.atomic():
        item = WorkItem.objects.select_for_update(of=("self",)).get(pk=item_id)
        if item.state in OVER:
            return
        first = {"seen_at": now, "pages": {page: now.isoformat()}}
        rows = ChatVisit.objects.select_for_update()
        visit, is_new = rows.get_or_create(item=item, defaults=first)
        if is_new:
            return
        if visit.is_told:
            record_event(kind="customer-returned", item=item, now=now)
        visit.left_at, visit.is_told = None, False
        _add(visit, page, now)


def note_departure(*, item_id: int, now: datetime, page: str = "") -> None:
    """The page closes: noted only, because a page that is loaded again closes too. Who has another
    page open is still there."""
    with transaction.atomic():
        visit = _present(item_id)
        if visit is None:
            return
        visit.pages = {name: at for name, at in _open(visit, now).items() if name != page}
        if visit.pages:
            visit.seen_at = max(map(datetime.fromisoformat, visit.pages.values()))
        else:
            visit.left_at = now
        visit.save(update_fields=["seen_at", "left_at", "pages"])


def note_words(*, item_id: int, now: datetime) -> None:
    """Who writes is there, also by a page that tells nothing: that another one closed is
    forgotten. Not where it has only just closed: these may be the last words of that page, which
    came in late."""
    left = ChatVisit.objects.filter(item=item_id, left_at__lt=now - GRACE)
    if not left.exists():
        return
    with transaction.atomic():
        item = WorkItem.objects.select_for_update(of=("self",)).get(pk=item_id)
        visit = left.select_for_update().first()
        if visit is None or item.state in OVER:
            return
        if visit.is_told:
            record_event(kind="customer-returned", item=item, now=now)
        visit.delete()


def tell_departure(*, item_id: int, now: datetime) -> bool:
    """Tell the desk that the customer left, or fell silent; False when he is back meanwhile.

    Who fell silent left when that is noticed: from then on he has the time to come back, and so has
    everybody after the product itself could not be reached. The row of a conversation that is over
    goes.
    """
    with transaction.atomic():
        item = WorkItem.objects.select_for_update(of=("self",)).get(pk=item_id)
        visit = ChatVisit.objects.select_for_update().filter(item=item, is_told=False).first()
        if visit is None:
            return False
        is_silent = visit.left_at is None and visit.seen_at <= now - SILENCE
        has_closed = visit.left_at is not None and visit.left_at <= now - GRACE
        if not (is_silent or has_closed):
            return False
        if item.state in OVER:
            visit.delete()
            return True
        visit.left_at, visit.is_told = visit.left_at or now, True
        visit.save(update_fields=["left_at", "is_told"])
        record_event(kind="customer-left", item=item, now=now)
    return True


def _is_noted(item_id: int, page: str, now: datetime) -> bool:
    """Whether the customer was there, and is."""
    with transaction.atomic():
        visit = _present(item_id)
        if visit is not None:
            _add(visit, page, now)
    return visit is not None


def _present(item_id: int) -> ChatVisit | None:
    rows = ChatVisit.objects.select_for_update()
    return rows.filter(item=item_id, left_at__isnull=True).first()


def _add(visit: ChatVisit, page: str, now: datetime) -> None:
    others = {name: at for name, at in _open(visit, now).items() if name != page}
    last = sorted(others, key=others.__getitem__)[-(MOST_PAGES - 1) :]
    kept = {name: others[name] for name in last}
    visit.seen_at, visit.pages = now, {**kept, page: now.isoformat()}
    visit.save(update_fields=["seen_at", "left_at", "is_told", "pages"])


def _open(visit: ChatVisit, now: datetime) -> dict[str, str]:
    """The pages that told within the silence."""
    return {
        name: at for name, at in visit.pages.items() if datetime.fromisoformat(at) > now - SILENCE
    }

"""Say on a work item who its customer is, beside what he said of himself."""

from typing import Any, Final

from workstreams.models import Account, Contact, WorkItem, WorkItemEvent

# What a row of a customer says of him.
FILLED_IN: Final = ("name", "email", "phone")


def name_customer(item: WorkItem) -> list[str]:
    """What the customer left out is filled in from the record of the customer; the names of it."""
    known = item.contact or item.account
    blank = [name for name in FILLED_IN if not item.customer.get(name)]
    facts = {name: getattr(known, name) for name in blank} if known is not None else {}
    filled = {name: value for name, value in facts.items() if value}
    item.customer = item.customer | filled
    return list(filled)


def name_anew(item: WorkItem, was: Contact | Account | None) -> list[str]:
    """Instead of who ``was`` linked; the caller's event keeps the names of what is filled in."""
    item.customer = said_by_customer(item, was)
    return name_customer(item)


def said_by_customer(item: WorkItem, was: Contact | Account | None) -> dict[str, Any]:
    """What was not filled in, though it be the same as with ``was``, who is linked. One query.

    Nothing but filling in writes there once work has arrived, so its events tell which is which;
    where they do not, being older than that or purged, it is what ``was`` there says, too.
    """
    events = WorkItemEvent.objects.filter(work_item_id=item.pk, data__has_key="filled")
    told = [event.data["filled"] for event in events]
    filled = {name for names in told for name in names}
    if not told and was is not None:
        row = {name: getattr(was, name) or None for name in FILLED_IN}
        filled = {name for name in FILLED_IN if item.customer.get(name) == row[name]}
    return {name: each for name, each in item.customer.items() if name not in filled}

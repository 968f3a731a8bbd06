"""Narrowing and ordering what an inbox lists; pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from routing.queries.inbox import CALL, CLOSED, CONVERSATION, MINE, OPEN, RECORD, InboxItem

DATE, CUSTOMER = "date", "customer"
LATEST, OLDEST = "latest", "oldest"
ALL, UNREAD, READ = "all", "unread", "read"


@dataclass(frozen=True, kw_only=True)
class InboxView:
    """One view by the name in the address: what is listed, and of which kinds."""

    name: str
    label: str
    of: str
    kinds: tuple[str, ...] = ()
    group: str = ""


# The views over every kind, then the named filters of each (B 15.4).
INBOX_VIEWS: Final = (
    InboxView(name=MINE, label="My work items", of=MINE),
    InboxView(name=OPEN, label="Open work items", of=OPEN),
    InboxView(name=CLOSED, label="Closed work items", of=CLOSED),
    InboxView(
        name="assigned", label="Assigned", of=MINE, kinds=(CONVERSATION,), group="Conversations"
    ),
    InboxView(
        name="unassigned", label="Unassigned", of=OPEN, kinds=(CONVERSATION,), group="Conversations"
    ),
    InboxView(
        name="resolved", label="Resolved", of=CLOSED, kinds=(CONVERSATION,), group="Conversations"
    ),
    InboxView(name="my-records", label="Assigned", of=MINE, kinds=(RECORD,), group="Records"),
    InboxView(
        name="records-of-queues", label="In my queues", of=OPEN, kinds=(RECORD,), group="Records"
    ),
)
BY_NAME: Final = {view.name: view for view in INBOX_VIEWS}
KIND_LABELS: Final = {CONVERSATION: "Conversations", RECORD: "Records", CALL: "Calls"}


@dataclass(frozen=True, kw_only=True)
class Narrowing:
    """What is asked of a list; without anything it stays as it is."""

    search: str = ""
    sort: str = DATE
    order: str = LATEST
    read: str = ALL


def narrowed(items: Iterable[InboxItem], by: Narrowing) -> list[InboxItem]:
    """Those that fit, ordered by the last change; by customer first where that is asked for."""
    found = [item for item in items if _is_found(item, by)]
    found.sort(key=lambda item: (item.changed_at, item.id), reverse=by.order == LATEST)
    if by.sort == CUSTOMER:
        found.sort(key=lambda item: item.customer.casefold())
    return found


def _is_found(item: InboxItem, by: Narrowing) -> bool:
    """Every word stands somewhere in the line."""
    if by.read != ALL and item.is_unread != (by.read == UNREAD):
        return False
    line = f"{item.title} {item.customer} {item.queue} {item.workstream}".casefold()
    return all(word in line for word in by.search.casefold().split())

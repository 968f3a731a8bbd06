"""Narrowing and ordering what an inbox lists; pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from routing.queries.inbox import InboxItem
from workstreams.terms import LABELS, InboxKind, InboxList, InboxOrder, InboxRead, InboxSort


@dataclass(frozen=True, kw_only=True)
class Narrowing:
    """What is asked of a list; without anything it stays as it is."""

    search: str = ""
    channel: str = ""
    read: str = InboxRead.ALL
    sort: str = InboxSort.DATE
    order: str = InboxOrder.LATEST


@dataclass(frozen=True, kw_only=True)
class View:
    """One view by the name in the address: what is listed, of which kinds, how narrowed."""

    name: str
    label: str
    of: str
    kinds: tuple[str, ...] = ()
    group: str = ""
    conditions: Narrowing = Narrowing()


# The views over every kind, then the named filters of each (B 15.4).
BUILT_IN: Final = (
    View(name=InboxList.MINE, label=LABELS[InboxList.MINE], of=InboxList.MINE),
    View(name=InboxList.OPEN, label=LABELS[InboxList.OPEN], of=InboxList.OPEN),
    View(name=InboxList.CLOSED, label=LABELS[InboxList.CLOSED], of=InboxList.CLOSED),
    View(
        name="assigned",
        label="Assigned",
        of=InboxList.MINE,
        kinds=(InboxKind.CONVERSATION,),
        group="Conversations",
    ),
    View(
        name="unassigned",
        label="Unassigned",
        of=InboxList.OPEN,
        kinds=(InboxKind.CONVERSATION,),
        group="Conversations",
    ),
    View(
        name="resolved",
        label="Resolved",
        of=InboxList.CLOSED,
        kinds=(InboxKind.CONVERSATION,),
        group="Conversations",
    ),
    View(
        name="my-records",
        label="Assigned",
        of=InboxList.MINE,
        kinds=(InboxKind.RECORD,),
        group="Records",
    ),
    View(
        name="records-of-queues",
        label="In my queues",
        of=InboxList.OPEN,
        kinds=(InboxKind.RECORD,),
        group="Records",
    ),
)


def narrowed(items: Iterable[InboxItem], by: Narrowing) -> list[InboxItem]:
    """Those that fit, ordered by the last change; by customer first where that is asked for."""
    found = [item for item in items if _is_found(item, by)]
    found.sort(key=lambda item: (item.changed_at, item.id), reverse=by.order == InboxOrder.LATEST)
    if by.sort == InboxSort.CUSTOMER:
        found.sort(key=lambda item: item.customer.casefold())
    return found


def _is_found(item: InboxItem, by: Narrowing) -> bool:
    """Every word stands somewhere in the line."""
    if by.read != InboxRead.ALL and item.is_unread != (by.read == InboxRead.UNREAD):
        return False
    if by.channel and item.channel != by.channel:
        return False
    line = f"{item.title} {item.customer} {item.queue} {item.workstream}".casefold()
    return all(word in line for word in by.search.casefold().split())

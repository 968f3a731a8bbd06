"""Which work items a list is asked for, and how the database finds them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Q, QuerySet

from agents.models import Agent, User
from config.row_ids import row_id
from routing.floor_filters import MY_QUEUES
from routing.queries.floor_agents import people
from workstreams.lifecycle import UNFINISHED
from workstreams.models import QueueMembership, WorkItem
from workstreams.models.work_item import HELD_STATES
from workstreams.terms import Channel, ItemState, Reason

# A record that a supervisor gave is worked at as much as a conversation that was accepted.
WORKED_AT: Final = {Reason.IN_CONVERSATION: (Reason.IN_CONVERSATION, Reason.ASSIGNED_BY_SUPERVISOR)}


@dataclass(frozen=True, kw_only=True)
class ItemFilters:
    """What the address asks for; ``serves`` is the user whose queues are meant, ``after`` where the
    page before ended."""

    search: str = ""
    state: str = ""
    reason: str = ""
    queue_id: int | None = None
    serves: int | None = None
    workstream_id: int | None = None
    channel: str = ""
    agent: str = ""
    after: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str], *, by: User) -> "ItemFilters":
        """From the query string; what makes no sense is left out."""
        state, channel = query.get("state", ""), query.get("channel", "")
        reason = query.get("reason", "")
        return cls(
            search=query.get("q", "").strip(),
            state=state if state in list(ItemState) else "",
            reason=reason if reason in list(Reason) else "",
            queue_id=number(query.get("queue", "")),
            serves=by.pk if query.get("queue") == MY_QUEUES else None,
            workstream_id=number(query.get("workstream", "")),
            channel=channel if channel in list(Channel) else "",
            agent=query.get("agent", "").strip(),
            after=query.get("after", ""),
        )

    @property
    def is_set(self) -> bool:
        """Whether anything is left out of the list."""
        return any(
            (
                self.search,
                self.state,
                self.reason,
                self.queue_id,
                self.serves,
                self.workstream_id,
                self.channel,
                self.agent,
            )
        )


def filtered(
    items: QuerySet[WorkItem, WorkItem], filters: ItemFilters, or_else: Q | None = None
) -> QuerySet[WorkItem, WorkItem]:
    """Those that the filters leave; what is searched for may be found ``or_else``, too."""
    exact = {
        "state": filters.state,
        "queue_id": filters.queue_id,
        "workstream_id": filters.workstream_id,
        "channel": filters.channel,
    }
    items = items.filter(**{name: value for name, value in exact.items() if value})
    if filters.reason:
        reason = Reason(filters.reason)
        items = items.filter(with_reason(*WORKED_AT.get(reason, (reason,))))
    if filters.serves is not None:
        items = items.filter(queue__in=queues_served_by(filters.serves))
    if filters.agent:
        agents = Agent.objects.filter(people(filters.agent)).order_by()
        items = items.filter(agent_id__in=agents.values("pk"))
    if filters.search:
        pk = number(filters.search)
        # A number is looked up as such alone: "or the title" would read every item.
        found = Q(title__istartswith=filters.search) if pk is None else Q(pk=pk)
        if or_else is not None and pk is None:
            found |= or_else
        items = items.filter(found)
    return items


def with_reason(*reasons: Reason) -> Q:
    """No index has the reasons of all items, but there is one of what is not closed, and one of
    what agents hold."""
    wanted = Q(reason__in=reasons)
    if not UNFINISHED.issuperset(reasons):
        return wanted
    if Reason.AWAITING_AGENT_ASSIGNMENT in reasons:
        return wanted & ~Q(state=ItemState.CLOSED)
    return wanted & Q(state__in=HELD_STATES)


def queues_served_by(user_id: int) -> QuerySet[QueueMembership, int]:
    """The ids of queues of which the user is a member."""
    served = QueueMembership.objects.filter(agent__user=user_id, agent__is_enabled=True)
    return served.order_by().values_list("queue_id", flat=True)


def number(text: str) -> int | None:
    """A row's id in an address."""
    return row_id(text.strip().removeprefix("#"))

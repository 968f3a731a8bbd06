"""What an agent has to do now, and how much of his waits for its customers."""

from dataclasses import dataclass
from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from agents.models import Agent
from workstreams.models import WorkItem
from workstreams.terms import ItemState, Reason

ITEMS_SHOWN: Final = 3
# In the order of their names, as the database has them.
TO_DO: Final = (ItemState.ACTIVE, ItemState.WRAP_UP)


@dataclass(frozen=True, kw_only=True)
class HeldItem:
    """A work item an agent has now, or is offered."""

    id: int
    title: str
    state: str
    reason: str

    @property
    def badge_text(self) -> str:
        """An offer is not yet the agent's."""
        return "Offered" if self.reason == Reason.AWAITING_AGENT_ACCEPTANCE else ""


@dataclass(frozen=True, kw_only=True)
class AgentWork:
    """The first of what is an agent's to do, how much more there is, and how much rests with its
    customers and is no load."""

    items: tuple[HeldItem, ...]
    number_of_more: int
    number_of_waiting: int


def with_work(agents: QuerySet[Agent]) -> QuerySet[Agent]:
    """Agents with what ``work_of`` reads, in the same statement.

    What waits for customers, for up to four weeks, is counted by the index of agents and states
    alone: its rows, hundreds an agent, would be most of what the floor reads each second.
    """
    to_do = _held(*TO_DO)
    first = to_do.order_by("state", "-state_changed_at", "-pk").values(
        item=JSONObject(id="pk", title="title", state="state", reason="reason")
    )
    return agents.annotate(
        first_items=ArraySubquery(first[:ITEMS_SHOWN]),
        number_to_do=_number_of(to_do),
        number_waiting=_number_of(_held(ItemState.WAITING)),
    )


def work_of(agent: Any) -> AgentWork:
    """What the agent has now."""
    items = tuple(HeldItem(**each) for each in agent.first_items)
    return AgentWork(
        items=items,
        number_of_more=agent.number_to_do - len(items),
        number_of_waiting=agent.number_waiting,
    )


def _held(*states: ItemState) -> QuerySet[WorkItem, WorkItem]:
    return WorkItem.objects.filter(agent=OuterRef("pk"), state__in=states)


def _number_of(items: QuerySet[WorkItem, WorkItem]) -> Coalesce:
    numbers = items.order_by().values("agent").annotate(number=Count("*")).values("number")
    return Coalesce(Subquery(numbers), 0)

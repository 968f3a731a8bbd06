"""Who may know of what: the rules behind pages, the API and tickets for the live stream."""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any, Final

from django.db.models import Exists, Q, QuerySet

from agents.models import Agent
from agents.permissions import agent_of, is_supervisor
from config.live.topics import topics_of_queues
from config.prepared import Prepared
from routing.models import Assignment
from workstreams.models import Consult, QueueMembership, WorkItem
from workstreams.terms import ItemKind, ItemState, Reason

WATCHED_STATES = (ItemState.ACTIVE, ItemState.WAITING, ItemState.WRAP_UP)

Items = QuerySet[WorkItem, WorkItem]


def visible_items(user: object) -> Items:
    """The work items this person may know of: supervisors of every one, agents of their own."""
    if is_supervisor(user):
        return WorkItem.objects.all()
    agent = agent_of(user)
    return WorkItem.objects.none() if agent is None else _items_of(agent)


def visible_items_that(user: object, wanted: Q) -> Items:
    """Those of them that are ``wanted``, for a list: each way to know of an item is looked up on
    its own. For all ways in one condition every item that ever was would be read."""
    if is_supervisor(user):
        return WorkItem.objects.filter(wanted)
    agent = agent_of(user)
    if agent is None:
        return WorkItem.objects.none()
    first, *others = (
        WorkItem.objects.filter(way, wanted).values("pk") for way in _ways_to_know_of(agent.pk)
    )
    return WorkItem.objects.filter(pk__in=first.union(*others, all=True))


def visible_item(user: object, agent: Agent | None, item_id: int) -> WorkItem | None:
    """One of ``visible_items``, for a user whose agent is known already; one query."""
    if is_supervisor(user):
        return THERE.first(item_id=item_id)
    return None if agent is None else VISIBLE.first(item_id=item_id, agent_id=agent.pk)


def visible_on_desk(agent: Agent) -> Items:
    """The same for somebody whose agent is known already."""
    return WorkItem.objects.all() if is_supervisor(agent.user) else _items_of(agent)


def knows_of(agent: Agent, item_id: int) -> bool:
    """Whether the agent may be told that an item went to somebody else.

    So may members of its queue and those who were offered it; to others it does not exist. One
    query.
    """
    if is_supervisor(agent.user):
        return THERE.first(item_id=item_id) is not None
    return KNOWN.first(item_id=item_id, agent_id=agent.pk) is not None


def may_read(user: object, item: WorkItem) -> bool:
    """Whether this person may read the conversation of an item he may know of.

    It is for the agent who has it, is offered it or had it when it ended, for those who
    advise him while they do, and for supervisors. Who could pick it, or is asked for advice, sees
    what it is about, and reads it once he took it.
    """
    if is_supervisor(user):
        return True
    if item.agent is not None and item.agent.user == user:
        return True
    agent = agent_of(user)
    return agent is not None and (
        Consult.objects.answered().filter(item=item, agent=agent).exists()
    )


def may_be_watched(item: WorkItem) -> bool:
    """Whether it is a conversation that somebody has accepted and that is not over."""
    is_taken = item.agent_id is not None and item.reason != Reason.AWAITING_AGENT_ACCEPTANCE
    return item.kind == ItemKind.CONVERSATION and item.state in WATCHED_STATES and is_taken


def heard_by(user: object, topics: Sequence[str]) -> list[str]:
    """Those of the topics that concern this person; at most three statements.

    Supervisors hear everything. Agents hear of themselves, of their queues, and of the
    work items they may know of; who serves too many queues to name hears that there is news of any.
    """
    if is_supervisor(user):
        return list(topics)
    agent = agent_of(user)
    allowed = set() if agent is None else _allowed(agent, topics)
    return [topic for topic in topics if topic in allowed]


def _items_of(agent: Agent) -> Items:
    """Those he holds, or held when they ended, those he advises on or is asked to, himself or by
    one of his queues, and the open ones of these."""
    return WorkItem.objects.filter(_is_visible_to(agent.pk))


def _is_visible_to(agent_id: int) -> Q:
    return reduce(or_, _ways_to_know_of(agent_id))


def _ways_to_know_of(agent_id: int) -> Sequence[Q]:
    is_open = Q(state=ItemState.OPEN, queue__in=_queues_of(agent_id))
    return Q(agent_id=agent_id), is_open, *_ways_to_advise_on(agent_id)


def _queues_of(agent_id: int) -> QuerySet[Any, Any]:
    return QueueMembership.objects.filter(agent_id=agent_id).values("queue")


def _ways_to_advise_on(agent_id: int) -> Sequence[Q]:
    of_himself = Consult.objects.running().filter(agent_id=agent_id)
    of_queues = Consult.objects.asked_of_queues(agent_id)
    return [Q(pk__in=consults.values("item")) for consults in (of_himself, of_queues)]


def _known(item_id: int, agent_id: int) -> Items:
    offered = Assignment.objects.filter(agent_id=agent_id, item_id=item_id)
    is_of_queue = Q(queue__in=_queues_of(agent_id))
    is_advised_on = reduce(or_, _ways_to_advise_on(agent_id))
    is_known = Q(agent_id=agent_id) | is_of_queue | is_advised_on | Exists(offered)
    return WorkItem.objects.filter(is_known, pk=item_id).only("pk")


KNOWN: Final = Prepared(_known, "item_id", "agent_id")
THERE: Final = Prepared(lambda item_id: WorkItem.objects.filter(pk=item_id), "item_id")
VISIBLE: Final = Prepared(
    lambda item_id, agent_id: WorkItem.objects.filter(_is_visible_to(agent_id), pk=item_id),
    "item_id",
    "agent_id",
)


def _allowed(agent: Agent, topics: Sequence[str]) -> set[str]:
    memberships = QueueMembership.objects.filter(agent=agent)
    queues = list(memberships.values_list("queue_id", flat=True))
    asked = [int(topic.removeprefix("item-")) for topic in topics if topic.startswith("item-")]
    items = _items_of(agent).filter(pk__in=asked).values_list("pk", flat=True) if asked else []
    return {
        f"agent-{agent.pk}",
        *(f"queue-{queue}" for queue in queues),
        *topics_of_queues(queues),
        *(f"item-{item}" for item in items),
    }

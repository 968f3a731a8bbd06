"""Why a work item is still waiting, worked out now."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from config.clock import database_now
from config.health import silent_processes
from routing import configuration
from routing.engine.assign.decide import BASIC, reason_not_routed
from routing.engine.explain import blockers_of, considered
from routing.engine.explain import waiting_because as in_words
from routing.engine.explain.waiting import GOES_BACK, WANTED
from routing.engine.explain.words import ELIGIBLE
from routing.models import Alarm, Assignment
from routing.queries.agent_facts import load_agents
from routing.queries.given_before import OF_BATCHES
from routing.queries.item_facts import load_named_items
from routing.terms import AlarmKind, Outcome
from workstreams.models import WorkItem
from workstreams.terms import ItemState


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """``because`` of which blockers, and the members of its queue as they were looked at now:
    ``considered`` is empty where it is needless to look at them. It ``is_to_be_offered`` unless
    agents pick it."""

    because: list[dict[str, Any]]
    considered: dict[str, Any]
    is_to_be_offered: bool


NOT: Final = Waiting(because=[], considered={}, is_to_be_offered=False)
NO_ROUTER: Final = {
    "blocker": "no_router_is_running",
    "count": 1,
    "would_help": "Start a router.",
    "sentence": "No router is running. Until one runs nobody is offered it.",
}
FAILED: Final = {
    "blocker": "assignment_of_its_queue_failed",
    "count": 1,
    "would_help": "An agent picks it, or it is assigned by hand; the alarms on the floor say more.",
}
FAILED_AT: Final = "Assigning the work of its queue failed at {at}, which nobody has acknowledged."
# What the next cycle would give to somebody.
MATCHABLE: Final = (ELIGIBLE, GOES_BACK, WANTED)


def in_vain(item: WorkItem, waits: Waiting) -> list[dict[str, Any]]:
    """That there is nobody who would offer it, whatever else stands against it, or that offering
    it may have failed; 3 queries at most."""
    if not waits.is_to_be_offered:
        return []
    found = [NO_ROUTER] if "router" in silent_processes() else []
    is_matchable = any(each["blocker"] in MATCHABLE for each in waits.because)
    return [*found, *(_failed(item) if is_matchable else ())]


def _failed(item: WorkItem) -> list[dict[str, Any]]:
    alarms = Alarm.objects.filter(
        kind=AlarmKind.CYCLE_FAILED, queue_id=item.queue_id, acknowledged_at=None
    )
    last = alarms.order_by("-at").first()
    if last is None or _has_given_since(last):
        return []
    at = f"{last.at.astimezone(UTC):%H:%M:%S} UTC on {last.at.astimezone(UTC):%d %b}"
    return [FAILED | {"sentence": FAILED_AT.format(at=at)}]


def _has_given_since(alarm: Alarm) -> bool:
    """Whether a cycle gave work of the queue to somebody who took it after the failure."""
    given = Assignment.objects.filter(
        queue=alarm.queue_id, outcome=Outcome.ACCEPTED, decided_at__gt=alarm.at
    )
    return given.filter(offered_at__gt=alarm.at, how__in=OF_BATCHES).exists()


def waiting_because(item: WorkItem, *, now: datetime | None = None) -> list[dict[str, Any]]:
    """The named blockers of an open item with counts and what would help; else nothing."""
    return waiting(item, now=now).because


def waiting(item: WorkItem, *, now: datetime | None = None) -> Waiting:
    """What an open item waits for, and who is looked at for it.

    Asks the same engine the router asks, with the facts of this moment; seven queries.
    """
    if item.state != ItemState.OPEN:
        return NOT
    published = configuration.current()
    now = now or database_now()
    facts = load_named_items(published=published, item_ids=[item.pk], now=now)
    if not facts:
        return NOT
    keeper = facts[0].affinity_agent_id
    agents = load_agents(
        published=published, queue_ids=[item.queue_id], agent_ids=[keeper] if keeper else []
    )
    blockers = blockers_of(published.compiled, facts[0], agents, now=now)
    looked_at = {}
    if blockers.reason is None:
        members = [agent for agent in agents if item.queue_id in agent.memberships]
        looked_at = considered(published.compiled, facts[0], members, now=now)
    is_basic = reason_not_routed(published.compiled, facts[0]) == BASIC
    return Waiting(
        because=in_words(blockers),
        considered=looked_at,
        is_to_be_offered=item.is_pushed and not is_basic,
    )

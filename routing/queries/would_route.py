"""Where a work item would go and why, without creating one: nothing is written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from routing import configuration
from routing.engine.choose_queue import choose_queue
from routing.engine.choose_workstream import choose_workstream
from routing.engine.classify import Predict, classify
from routing.engine.configuration import Workstream as PublishedWorkstream
from routing.engine.decisions import Classification, GroupBlockers, IntakeChoice, QueueChoice
from routing.engine.explain import blockers_of, considered, routing_document, waiting_because
from routing.engine.explain.waiting import WANTED
from routing.engine.facts import ItemFacts, RequiredSkill
from routing.exceptions import NotPublished
from routing.queries.agent_facts import load_agents
from routing.queries.item_fields import item_fields
from routing.queries.overflow_view import overflow_view
from routing.queries.predictions import Predictor
from workstreams.models import ChannelInstance, PreferredAgent, Record, WorkItem, Workstream
from workstreams.queries.bot_turn import may_talk
from workstreams.terms import ItemKind, WorkstreamType

FAILED: Final = (
    "Routing fails with an error on this, so the workstream's fallback queue would take the item."
)
# An id that no item has; percentages are drawn by it.
NO_ITEM: Final = 0


@dataclass(frozen=True, kw_only=True)
class TestItem:
    """What a program or customer would send; ``record`` holds the fields of a record."""

    __test__ = False

    workstream: Workstream
    title: str = ""
    customer: dict[str, Any] = field(default_factory=dict)
    context: dict[str, Any] = field(default_factory=dict)
    attributes: dict[str, Any] = field(default_factory=dict)
    record: dict[str, Any] = field(default_factory=dict)
    skills: tuple[tuple[str, float | None], ...] = ()
    channel_instance: ChannelInstance | None = None
    # A stored item with the fields it came with: percentages are drawn by its id.
    item_id: int = NO_ITEM
    fields: Mapping[str, Any] | None = None
    contact_id: int | None = None


def would_route(
    test: TestItem, *, now: datetime, rules: configuration.Published | None = None
) -> dict[str, Any]:
    """An explanation as of a stored item, by the published configuration and people as they are.

    Other ``rules``, such as the draft, take the published ones' place.

    Further keys: ``workstream``, ``queue``, ``queue_id``, ``would_be_offered_to`` (username),
    ``is_considered_now`` (whether members are compared at all), ``intake_workstream`` (records:
    what the intake rules choose), ``bot`` (who talks first).
    Seven queries, and those of overflow, however many rules there are. Refuses NotPublished.
    """
    published = rules or configuration.current()
    workstream = published.compiled.workstreams.get(test.workstream.pk)
    if workstream is None:
        raise NotPublished(workstream=str(test.workstream))
    item = _unsaved(test, now)
    intake = _intake(test, item, published, now)
    try:
        predict = Predictor(published=published, messages=lambda: test.title)
        classification, choice = _decided(test, item, workstream, published, predict, now)
        error = None
    except Exception:
        classification, choice, error = None, None, FAILED
    document = routing_document(
        configuration_version=published.number,
        workstream=workstream.name,
        intake=intake,
        classification=classification,
        queue=choice,
        error=error,
    )
    queue = (choice.destination if choice else None) or workstream.fallback_queue or ""
    queue_id = published.compiled.queue_id_by_name.get(queue, test.workstream.fallback_queue_id)
    facts = _facts(item, workstream, classification, queue_id, now)
    facts = replace(facts, preferred=_preferred(test.contact_id, published))
    return {
        **document,
        "error": error,
        "queue": queue,
        "queue_id": queue_id,
        "intake_workstream": intake.workstream if intake else None,
        "bot": _bot(test.workstream),
        **_people(facts, published, now, ends=choice is not None and choice.ends),
    }


def _bot(workstream: Workstream) -> str | None:
    """Who talks to the customer first; never of a record, and nobody who is switched off."""
    bot = workstream.bot
    is_talk = workstream.type != WorkstreamType.RECORD
    return bot.name if bot is not None and is_talk and may_talk(bot, workstream) else None


def _unsaved(test: TestItem, now: datetime) -> WorkItem:
    """The item as it would arrive; it has no row and gets none."""
    workstream = test.workstream
    is_record = workstream.type == WorkstreamType.RECORD
    record = None
    if is_record and workstream.record_type is not None:
        record = Record(
            record_type=workstream.record_type, title=test.title, data=test.record, created_at=now
        )
    return WorkItem(
        workstream=workstream,
        channel_instance=test.channel_instance,
        kind=ItemKind.RECORD if is_record else ItemKind.CONVERSATION,
        channel=workstream.channel,
        title=test.title or workstream.name,
        customer=test.customer,
        context=test.context,
        attributes=test.attributes,
        record=record,
        created_at=now,
    )


def _intake(
    test: TestItem, item: WorkItem, published: configuration.Published, now: datetime
) -> IntakeChoice | None:
    """Which workstream the intake rules would choose for the record."""
    if test.workstream.record_type is None:
        return None
    return choose_workstream(
        published.compiled.intake,
        _fields(test, item),
        now=now,
        record_type=test.workstream.record_type.name,
    )


def _fields(test: TestItem, item: WorkItem) -> Mapping[str, Any]:
    """What rules read: of an item that arrived once, what it had then."""
    return item_fields(item) if test.fields is None else test.fields


def _decided(
    test: TestItem,
    item: WorkItem,
    workstream: PublishedWorkstream,
    published: configuration.Published,
    predict: Predict,
    now: datetime,
) -> tuple[Classification, QueueChoice]:
    classification = classify(
        workstream.classification,
        _fields(test, item),
        now=now,
        skills=[RequiredSkill(skill=name, rating=rating) for name, rating in test.skills],
        profiles=workstream.capacity.profiles if workstream.capacity else (),
        predict=predict,
    )
    choice = choose_queue(
        workstream.route_to_queue,
        classification.fields,
        now=now,
        draw_key=str(test.item_id),
        fallback_queue=workstream.fallback_queue,
        known_queues=published.compiled.queue_id_by_name,
        overflow=overflow_view(published.compiled, now=now),
    )
    return classification, choice


def _facts(
    item: WorkItem,
    workstream: PublishedWorkstream,
    classification: Classification | None,
    queue_id: int,
    now: datetime,
) -> ItemFacts:
    capacity = workstream.capacity
    own = tuple(capacity.profiles) if capacity else ()
    return ItemFacts(
        id=NO_ITEM,
        workstream_id=workstream.id,
        queue_id=queue_id,
        kind=ItemKind(item.kind),
        channel=item.channel,
        title=item.title,
        created_at=now,
        waiting_since=now,
        requirement_key="",
        priority=classification.priority if classification else 0,
        skills=classification.skills if classification else (),
        capacity_units=(capacity.units or 0) if capacity else 0,
        capacity_profiles=classification.profiles if classification else own,
        fields=classification.fields if classification else item_fields(item),
    )


def _preferred(
    contact_id: int | None, published: configuration.Published
) -> tuple[tuple[int, str], ...]:
    """The customer's agents, where there are such."""
    if contact_id is None or not published.compiled.service.preferred_agents:
        return ()
    wishes = PreferredAgent.objects.filter(contact=contact_id).order_by("position")
    return tuple(wishes.values_list("agent_id", "agent__user__username"))


def _people(
    item: ItemFacts, published: configuration.Published, now: datetime, *, ends: bool
) -> dict[str, Any]:
    """Who would be offered it now, and why others not; what ``ends`` waits for nobody (A 8.1).
    Members are compared where the router would: not where it goes to certain people."""
    members = load_agents(published=published, queue_ids=[item.queue_id or 0])
    blockers = None if ends else blockers_of(published.compiled, item, members, now=now)
    looked_at: dict[str, Any] = {}
    if blockers is not None and blockers.reason is None:
        looked_at = considered(published.compiled, item, members, now=now)
    agents = looked_at.get("agents_considered", [])
    return {
        "agents_considered": agents,
        "counts": looked_at.get("counts", {}),
        "is_considered_now": bool(looked_at),
        "would_be_offered_to": _offered_to(blockers, agents) if blockers else None,
        "waiting_because": waiting_because(blockers) if blockers else [],
    }


def _offered_to(blockers: GroupBlockers, agents: Iterable[Mapping[str, Any]]) -> str | None:
    """A preferred agent who may have it, else the first in rank of those who are compared."""
    if blockers.reason == WANTED:
        return str(blockers.wishes[-1]["agent"])
    return next((each["agent"] for each in agents if each["rank"] == 1), None)

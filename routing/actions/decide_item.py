"""Decide where a work item goes, and write that to it; nothing is saved here."""

import logging
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from config.savepoint import savepoint_if_asked
from routing import configuration
from routing.actions.needed_capacity import need_of, units_of_workstream
from routing.actions.raise_alarm import raise_alarm
from routing.actions.write_records import Changes, changes_of_records
from routing.engine.choose_queue import choose_queue
from routing.engine.classify import classify
from routing.engine.decisions import Classification, QueueChoice
from routing.engine.explain import NOT_PUBLISHED_YET, routing_document
from routing.engine.facts import RequiredSkill
from routing.engine.overflow import OverflowView
from routing.engine.what_was_read import Recorder, what_was_read
from routing.exceptions import UnreadableRules
from routing.models import Assignment
from routing.queries.item_fields import LEARNED_FIELDS, item_fields
from routing.queries.overflow_view import overflow_view
from routing.queries.predictions import Predictor, said_by_customer
from routing.queries.queue_after_error import queue_after_error
from routing.terms import AlarmKind
from workstreams.models import BotConversation, Queue, WorkItem
from workstreams.queries.bot_turn import may_talk
from workstreams.terms import ItemKind, OverflowAction

log = logging.getLogger(__name__)

FALLBACK_AFTER_ERROR: Final = (
    "Routing failed with an error, so the workstream's fallback queue takes the item."
)
# What a decision writes: an error half-way leaves the item as it came.
WRITTEN_FIELDS: Final = [
    "title",
    "priority",
    "context",
    "attributes",
    "required_skills",
    "required_profiles",
]


@dataclass(frozen=True, kw_only=True)
class Decided:
    """An item with all that was decided about it; without a choice rules failed."""

    item: WorkItem
    published: configuration.Published
    document: dict[str, Any]
    choice: QueueChoice | None = None
    of_records: Changes = field(default_factory=dict)


def decide_item(item: WorkItem, published: configuration.Published, now: datetime) -> Decided:
    """By the rules of the version. After an error of theirs it is as it came and goes to the
    fallback queue, with an alarm."""
    if item.workstream_id not in published.compiled.workstreams:
        return to_fallback(item, published, NOT_PUBLISHED_YET)
    before = {name: getattr(item, name) for name in WRITTEN_FIELDS}
    try:
        with savepoint_if_asked():
            return _decide(item, published, now)
    except Exception as error:
        log.exception("routing failed item=%s version=%s", item.pk, published.number)
        for name, value in before.items():
            setattr(item, name, value)
        raise_alarm(kind=AlarmKind.ROUTING_FAILED, error=error, item=item, now=now)
        return to_fallback(item, published)


def to_fallback(
    item: WorkItem, published: configuration.Published, why: str = FALLBACK_AFTER_ERROR
) -> Decided:
    """Without any rules, and the sentence that says why; it needs what its workstream's work does
    without them."""
    item.queue = _fallback(item, published)
    item.fell_back = True
    item.required_units, item.required_profiles = need_of(item, published)
    document = routing_document(
        configuration_version=published.number, workstream=item.workstream.name, error=why
    )
    document["queue"] = item.queue.name
    return Decided(item=item, published=published, document=document)


def is_for_bot(item: WorkItem) -> bool:
    """Whether nobody has had it yet, no other bot either; asked only where a bot waits. Who was
    passed on to people, or comes back after an agent had the conversation, is not sent to a bot."""
    bot = item.workstream.bot
    if bot is None or item.kind != ItemKind.CONVERSATION or not may_talk(bot, item.workstream):
        return False
    if BotConversation.objects.filter(item=item).exists():
        return False
    return not Assignment.objects.filter(item=item).exists()


def _fallback(item: WorkItem, published: configuration.Published) -> Queue:
    """The published fallback queue; rows may name another one that is still a draft."""
    workstream = published.compiled.workstreams.get(item.workstream_id)
    name = workstream.fallback_queue if workstream else None
    id_ = published.compiled.queue_id_by_name.get(name or "", 0)
    is_another = id_ not in (0, item.workstream.fallback_queue_id)
    queue = Queue.objects.filter(pk=id_).first() if is_another else None
    return queue or queue_after_error(item.workstream)


def _decide(item: WorkItem, published: configuration.Published, now: datetime) -> Decided:
    """Two pure decisions, written to the item; nothing is saved here."""
    workstream = published.compiled.workstreams[item.workstream_id]
    if workstream.has_unreadable_rules:
        raise UnreadableRules

    fields = item_fields(item)
    held: dict[str, Any] = {
        "skills": _held_skills(item, published),
        "profiles": _held_profiles(item, published),
        "priority": item.priority,
    }
    overflow = Recorder.of(_overflow(item, published, now))
    classification = classify(
        workstream.classification,
        fields,
        now=now,
        **held,
        predict=Predictor(published=published, messages=lambda: said_by_customer(item)),
    )
    choice = choose_queue(
        workstream.route_to_queue,
        classification.fields,
        now=now,
        draw_key=str(item.pk),
        fallback_queue=workstream.fallback_queue,
        known_queues=published.compiled.queue_id_by_name,
        overflow=overflow.view if overflow else None,
    )
    _write(item, classification, published)
    item.required_units = units_of_workstream(item, published)
    queue_id = _queue_id(choice, published)
    item.fell_back = choice.fell_back or queue_id is None
    item.queue_id = queue_id or _fallback(item, published).pk
    if choice.overflow is not None and choice.overflow.action is OverflowAction.TRANSFER:
        item.overflow_transfer_count += 1
    document = routing_document(
        configuration_version=published.number,
        workstream=workstream.name,
        classification=classification,
        queue=choice,
        read=what_was_read(workstream, fields, overflow=overflow, **held),
    )
    of_records = changes_of_records(item, fields, classification.fields)
    return Decided(
        item=item, published=published, document=document, choice=choice, of_records=of_records
    )


def _overflow(
    item: WorkItem, published: configuration.Published, now: datetime
) -> OverflowView | None:
    """Looked at once in an item's life, and not before its bot has passed it on."""
    if item.overflow_checked_at is not None or is_for_bot(item):
        return None
    item.overflow_checked_at = now
    return overflow_view(published.compiled, now=now, item_id=item.pk)


def _held_skills(item: WorkItem, published: configuration.Published) -> tuple[RequiredSkill, ...]:
    names = published.skill_names
    return tuple(
        RequiredSkill(skill=names[skill_id], rating=rating)
        for skill_id, rating in item.required_skills
        if skill_id in names
    )


def _held_profiles(item: WorkItem, published: configuration.Published) -> tuple[str, ...]:
    names = published.profile_names
    _, profiles = need_of(item, published)
    return tuple(names[id] for id in profiles)


def _write(
    item: WorkItem, classification: Classification, published: configuration.Published
) -> None:
    """Names become ids. What a rule names that no longer exists is left out; a skill the
    item needs and no version knows stays, so that nobody gets it by mistake."""
    skills, profiles = published.compiled.skills, published.compiled.profiles
    item.priority = max(0, min(classification.priority, 32767))
    item.title = str(classification.fields.get("title") or item.title)[:300]
    item.context = dict(classification.fields.get("context") or {})
    item.attributes = dict(classification.fields.get("attributes") or {})
    item.attributes |= {
        name: value
        for name in LEARNED_FIELDS
        if (value := classification.fields.get(name)) is not None
    }
    unknown = [pair for pair in item.required_skills if pair[0] not in published.skill_names]
    item.required_skills = unknown + [
        [skills[each.skill].id, each.rating]
        for each in classification.skills
        if each.skill in skills
    ]
    item.required_profiles = [
        profiles[name].id for name in classification.profiles if name in profiles
    ]


def _queue_id(choice: QueueChoice, published: configuration.Published) -> int | None:
    """The chosen queue's id, or of the one that overflow leads to; None, which means the fallback
    queue, for a name that the version does not know."""
    known = published.compiled.queue_id_by_name
    return known.get(choice.destination or "", known.get(choice.queue or ""))

"""Load closed work as records to learn from."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import F, QuerySet, Sum
from django.db.models.functions import Left

from routing.check_learning import MESSAGES
from routing.engine.conditions.fields import read
from routing.learning.sentiment import feel
from routing.learning.words import LONGEST_INPUT, joined
from routing.models import Assignment, LearnedModel, TrainingRecord
from routing.queries.item_fields import FIELD_RELATIONS, item_fields
from routing.terms import SKILLS_CHANGED, Outcome, RuleType
from workstreams.models import Message, WorkItem, WorkItemEvent
from workstreams.terms import Author, ItemState

# The newest closed work; more teaches little more.
MOST_ITEMS: Final = 5_000
BATCH: Final = 500
SHORTEST_MINUTES: Final = 0.1


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """How many records are new, were brought up to date, and had nothing to learn from."""

    added: int
    changed: int
    skipped: int


@transaction.atomic
def load_records(*, model: LearnedModel, now: datetime) -> Loaded:
    """Add the closed work that the model's filters choose, the newest first.

    Loading again brings the agents' corrections along; what was edited in review stays, and what
    is approved stays approved.
    """
    locked = LearnedModel.objects.select_for_update(no_key=True).get(pk=model.pk)
    added = changed = skipped = 0
    for items in _batches(list(_chosen(locked)[:MOST_ITEMS])):
        records = list(_records(locked, items, now))
        skipped += len(items) - len(records)
        new, other = _told_apart(locked, records)
        TrainingRecord.objects.bulk_create(new)
        TrainingRecord.objects.bulk_update(
            other, ["text", "skill_ids", "sentiment", "minutes", "is_corrected", "loaded_at"]
        )
        added, changed = added + len(new), changed + len(other)
    return Loaded(added=added, changed=changed, skipped=skipped)


def _chosen(model: LearnedModel) -> QuerySet[WorkItem]:
    items = WorkItem.objects.filter(state=ItemState.CLOSED)
    if workstreams := list(model.workstreams.values_list("pk", flat=True)):
        items = items.filter(workstream__in=workstreams)
    if model.closed_from:
        items = items.filter(closed_at__gte=_midnight(model.closed_from))
    if model.closed_until:
        items = items.filter(closed_at__lt=_midnight(model.closed_until) + timedelta(days=1))
    return items.select_related("workstream", *FIELD_RELATIONS).order_by("-pk")


def _midnight(day: Any) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)


def _batches(items: list[WorkItem]) -> Iterator[list[WorkItem]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]


def _records(
    model: LearnedModel, items: Sequence[WorkItem], now: datetime
) -> Iterator[TrainingRecord]:
    """Those that have something to read, and for effort took some time."""
    ids = [item.pk for item in items]
    said = _messages(ids) if MESSAGES in model.inputs else {}
    minutes = _minutes(ids) if model.kind == RuleType.EFFORT else {}
    corrected = set(
        WorkItemEvent.objects.filter(work_item_id__in=ids, kind=SKILLS_CHANGED).values_list(
            "work_item_id", flat=True
        )
    )
    for item in items:
        fields = item_fields(item)
        text = joined(
            said.get(item.pk, []) if path == MESSAGES else read(fields, path)
            for path in model.inputs
        )
        if not text or (model.kind == RuleType.EFFORT and item.pk not in minutes):
            continue
        yield TrainingRecord(
            model=model,
            item_id=item.pk,
            name=item.title,
            text=text,
            skill_ids=_skills(item) if model.kind == RuleType.SKILLS else [],
            sentiment=feel(text).category.value if model.kind == RuleType.SENTIMENT else "",
            minutes=minutes.get(item.pk),
            is_corrected=item.pk in corrected,
            loaded_at=now,
        )


def _skills(item: WorkItem) -> list[int]:
    """What the item needed in the end: what routing found out, and people put right."""
    return sorted({int(pair[0]) for pair in item.required_skills})


def _messages(ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = (
        Message.objects.filter(item__in=ids, author=Author.CUSTOMER)
        .order_by("pk")
        .annotate(start=Left("text", LONGEST_INPUT))
        .values_list("item_id", "start")
    )
    for item_id, text in rows.iterator():
        found[item_id].append(text)
    return found


def _minutes(ids: Sequence[int]) -> dict[int, float]:
    """How long agents had the item, by the ledger."""
    rows = (
        Assignment.objects.filter(item__in=ids, outcome=Outcome.ACCEPTED, ended_at__isnull=False)
        .values("item_id")
        .annotate(taken=Sum(F("ended_at") - F("decided_at")))
        .values_list("item_id", "taken")
    )
    minutes = {item_id: round(taken.total_seconds() / 60, 2) for item_id, taken in rows}
    return {item_id: each for item_id, each in minutes.items() if each >= SHORTEST_MINUTES}


def _told_apart(
    model: LearnedModel, records: list[TrainingRecord]
) -> tuple[list[TrainingRecord], list[TrainingRecord]]:
    """New ones, and old ones that say something else by now."""
    ids = [record.item_id for record in records]
    known = {
        record.item_id: record
        for record in TrainingRecord.objects.filter(model=model, item_id__in=ids)
    }
    changed = []
    for record in records:
        before = known.get(record.item_id)
        if before is None or before.is_edited:
            continue
        said = (record.text, record.skill_ids, record.minutes, record.is_corrected)
        if said != (before.text, before.skill_ids, before.minutes, before.is_corrected):
            record.pk, record.is_approved = before.pk, before.is_approved
            changed.append(record)
    return [record for record in records if record.item_id not in known], changed

"""What closed work teaches a model: its text, and what people made of it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from django.db.models import F, Sum
from django.db.models.functions import Left

from routing.check_learning import MESSAGES
from routing.engine.conditions.fields import read
from routing.learning.sentiment import feel
from routing.learning.words import LONGEST_INPUT, joined
from routing.models import Assignment, LearnedModel, TrainingRecord
from routing.queries.item_fields import item_fields
from routing.terms import SKILLS_CHANGED, Outcome, RuleType
from workstreams.models import Message, WorkItem, WorkItemEvent
from workstreams.terms import Author

SHORTEST_MINUTES: Final = 0.1


def lessons_of(
    model: LearnedModel, items: Sequence[WorkItem], now: datetime
) -> Iterator[TrainingRecord]:
    """Unsaved records of those that have something to read, and for effort took some time; at
    most three queries."""
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

"""Load closed work as records to learn from."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from agents.models import Skill
from routing.engine.conditions import Condition, compile_condition
from routing.models import LearnedModel, TrainingRecord
from routing.queries.closed_work import lessons_of
from routing.queries.item_fields import FIELD_RELATIONS, item_fields
from workstreams.models import WorkItem
from workstreams.terms import ItemState

# The newest closed work; more teaches little more.
MOST_ITEMS: Final = 5_000
# How far back is looked for work that meets the model's conditions.
MOST_LOOKED_AT: Final = 50_000
BATCH: Final = 500


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """How many records are new, were brought up to date, and had nothing to learn from; and which
    share of the work is looked at, from 0 to 1."""

    added: int = 0
    changed: int = 0
    skipped: int = 0
    part: float = 0.0


# Told after each batch, in its transaction; answers whether to go on.
Told = Callable[[Loaded], bool]


def load_records(*, model: LearnedModel, now: datetime, told: Told | None = None) -> Loaded:
    """Add the closed work that the model's filters choose, the newest first, batch by batch, each
    in a transaction of its own.

    Loading again brings the agents' corrections along; what was edited in review stays, and what
    is approved stays approved.
    """
    work = _Work(model, now)
    loaded = Loaded()
    for items in work.batches():
        with transaction.atomic():
            loaded = _load(work, items, loaded)
            if told is not None and not told(loaded):
                break
    return loaded


class _Work:
    """The closed work of a model, as far as it is looked at; ``part`` says how far that is."""

    def __init__(self, model: LearnedModel, now: datetime) -> None:
        self.model, self.now = model, now
        self.rows = _chosen(model)
        self.condition: Condition = compile_condition(model.when)
        self.skill_names = dict(Skill.objects.values_list("pk", "name"))
        self.total = max(1, self.rows.order_by()[:MOST_LOOKED_AT].values("pk").count())
        self.looked_at = self.taken = 0

    @property
    def part(self) -> float:
        return min(1.0, max(self.looked_at / self.total, self.taken / MOST_ITEMS))

    def batches(self) -> Iterator[list[WorkItem]]:
        """Those that meet the conditions; a batch may be empty."""
        rows = self.rows
        while self.taken < MOST_ITEMS and self.looked_at < MOST_LOOKED_AT:
            items = list(rows[:BATCH])
            if not items:
                return
            fitting = [item for item in items if self._is_meant(item)][: MOST_ITEMS - self.taken]
            self.looked_at, self.taken = self.looked_at + len(items), self.taken + len(fitting)
            yield fitting
            rows = self.rows.filter(pk__lt=items[-1].pk)

    def _is_meant(self, item: WorkItem) -> bool:
        if not self.model.when:
            return True
        needed = (int(pair[0]) for pair in item.required_skills)
        skills = [self.skill_names[skill] for skill in needed if skill in self.skill_names]
        return self.condition.matches({**item_fields(item), "skills": skills}, self.now)


def _load(work: _Work, items: list[WorkItem], before: Loaded) -> Loaded:
    """The model's row is locked, so that two who load at once add nothing twice."""
    model = LearnedModel.objects.select_for_update(no_key=True).get(pk=work.model.pk)
    records = list(lessons_of(model, items, work.now))
    new, other = _told_apart(model, records)
    TrainingRecord.objects.bulk_create(new)
    TrainingRecord.objects.bulk_update(
        other, ["text", "skill_ids", "sentiment", "minutes", "is_corrected", "loaded_at"]
    )
    return Loaded(
        added=before.added + len(new),
        changed=before.changed + len(other),
        skipped=before.skipped + len(items) - len(records),
        part=work.part,
    )


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
    return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())


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

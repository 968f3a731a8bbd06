"""Review what a model is to learn from: put tags right, approve, throw away."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet

from agents.models import Skill
from routing.models import LearnedModel, TrainingRecord
from routing.terms import RuleType
from workstreams.actions.refusals import InvalidSettings


@transaction.atomic
def edit_record(
    *,
    record: TrainingRecord,
    skills: Iterable[Skill] = (),
    sentiment: str = "",
    minutes: float | None = None,
    is_approved: bool = True,
) -> TrainingRecord:
    """Set what people make of the text. Refuses one that says nothing (InvalidSettings)."""
    locked = TrainingRecord.objects.select_for_update().select_related("model").get(pk=record.pk)
    kind = locked.model.kind

    if kind == RuleType.SENTIMENT and not sentiment:
        raise InvalidSettings({"sentiment": "Choose a sentiment."})
    if kind == RuleType.EFFORT and not minutes:
        raise InvalidSettings({"minutes": "Say how many minutes it took."})

    locked.skill_ids = sorted(skill.pk for skill in skills) if kind == RuleType.SKILLS else []
    locked.sentiment = sentiment if kind == RuleType.SENTIMENT else ""
    locked.minutes = minutes if kind == RuleType.EFFORT else None
    locked.is_approved, locked.is_edited = is_approved, True
    locked.save()
    return locked


def approve_records(*, records: QuerySet[TrainingRecord], is_approved: bool = True) -> int:
    """Approve all of them, or none any more; how many that changed."""
    return records.exclude(is_approved=is_approved).update(is_approved=is_approved)


def delete_records(*, model: LearnedModel, records: QuerySet[TrainingRecord]) -> int:
    """Throw them away; loading again brings those of closed work back."""
    deleted, _ = records.filter(model=model).delete()
    return deleted

"""What the page of a model shows."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from routing.models import LearnedModel, ModelVersion, Ruleset, TrainingRecord


@dataclass(frozen=True, kw_only=True)
class RecordCounts:
    """How many records there are, and how far the review is."""

    total: int
    approved: int
    corrected: int

    @property
    def to_review(self) -> int:
        return self.total - self.approved


@dataclass(frozen=True, kw_only=True)
class RulesetUse:
    """A ruleset that names the model."""

    name: str
    url: str


def record_counts(model: LearnedModel) -> RecordCounts:
    """One query."""
    found = TrainingRecord.objects.filter(model=model).aggregate(
        total=Count("pk"),
        approved=Count("pk", filter=Q(is_approved=True)),
        corrected=Count("pk", filter=Q(is_corrected=True)),
    )
    return RecordCounts(**found)


def versions_of(model: LearnedModel, limit: int = 20) -> list[ModelVersion]:
    """The newest first, without what they learned; one query."""
    return list(model.versions.order_by("-number")[:limit])


def rulesets_naming(model: LearnedModel) -> list[RulesetUse]:
    """One query."""
    rulesets = Ruleset.objects.filter(model=model, workstream__isnull=False)
    return [
        RulesetUse(
            name=f"{ruleset} of {ruleset.workstream}",
            url=reverse(
                "routing:ruleset-edit",
                kwargs={"workstream_id": ruleset.workstream_id, "kind": "classification"},
            ),
        )
        for ruleset in rulesets.select_related("workstream").order_by("workstream__name", "pk")
    ]


def quality_with_names(version: ModelVersion, names: dict[int, str]) -> dict[str, Any]:
    """Figures of skills by their names; a skill that was deleted is said so."""
    quality = dict(version.quality)
    for part in ("skills", "left_out"):
        quality[part] = [
            each | {"skill": names.get(int(each["skill"]), "(deleted skill)")}
            for each in quality.get(part) or ()
        ]
    return quality

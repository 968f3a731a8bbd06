"""The records of a model as its review shows them."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from agents.models import Skill
from routing.models import LearnedModel, TrainingRecord
from routing.terms import LABELS, RuleType, Sentiment

PAGE_SIZE = 50
SHOWN_TEXT = 300
STATES = (
    ("", "All"),
    ("review", "To review"),
    ("approved", "Approved"),
    ("corrected", "Corrected by agents"),
)
CHOSEN = {
    "review": Q(is_approved=False),
    "approved": Q(is_approved=True),
    "corrected": Q(is_corrected=True),
}


@dataclass(frozen=True, kw_only=True)
class RecordLine:
    """One record with its tags in words."""

    record: TrainingRecord
    text: str
    tags: list[str]


def chosen_records(model: LearnedModel, *, search: str, state: str) -> QuerySet[TrainingRecord]:
    """Those of a search in names and texts, and of one state."""
    records = TrainingRecord.objects.filter(model=model)
    if state in CHOSEN:
        records = records.filter(CHOSEN[state])
    if search:
        records = records.filter(Q(text__icontains=search) | Q(name__icontains=search))
    return records


def record_page(
    model: LearnedModel, *, search: str, state: str, page: str
) -> "tuple[Page[TrainingRecord], list[RecordLine]]":
    """Three queries."""
    found = Paginator(chosen_records(model, search=search, state=state).order_by("-pk"), PAGE_SIZE)
    shown = found.get_page(page)
    names = dict(Skill.objects.values_list("pk", "name"))
    return shown, [
        RecordLine(
            record=record,
            text=record.text[:SHOWN_TEXT] + ("…" if len(record.text) > SHOWN_TEXT else ""),
            tags=_tags(model, record, names),
        )
        for record in shown
    ]


def _tags(model: LearnedModel, record: TrainingRecord, names: dict[int, str]) -> list[str]:
    if model.kind == RuleType.SENTIMENT:
        return [LABELS[Sentiment(record.sentiment)]] if record.sentiment else []
    if model.kind == RuleType.EFFORT:
        return [f"{record.minutes:g} min"] if record.minutes is not None else []
    return sorted(names[skill] for skill in record.skill_ids if skill in names)

"""Models that machines learn."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from agents.models import Skill
from routing.learning.teach import teach_effort, teach_sentiment, teach_skills
from routing.learning.train import Learned, Lesson
from routing.learning.weights import FORMAT, packed
from routing.models import LearnedModel, ModelContent, ModelVersion, TrainingRecord
from routing.terms import RuleType, TrainingState
from tests.factories.work import make_item
from workstreams.models import Message, WorkItem, Workstream
from workstreams.terms import Author, ItemState

NUMBERS = count(1)
NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
INPUTS = {
    RuleType.SKILLS: ["title", "messages"],
    RuleType.SENTIMENT: ["messages"],
    RuleType.EFFORT: ["title", "messages"],
}


def make_model(kind: str = RuleType.SKILLS, name: str = "", **fields: Any) -> LearnedModel:
    """A model without records."""
    inputs = fields.pop("inputs", INPUTS[RuleType(kind)])
    name = name or f"model-{next(NUMBERS)}"
    return LearnedModel.objects.create(kind=kind, name=name, inputs=inputs, **fields)


def make_record(model: LearnedModel, text: str = "Hello", **fields: Any) -> TrainingRecord:
    """A record that nobody has approved."""
    defaults = {"name": f"record-{next(NUMBERS)}", "loaded_at": NOW}
    return TrainingRecord.objects.create(model=model, text=text, **{**defaults, **fields})


def make_closed(workstream: Workstream, now: datetime, said: str = "", **fields: Any) -> WorkItem:
    """A closed work item with what its customer said."""
    item = make_item(workstream, state=ItemState.CLOSED, closed_at=now, **fields)
    if said:
        Message.objects.create(item=item, author=Author.CUSTOMER, text=said, created_at=now)
    return item


def make_trained(
    lessons: list[Lesson], kind: str = RuleType.SKILLS, name: str = "", **fields: Any
) -> LearnedModel:
    """A model whose published version learned from these; skills are named by the lessons."""
    model = make_model(kind, name, **fields)
    add_version(model, lessons)
    return model


def add_version(model: LearnedModel, lessons: list[Lesson]) -> ModelVersion:
    """One more version, published."""
    content, content_hash = packed(_learn(RuleType(model.kind), lessons).document)
    stored, _ = ModelContent.objects.get_or_create(
        hash=content_hash, defaults={"format": FORMAT, "content": content}
    )
    version = ModelVersion.objects.create(
        model=model,
        number=model.versions.count() + 1,
        state=TrainingState.TRAINED,
        content=stored,
        queued_at=NOW,
        ended_at=NOW,
    )
    model.published = version
    model.save()
    return version


def _learn(kind: RuleType, lessons: list[Lesson]) -> Learned:
    if kind is RuleType.SENTIMENT:
        return teach_sentiment(lessons, _nobody_looks)
    if kind is RuleType.EFFORT:
        return teach_effort(lessons, _nobody_looks)
    ids = {skill.name: str(skill.pk) for skill in Skill.objects.all()}
    numbered = [
        Lesson(text=each.text, skills=tuple(ids[name] for name in each.skills)) for each in lessons
    ]
    return teach_skills(numbered, 0.5, _nobody_looks)


def _nobody_looks(_: float) -> None:
    """Progress is shown to nobody."""

"""What is sent and shown of models that machines learn."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import Field
from typing_extensions import TypedDict

from agents.models import Skill
from config.api.schema import Body, LongName, Name, number, optional, text_of
from routing.models import LearnedModel, ModelLoad, ModelVersion, TrainingRecord
from routing.queries.model_page import quality_with_names

Condition = dict[str, Any]
Kind = Literal["skill_identification", "sentiment", "effort"]
Inputs = Annotated[list[LongName], Field(max_length=10)]
Confidence = Annotated[int, number(1, 99)]
Revision = Annotated[int, number(1, 2**31 - 1)]
Id = Annotated[int, number(1, 2**63 - 1)]
FILE_BYTES = 10 * 1024 * 1024


class ModelIn(Body):
    """``inputs`` are fields of work, or ``messages``: what the customer wrote. ``workstreams``,
    the dates and ``when`` choose the closed work that is loaded."""

    name: Name
    kind: Kind
    inputs: Inputs
    minimum_confidence: Confidence = optional()
    workstreams: list[LongName] = optional(max_length=500)
    closed_from: date | None = optional()
    closed_until: date | None = optional()
    when: Condition = optional()


class ModelChanges(Body):
    """What to change; a field left out stays. The kind of a model is never changed."""

    name: Name = optional()
    inputs: Inputs = optional()
    minimum_confidence: Confidence = optional()
    workstreams: list[LongName] = optional(max_length=500)
    closed_from: date | None = optional()
    closed_until: date | None = optional()
    when: Condition = optional()
    revision: Revision = optional()


class RecordChanges(Body):
    """What people make of one text: skills, a sentiment or minutes, as the model's kind asks.
    Who puts it right approves it, unless ``approved`` is false."""

    skills: list[Name] = optional(max_length=50)
    sentiment: Annotated[str, text_of(20)] = optional()
    minutes: Annotated[float, Field(gt=0, le=100_000)] = optional()
    approved: bool = optional()


class Review(Body):
    """Records by number, or all that a search and a state find."""

    action: Literal["approve", "withdraw", "delete"]
    ids: list[Id] = optional(max_length=1000)
    all: bool = False
    search: Annotated[str, text_of(200)] = ""
    state: Literal["", "review", "approved", "corrected"] = ""


class Files(Body):
    """Two CSV files as text, together of at most 10 MB: model, record name, input data; and
    record, characteristic mapping, characteristic."""

    records: Annotated[str, Field(max_length=FILE_BYTES)]
    mappings: Annotated[str, Field(max_length=FILE_BYTES)]


class Text(Body):
    """What a customer might write."""

    text: Annotated[str, Field(max_length=200_000)]


class VersionDocument(TypedDict):
    """One training; ``quality`` are its figures on records kept back from learning."""

    number: int
    state: str
    progress: int
    records: int
    quality: dict[str, Any]
    failure: str
    queued_by: str
    queued_at: datetime
    ended_at: datetime | None
    published_by: str
    published_at: datetime | None
    in_use: bool


class LoadDocument(TypedDict):
    """One loading of closed work."""

    id: int
    state: str
    progress: int
    added: int
    changed: int
    skipped: int
    failure: str
    queued_by: str
    queued_at: datetime
    ended_at: datetime | None


class ModelDocument(TypedDict):
    """A model; ``published`` is the number of the version that rulesets use."""

    id: int
    name: str
    kind: str
    inputs: list[str]
    minimum_confidence: int
    workstreams: list[str]
    closed_from: date | None
    closed_until: date | None
    when: dict[str, Any]
    published: int | None
    revision: int


class RecordDocument(TypedDict):
    """One text and what people made of it."""

    id: int
    name: str
    text: str
    skills: list[str]
    sentiment: str
    minutes: float | None
    approved: bool
    edited: bool
    corrected: bool


class SaidDocument(TypedDict):
    """One line of an answer; ``sure``: whether a ruleset would use it."""

    label: str
    percent: int | None
    sure: bool


class TriedDocument(TypedDict):
    """What a model says of a text; nothing is stored."""

    by: str
    lines: list[SaidDocument]
    keywords: list[str]
    note: str


class ReviewedDocument(TypedDict):
    """How many records changed."""

    changed: int


def model_document(model: LearnedModel) -> ModelDocument:
    return ModelDocument(
        id=model.pk,
        name=model.name,
        kind=model.kind,
        inputs=model.inputs,
        minimum_confidence=model.minimum_confidence,
        workstreams=[each.name for each in model.workstreams.all()],
        closed_from=model.closed_from,
        closed_until=model.closed_until,
        when=model.when,
        published=model.published.number if model.published else None,
        revision=model.revision,
    )


def load_document(load: ModelLoad) -> LoadDocument:
    return LoadDocument(
        id=load.pk,
        state=load.state,
        progress=load.progress,
        added=load.added,
        changed=load.changed,
        skipped=load.skipped,
        failure=load.failure,
        queued_by=load.queued_by,
        queued_at=load.queued_at,
        ended_at=load.ended_at,
    )


def version_document(
    model: LearnedModel, version: ModelVersion, skills: Mapping[int, str]
) -> VersionDocument:
    return VersionDocument(
        number=version.number,
        state=version.state,
        progress=version.progress,
        records=version.record_count,
        quality=quality_with_names(version, dict(skills)) if version.quality else {},
        failure=version.failure,
        queued_by=version.queued_by,
        queued_at=version.queued_at,
        ended_at=version.ended_at,
        published_by=version.published_by,
        published_at=version.published_at,
        in_use=version.pk == model.published_id,
    )


def record_documents(records: Sequence[TrainingRecord]) -> list[RecordDocument]:
    """One query besides the records'."""
    names = dict(Skill.objects.values_list("pk", "name"))
    return [
        RecordDocument(
            id=record.pk,
            name=record.name,
            text=record.text,
            skills=[names[skill] for skill in record.skill_ids if skill in names],
            sentiment=record.sentiment,
            minutes=record.minutes,
            approved=record.is_approved,
            edited=record.is_edited,
            corrected=record.is_corrected,
        )
        for record in records
    ]

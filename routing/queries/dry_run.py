"""What a model would say of a text; nothing is stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from routing.learning.predict import guess_effort, guess_feeling, guess_skills
from routing.learning.weights import Weights
from routing.models import LearnedModel, ModelVersion
from routing.queries.predictions import weights_of
from routing.terms import LABELS, RuleType, TrainingState

MOST_SKILLS = 10
NOT_TRAINED = "Train the model first."
NOTHING = "The model knows no word of this."


@dataclass(frozen=True, kw_only=True)
class Said:
    """One line of the answer: a skill, a category, minutes; per cent where there are any."""

    label: str
    percent: int | None = None
    is_sure: bool = True


@dataclass(frozen=True, kw_only=True)
class Tried:
    """The answer to a text, and by which version."""

    text: str
    lines: list[Said] = field(default_factory=list)
    keywords: tuple[str, ...] = ()
    by: str = ""
    note: str = ""


def try_model(model: LearnedModel, text: str, skills: Mapping[int, str]) -> Tried:
    """By the published version, else by the newest that was trained."""
    version = model.published or _newest(model)
    weights = _weights(version)
    by = str(version) if version else ""
    if model.kind == RuleType.SENTIMENT:
        return _feeling(weights, text, by or "built-in words")
    if weights is None:
        return Tried(text=text, note=NOT_TRAINED)
    if model.kind == RuleType.EFFORT:
        effort = guess_effort(weights, text)
        line = Said(label=f"{effort.minutes:g} minutes", percent=round(effort.confidence * 100))
        return Tried(text=text, lines=[line], by=by, note="" if effort.confidence else NOTHING)
    lines = [
        Said(
            label=skills[int(guess.skill)],
            percent=round(guess.confidence * 100),
            is_sure=guess.confidence >= model.minimum_confidence / 100,
        )
        for guess in guess_skills(weights, text)
        if guess.skill.isdigit() and int(guess.skill) in skills
    ][:MOST_SKILLS]
    return Tried(text=text, lines=lines, by=by, note="" if lines else NOTHING)


def try_feeling(text: str) -> Tried:
    """By the built-in words."""
    return _feeling(None, text, "built-in words")


def _feeling(weights: Weights | None, text: str, by: str) -> Tried:
    feeling = guess_feeling(weights, text)
    line = Said(label=f"{LABELS[feeling.category]}, {feeling.score:g} of 100")
    return Tried(text=text, lines=[line], keywords=feeling.keywords, by=by)


def _newest(model: LearnedModel) -> ModelVersion | None:
    trained = model.versions.filter(state=TrainingState.TRAINED)
    return trained.order_by("-number").first()


def _weights(version: ModelVersion | None) -> Weights | None:
    if version is None or version.content_id is None:
        return None
    return weights_of(version.content_id)

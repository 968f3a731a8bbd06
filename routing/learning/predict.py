"""What a learned model says of a text."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from routing.learning.sentiment import Feeling, feel
from routing.learning.weights import Weights, probability, scores

MOST_MINUTES: Final = 24 * 60.0
# Of the words of a text, so many have to be known for full confidence.
WELL_KNOWN: Final = 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class SkillGuess:
    """A skill and how sure the model is, from 0 to 1."""

    skill: str
    confidence: float


@dataclass(frozen=True, kw_only=True, slots=True)
class EffortGuess:
    """Minutes of work, and how far they can be relied on, from 0 to 1."""

    minutes: float
    confidence: float


def guess_skills(weights: Weights, text: str) -> list[SkillGuess]:
    """Every skill the model knows, the surest first. A text without words says nothing."""
    found = scores(weights, text)
    if not found.known:
        return []
    guesses = (
        SkillGuess(skill=label, confidence=round(probability(score), 3))
        for label, score in zip(weights.labels, found.of_label, strict=True)
    )
    return sorted(guesses, key=lambda one: (-one.confidence, one.skill))


def sure_of(guesses: Sequence[SkillGuess], least: float) -> list[SkillGuess]:
    """Those that are at least so sure."""
    return [guess for guess in guesses if guess.confidence >= least]


def guess_feeling(weights: Weights | None, text: str) -> Feeling:
    """The words of feeling, and what the organisation's own records add to them or take away."""
    feeling = feel(text)
    if weights is None:
        return feeling
    found = scores(weights, text)
    if not found.known:
        return feeling
    score = max(0.0, min(100.0, feeling.score + found.of_label[0]))
    return replace(feeling, score=round(score, 1))


def guess_effort(weights: Weights, text: str) -> EffortGuess:
    """Without a known word it is what work usually takes, and nothing to rely on."""
    found = scores(weights, text)
    minutes = math.expm1(max(0.0, min(math.log1p(MOST_MINUTES), found.of_label[0])))
    trust = weights.extra.get("confidence", 0.0) * min(1.0, found.known / WELL_KNOWN)
    return EffortGuess(minutes=round(minutes, 1), confidence=round(trust, 3))

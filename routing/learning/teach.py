"""The three lessons: skills, sentiment, effort; each with figures of how well it was learned.

Figures come from records that were kept back from learning, each once, and are counted with the
very function that is used on arriving work.
"""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from statistics import mean, median
from typing import Any, Final

from routing.learning.predict import guess_effort, guess_feeling, guess_skills, sure_of
from routing.learning.sentiment import MIDDLE_OF, category_of, feel
from routing.learning.train import (
    CannotLearn,
    Learned,
    Lesson,
    Progress,
    folds,
    learn_labels,
    learn_number,
    one_thread,
)
from routing.learning.weights import Weights, ready

# A skill of fewer records cannot be told apart.
FEWEST_OF_SKILL: Final = 3
ONE_CLASS: Final = (
    "All approved records have the same skills, so there is nothing to tell apart. Approve records"
    " with other skills."
)
NO_SKILLS: Final = f"No skill has {FEWEST_OF_SKILL} approved records."
ONE_FEELING: Final = "All approved records have the same sentiment, so there is nothing to learn."
ONE_EFFORT: Final = "All approved records took the same time, so there is nothing to learn."
# A forecast is good when it misses by no more than a quarter, or three minutes.
TOLERANCE_SHARE: Final = 0.25
TOLERANCE_MINUTES: Final = 3.0
# How much better than always saying the usual time, best first.
GRADES: Final = ((0.6, "A"), (0.45, "B"), (0.3, "C"), (0.15, "D"), (0.05, "E"))
SCALE: Final = list(MIDDLE_OF)


def teach_skills(lessons: Sequence[Lesson], least: float, progress: Progress) -> Learned:
    """Which skills a text needs; ``least`` is the confidence from which one counts."""
    counts = Counter(skill for lesson in lessons for skill in set(lesson.skills))
    labels = sorted(skill for skill, count in counts.items() if count >= FEWEST_OF_SKILL)
    if not labels:
        raise CannotLearn(NO_SKILLS)
    if all(counts[label] == len(lessons) for label in labels):
        raise CannotLearn(ONE_CLASS)

    with one_thread():
        held = _kept_back(lessons, lambda some: learn_labels(some, labels), progress)
        document = learn_labels(lessons, labels)

    guessed = [
        {guess.skill for guess in sure_of(guess_skills(weights, lesson.text), least)}
        for weights, lesson in held
    ]
    tallies = [_tally(label, [lesson for _, lesson in held], guessed) for label in labels]
    whole = _Tally(
        right=sum(each.right for each in tallies),
        guessed=sum(each.guessed for each in tallies),
        meant=sum(each.meant for each in tallies),
    )
    return Learned(
        document=document,
        quality={
            "records": len(lessons),
            **whole.figures(),
            "skills": [
                {"skill": label, "records": counts[label], **tally.figures()}
                for label, tally in zip(labels, tallies, strict=True)
            ],
            "left_out": [
                {"skill": skill, "records": count}
                for skill, count in sorted(counts.items())
                if count < FEWEST_OF_SKILL
            ],
        },
    )


def teach_sentiment(lessons: Sequence[Lesson], progress: Progress) -> Learned:
    """What the words of feeling miss; a lesson's number is the score that people meant."""
    if len({lesson.number for lesson in lessons}) == 1:
        raise CannotLearn(ONE_FEELING)
    missed = [replace(lesson, number=lesson.number - feel(lesson.text).score) for lesson in lessons]

    with one_thread():
        held = _kept_back(missed, learn_number, progress)
        document = learn_number(missed)

    meant = {lesson.text: lesson.number for lesson in lessons}
    trained = [(meant[one.text], guess_feeling(weights, one.text).score) for weights, one in held]
    untrained = [(lesson.number, feel(lesson.text).score) for lesson in lessons]
    return Learned(
        document=document,
        quality={
            "records": len(lessons),
            **_feeling_figures(trained),
            "built_in": _feeling_figures(untrained),
        },
    )


def teach_effort(lessons: Sequence[Lesson], progress: Progress) -> Learned:
    """How long the work takes; a lesson's number is minutes."""
    if len({lesson.number for lesson in lessons}) == 1:
        raise CannotLearn(ONE_EFFORT)
    logs = [replace(lesson, number=math.log1p(lesson.number)) for lesson in lessons]

    with one_thread():
        held = _kept_back(logs, learn_number, progress)
        document = learn_number(logs)

    pairs = [
        (math.expm1(lesson.number), guess_effort(weights, lesson.text).minutes)
        for weights, lesson in held
    ]
    usual = median(actual for actual, _ in pairs)
    missed_by = mean(abs(actual - guessed) for actual, guessed in pairs)
    usually_missed_by = mean(abs(actual - usual) for actual, _ in pairs)
    better = 1 - missed_by / usually_missed_by if usually_missed_by else 0.0
    confidence = round(mean(_is_close(*pair) for pair in pairs), 3)
    document["extra"] = {"confidence": confidence}
    return Learned(
        document=document,
        quality={
            "records": len(lessons),
            "grade": next((grade for least, grade in GRADES if better >= least), "F"),
            "close": confidence,
            "missed_by_minutes": round(missed_by, 1),
            "usual_minutes": round(usual, 1),
            "usually_missed_by_minutes": round(usually_missed_by, 1),
        },
    )


def _kept_back(
    lessons: Sequence[Lesson],
    learn: Callable[[Sequence[Lesson]], dict[str, Any]],
    progress: Progress,
) -> list[tuple[Weights, Lesson]]:
    """Every lesson with what was learned without it."""
    held: list[tuple[Weights, Lesson]] = []
    parts = list(folds(len(lessons)))
    for number, (teaching, kept) in enumerate(parts, start=1):
        weights = ready(learn([lessons[index] for index in teaching]))
        held += [(weights, lessons[index]) for index in kept]
        progress(number / (len(parts) + 1))
    return held


@dataclass(frozen=True, kw_only=True, slots=True)
class _Tally:
    """How often a skill was guessed, meant, and both."""

    right: int
    guessed: int
    meant: int

    def figures(self) -> dict[str, float]:
        return {
            "precision": round(self.right / self.guessed, 3) if self.guessed else 0.0,
            "recall": round(self.right / self.meant, 3) if self.meant else 0.0,
        }


def _tally(label: str, lessons: Sequence[Lesson], guessed: Sequence[set[str]]) -> _Tally:
    pairs = [
        (label in lesson.skills, label in each)
        for lesson, each in zip(lessons, guessed, strict=True)
    ]
    return _Tally(
        right=sum(is_meant and is_guessed for is_meant, is_guessed in pairs),
        guessed=sum(is_guessed for _, is_guessed in pairs),
        meant=sum(is_meant for is_meant, _ in pairs),
    )


def _feeling_figures(pairs: Sequence[tuple[float, float]]) -> dict[str, float]:
    """Of scores that were meant and guessed."""
    steps = [
        abs(SCALE.index(category_of(meant)) - SCALE.index(category_of(guessed)))
        for meant, guessed in pairs
    ]
    return {
        "same": round(mean(step == 0 for step in steps), 3),
        "close": round(mean(step <= 1 for step in steps), 3),
        "missed_by": round(mean(abs(meant - guessed) for meant, guessed in pairs), 1),
    }


def _is_close(actual: float, guessed: float) -> bool:
    return abs(actual - guessed) <= max(TOLERANCE_MINUTES, TOLERANCE_SHARE * actual)

"""Whether a scale is one, and the ratings agents have fit it."""

from collections.abc import Sequence
from typing import Final

from django.db.models import Max, Min, QuerySet

from agents.exceptions import RatingsOutsideScale
from agents.models import AgentSkill, RatingModel

LONGEST_NAME: Final = 100
HIGHEST_RATING: Final = 32_767


def names_fault(names: Sequence[str], minimum: int, maximum: int) -> str:
    """What is wrong with the names of a scale's values; nothing of no names at all."""
    count = maximum - minimum + 1
    if names and len(names) != count:
        return (
            f"A scale from {minimum} to {maximum} has {count} values, and these are {len(names)}"
            " names. Name each value, or none."
        )
    if len({name.casefold() for name in names}) < len(names):
        return "Two values have the same name."
    if any(len(name) > LONGEST_NAME for name in names):
        return f"A name has {LONGEST_NAME} characters at most."
    return ""


def check_rating_scale(*, scale: RatingModel, ratings: QuerySet[AgentSkill]) -> None:
    """Refuses a scale that leaves ratings outside; they would say nothing any more."""
    ends = ratings.aggregate(lowest=Min("rating"), highest=Max("rating"))
    if ends["lowest"] is None:
        return
    if ends["lowest"] < scale.minimum or ends["highest"] > scale.maximum:
        raise RatingsOutsideScale(**ends)

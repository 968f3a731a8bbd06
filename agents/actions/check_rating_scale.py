"""Whether the ratings agents have fit a scale."""

from django.db.models import Max, Min, QuerySet

from agents.exceptions import RatingsOutsideScale
from agents.models import AgentSkill, RatingModel


def check_rating_scale(*, scale: RatingModel, ratings: QuerySet[AgentSkill]) -> None:
    """Refuses a scale that leaves ratings outside; they would say nothing any more."""
    ends = ratings.aggregate(lowest=Min("rating"), highest=Max("rating"))
    if ends["lowest"] is None:
        return
    if ends["lowest"] < scale.minimum or ends["highest"] > scale.maximum:
        raise RatingsOutsideScale(**ends)

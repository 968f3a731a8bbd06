"""Whether a rating stands on the scale of its skill."""

from agents.exceptions import RatingOutOfRange
from agents.models import Skill


def check_rating(skill: Skill, rating: int) -> None:
    """Refuse a rating that the skill's scale does not have (RatingOutOfRange)."""
    scale = skill.rating_model
    if not scale.minimum <= rating <= scale.maximum:
        raise RatingOutOfRange(skill=skill.name, minimum=scale.minimum, maximum=scale.maximum)

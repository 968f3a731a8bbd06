"""What the demo's sales chat asks before it begins."""

from datetime import datetime
from typing import Any, Final

from agents.models import User
from workstreams.actions.save_survey_question import save_survey_question
from workstreams.models import ChannelInstance
from workstreams.terms import AnswerType

QUESTIONS: Final[tuple[dict[str, Any], ...]] = (
    {
        "name": "topic",
        "text": "What are you interested in?",
        "answer_type": AnswerType.OPTIONS,
        "options": ["A machine", "Beans", "Service for an office"],
    },
    {
        "name": "CaseNumber",
        "text": "Your case number, if you have one",
        "answer_type": "single_line",
    },
)


def create_survey(*, by: User, now: datetime) -> None:
    """Two questions that nobody has to answer."""
    instance = ChannelInstance.objects.select_related("workstream").get(slug="sales")
    for question in QUESTIONS:
        save_survey_question(instance=instance, by=by, now=now, **question)

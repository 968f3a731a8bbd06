"""Ask something before a chat begins."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, TypedDict, Unpack

from django.db import transaction

from agents.models import User
from workstreams.actions.announce_configuration import announce_configuration
from workstreams.actions.lock_workstream import lock_workstream
from workstreams.actions.refusals import InvalidSettings
from workstreams.actions.save_context_variable import name_fault
from workstreams.exceptions import SavedMeanwhile
from workstreams.models import ChannelInstance, ContextVariable, SurveyQuestion
from workstreams.models.survey_question import MAXIMUM_QUESTIONS
from workstreams.terms import AnswerType, Channel

TEXT_LENGTH: Final = 512
MOST_OPTIONS: Final = 100
OPTION_LENGTH: Final = 200


class QuestionChanges(TypedDict, total=False):
    """What may be set; a field left out stays as it is."""

    name: str
    text: str
    answer_type: str
    options: Sequence[str]
    is_required: bool


@transaction.atomic
def save_survey_question(
    *,
    instance: ChannelInstance,
    by: User,
    now: datetime,
    question: SurveyQuestion | None = None,
    **changes: Unpack[QuestionChanges],
) -> SurveyQuestion:
    """Add a question at the end, or change one; its answer has a context variable.

    Refuses InvalidSettings: an eleventh question, a name that is taken, a consent that may
    be left out; and SavedMeanwhile when it is gone.
    """
    workstream = lock_workstream(instance.workstream)
    others = instance.survey_questions.all()
    row = SurveyQuestion(channel_instance=instance, position=_next(instance))
    if question is not None:
        found = others.filter(pk=question.pk).first()
        if found is None:
            raise SavedMeanwhile
        row, others = found, others.exclude(pk=found.pk)
    row.name = changes.get("name", row.name).strip()
    row.text = changes.get("text", row.text).strip()
    row.answer_type = changes.get("answer_type", row.answer_type)
    row.is_required = changes.get("is_required", row.is_required)
    has_options = row.answer_type == AnswerType.OPTIONS
    row.options = clean_options(changes.get("options", row.options)) if has_options else []
    is_full = question is None and others.count() >= MAXIMUM_QUESTIONS
    errors = question_faults(row)
    if instance.workstream.channel != Channel.LIVE_CHAT:
        errors[""] = "Only chats ask before they begin."
    if others.filter(name=row.name).exists():
        errors["name"] = "This survey has a question of this name already."
    if is_full:
        errors[""] = f"A survey has at most {MAXIMUM_QUESTIONS} questions."
    if errors:
        raise InvalidSettings(errors)

    row.save()
    ContextVariable.objects.get_or_create(
        workstream=workstream, name=row.name, defaults={"is_from_survey": True}
    )

    announce_configuration(sender=SurveyQuestion, by=by, now=now)
    return row


def _next(instance: ChannelInstance) -> int:
    return max(instance.survey_questions.values_list("position", flat=True), default=0) + 1


def clean_options(options: Sequence[str]) -> list[str]:
    """Each choice once, without blanks around it."""
    return list(dict.fromkeys(option.strip() for option in options if option.strip()))


def question_faults(row: SurveyQuestion) -> dict[str, str]:
    """What is wrong with a question whatever survey it is in, a sentence by field."""
    errors = {"name": name_fault(row.name)}
    if not row.text or len(row.text) > TEXT_LENGTH:
        errors["text"] = f"A question has 1 to {TEXT_LENGTH} characters."
    if row.answer_type not in list(AnswerType):
        errors["answer_type"] = "Choose one of the answer types."
    if row.answer_type == AnswerType.OPTIONS and not 0 < len(row.options) <= MOST_OPTIONS:
        errors["options"] = f"Type 1 to {MOST_OPTIONS} options, with semicolons between them."
    if any(len(option) > OPTION_LENGTH for option in row.options):
        errors["options"] = f"An option has at most {OPTION_LENGTH} characters."
    if any(";" in option for option in row.options):
        errors["options"] = "An option has no semicolon: semicolons stand between options."
    if row.answer_type == AnswerType.CONSENT and not row.is_required:
        errors["is_required"] = "Who has to consent has to answer: make it required."
    return {name: fault for name, fault in errors.items() if fault}

"""The questions of a survey, which customers answer before a chat begins."""

from typing import Annotated

from django.http import Http404
from ninja import Router, Status
from pydantic import Field
from typing_extensions import TypedDict

from config.api.auth import CONFIGURERS, READERS
from config.api.schema import Body, Flag, Move, Name, optional, text_of
from config.clock import database_now
from config.request import AppRequest
from workstreams.actions.arrange_survey import delete_survey_question, move_survey_question
from workstreams.actions.save_survey_question import save_survey_question
from workstreams.models import ChannelInstance, SurveyQuestion
from workstreams.terms import AnswerType

router = Router(auth=READERS, tags=["customers"])

SURVEY = (
    "/workstreams/{int:workstream_id}/channel-instances/{int:channel_instance_id}/survey-questions"
)
QUESTION = SURVEY + "/{int:survey_question_id}"
Text = Annotated[str, text_of(512, least=1)]
Option = Annotated[str, text_of(200, least=1)]


class QuestionIn(Body):
    """A further question of the survey."""

    name: Name
    text: Text
    answer_type: AnswerType = AnswerType.SINGLE_LINE
    options: Annotated[list[Option], Field(max_length=100)] = []
    is_required: Flag = False


class QuestionChanges(Body):
    """What to change; a field left out stays."""

    name: Name = optional()
    text: Text = optional()
    answer_type: AnswerType = optional()
    options: list[Option] = optional(max_length=100)
    is_required: Flag = optional()


class QuestionDocument(TypedDict):
    """A question; they stand in the order in which they are asked."""

    id: int
    name: str
    text: str
    answer_type: str
    options: list[str]
    is_required: bool


@router.get(SURVEY, response=list[QuestionDocument], summary="List the questions of a survey")
def list_questions(
    request: AppRequest, workstream_id: int, channel_instance_id: int
) -> list[QuestionDocument]:
    instance = _instance(workstream_id, channel_instance_id)
    return [_question(row) for row in instance.survey_questions.all()]


@router.post(SURVEY, auth=CONFIGURERS, response={201: QuestionDocument}, summary="Add a question")
def create_question(
    request: AppRequest, workstream_id: int, channel_instance_id: int, body: QuestionIn
) -> Status[QuestionDocument]:
    row = save_survey_question(
        instance=_instance(workstream_id, channel_instance_id),
        by=request.user,
        now=database_now(),
        **body.model_dump(),
    )
    return Status(201, _question(row))


@router.patch(QUESTION, auth=CONFIGURERS, response=QuestionDocument, summary="Change a question")
def change_question(
    request: AppRequest,
    workstream_id: int,
    channel_instance_id: int,
    survey_question_id: int,
    body: QuestionChanges,
) -> QuestionDocument:
    instance = _instance(workstream_id, channel_instance_id)
    row = _load(instance, survey_question_id)
    saved = save_survey_question(
        instance=instance,
        question=row,
        by=request.user,
        now=database_now(),
        **body.given(),
    )
    return _question(saved)


@router.post(
    f"{QUESTION}/move",
    auth=CONFIGURERS,
    response=list[QuestionDocument],
    summary="Ask a question sooner or later",
)
def move_question(
    request: AppRequest,
    workstream_id: int,
    channel_instance_id: int,
    survey_question_id: int,
    body: Move,
) -> list[QuestionDocument]:
    """Answers all questions in their order."""
    row = _load(_instance(workstream_id, channel_instance_id), survey_question_id)
    move_survey_question(question=row, up=body.up, by=request.user, now=database_now())
    return list_questions(request, workstream_id, channel_instance_id)


@router.delete(QUESTION, auth=CONFIGURERS, response={204: None}, summary="Delete a question")
def delete_question(
    request: AppRequest, workstream_id: int, channel_instance_id: int, survey_question_id: int
) -> Status[None]:
    row = _load(_instance(workstream_id, channel_instance_id), survey_question_id)
    delete_survey_question(question=row, by=request.user, now=database_now())
    return Status(204, None)


def _load(instance: ChannelInstance, survey_question_id: int) -> SurveyQuestion:
    rows = instance.survey_questions.select_related("channel_instance__workstream")
    found = rows.filter(pk=survey_question_id).first()
    if found is None:
        raise Http404
    return found


def _instance(workstream_id: int, channel_instance_id: int) -> ChannelInstance:
    rows = ChannelInstance.objects.select_related("workstream").filter(workstream=workstream_id)
    found = rows.filter(pk=channel_instance_id).first()
    if found is None:
        raise Http404
    return found


def _question(row: SurveyQuestion) -> QuestionDocument:
    return QuestionDocument(
        id=row.pk,
        name=row.name,
        text=row.text,
        answer_type=row.answer_type,
        options=row.options,
        is_required=row.is_required,
    )

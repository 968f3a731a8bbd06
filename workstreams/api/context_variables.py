"""Context variables and surveys through the API."""

from typing import Annotated, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404
from ninja import Router, Status
from pydantic import Field
from typing_extensions import TypedDict

from config.api.auth import CONFIGURERS, READERS
from config.api.schema import Body, Flag, Name, optional, text_of
from config.clock import database_now
from config.request import AppRequest
from routing.queries.published_names import published_rules_of_variable
from workstreams.actions.arrange_survey import delete_survey_question
from workstreams.actions.delete_context_variable import delete_context_variable
from workstreams.actions.save_context_variable import save_context_variable
from workstreams.actions.save_survey_question import save_survey_question
from workstreams.models import (
    ChannelInstance,
    ContextVariable,
    SurveyQuestion,
    Workstream,
)
from workstreams.queries.context_variable_uses import uses_of
from workstreams.terms import AnswerType, VariableType

Row = TypeVar("Row", bound=Model)
router = Router(auth=READERS, tags=["customers"])

VARIABLES = "/workstreams/{int:workstream_id}/context-variables"
SURVEY = (
    "/workstreams/{int:workstream_id}/channel-instances/{int:channel_instance_id}/survey-questions"
)
QUESTION = SURVEY + "/{int:survey_question_id}"
Text = Annotated[str, text_of(512, least=1)]
Option = Annotated[str, text_of(200, least=1)]


class VariableIn(Body):
    """A new context variable."""

    name: Name
    type: VariableType = VariableType.TEXT


class VariableChanges(Body):
    """Its name stays while something uses it, and its type while rules read it."""

    name: Name = optional()
    type: VariableType = optional()


class VariableDocument(TypedDict):
    """A context variable; ``uses`` are the kinds and names of what names it."""

    id: int
    name: str
    type: str
    is_from_survey: bool
    uses: list[dict[str, str]]


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


@router.get(VARIABLES, response=list[VariableDocument], summary="List context variables")
def list_variables(request: AppRequest, workstream_id: int) -> list[VariableDocument]:
    """At most 100; ``uses`` stays empty in the list."""
    workstream = _one(Workstream.objects.all(), workstream_id)
    return [_variable(row) for row in workstream.context_variables.all()]


@router.post(
    VARIABLES, auth=CONFIGURERS, response={201: VariableDocument}, summary="Add a variable"
)
def create_variable(
    request: AppRequest, workstream_id: int, body: VariableIn
) -> Status[VariableDocument]:
    workstream = _one(Workstream.objects.all(), workstream_id)
    row = save_context_variable(
        workstream=workstream,
        name=body.name,
        type=body.type,
        by=request.user,
        now=database_now(),
    )
    return Status(201, _variable(row))


@router.get(
    VARIABLES + "/{int:context_variable_id}", response=VariableDocument, summary="Show a variable"
)
def show_variable(
    request: AppRequest, workstream_id: int, context_variable_id: int
) -> VariableDocument:
    """With what uses it."""
    row = _variable_of(workstream_id, context_variable_id)
    found = uses_of(row) or published_rules_of_variable(row)
    uses = [{name: str(value) for name, value in use.items()} for use in found]
    return VariableDocument(
        id=row.pk, name=row.name, type=row.type, is_from_survey=row.is_from_survey, uses=uses
    )


@router.patch(
    VARIABLES + "/{int:context_variable_id}",
    auth=CONFIGURERS,
    response=VariableDocument,
    summary="Change a variable",
)
def change_variable(
    request: AppRequest, workstream_id: int, context_variable_id: int, body: VariableChanges
) -> VariableDocument:
    row = _variable_of(workstream_id, context_variable_id)
    saved = save_context_variable(
        workstream=row.workstream,
        variable=row,
        by=request.user,
        now=database_now(),
        published=published_rules_of_variable,
        **body.given(),
    )
    return _variable(saved)


@router.delete(
    VARIABLES + "/{int:context_variable_id}",
    auth=CONFIGURERS,
    response={204: None},
    summary="Delete a variable that nothing uses",
)
def delete_variable(
    request: AppRequest, workstream_id: int, context_variable_id: int
) -> Status[None]:
    row = _variable_of(workstream_id, context_variable_id)
    delete_context_variable(
        variable=row,
        by=request.user,
        now=database_now(),
        published=published_rules_of_variable,
    )
    return Status(204, None)


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
    row = _one(instance.survey_questions.all(), survey_question_id)
    saved = save_survey_question(
        instance=instance,
        question=row,
        by=request.user,
        now=database_now(),
        **body.given(),
    )
    return _question(saved)


@router.delete(QUESTION, auth=CONFIGURERS, response={204: None}, summary="Delete a question")
def delete_question(
    request: AppRequest, workstream_id: int, channel_instance_id: int, survey_question_id: int
) -> Status[None]:
    instance = _instance(workstream_id, channel_instance_id)
    row = _one(
        instance.survey_questions.select_related("channel_instance__workstream"), survey_question_id
    )
    delete_survey_question(question=row, by=request.user, now=database_now())
    return Status(204, None)


def _one(rows: "QuerySet[Row, Row]", pk: int) -> Row:
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _variable_of(workstream_id: int, context_variable_id: int) -> ContextVariable:
    rows = ContextVariable.objects.select_related("workstream").filter(workstream=workstream_id)
    return _one(rows, context_variable_id)


def _instance(workstream_id: int, channel_instance_id: int) -> ChannelInstance:
    rows = ChannelInstance.objects.select_related("workstream").filter(workstream=workstream_id)
    return _one(rows, channel_instance_id)


def _variable(row: ContextVariable) -> VariableDocument:
    return VariableDocument(
        id=row.pk, name=row.name, type=row.type, is_from_survey=row.is_from_survey, uses=[]
    )


def _question(row: SurveyQuestion) -> QuestionDocument:
    return QuestionDocument(
        id=row.pk,
        name=row.name,
        text=row.text,
        answer_type=row.answer_type,
        options=row.options,
        is_required=row.is_required,
    )

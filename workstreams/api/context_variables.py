"""Context variables through the API."""

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404
from ninja import Router, Status
from typing_extensions import TypedDict

from config.api.auth import CONFIGURERS, READERS
from config.api.schema import Body, Name, optional
from config.clock import database_now
from config.request import AppRequest
from routing.queries.published_names import published_rules_of_variable
from workstreams.actions.delete_context_variable import delete_context_variable
from workstreams.actions.save_context_variable import save_context_variable
from workstreams.models import ContextVariable, Workstream
from workstreams.queries.context_variable_uses import uses_of
from workstreams.terms import VariableType

Row = TypeVar("Row", bound=Model)
router = Router(auth=READERS, tags=["customers"])

VARIABLES = "/workstreams/{int:workstream_id}/context-variables"


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


def _one(rows: "QuerySet[Row, Row]", pk: int) -> Row:
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _variable_of(workstream_id: int, context_variable_id: int) -> ContextVariable:
    rows = ContextVariable.objects.select_related("workstream").filter(workstream=workstream_id)
    return _one(rows, context_variable_id)


def _variable(row: ContextVariable) -> VariableDocument:
    return VariableDocument(
        id=row.pk, name=row.name, type=row.type, is_from_survey=row.is_from_survey, uses=[]
    )

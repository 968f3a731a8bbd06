"""/assignment-methods: custom methods, which queues name beside the built-in ones."""

from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from django.http import Http404
from ninja import Query, Router, Status
from pydantic import Field
from typing_extensions import TypedDict

from config.api.auth import ADMINISTRATORS, SUPERVISORS
from config.api.lists import PageOf, PageQuery, page_of
from config.api.schema import Body, Name, number, optional
from config.clock import database_now
from config.request import AppRequest
from routing.actions.save_method import copy_method, save_method
from workstreams.actions.delete_method import delete_method
from workstreams.models import AssignmentMethod

router = Router(auth=SUPERVISORS, tags=["assignment methods"])

Kind = Literal["rules", "best_match"]
Description = Annotated[str, Field(max_length=500)]
Buckets = Annotated[list[dict[str, Any]], Field(max_length=100)]
Rulesets = Annotated[list[dict[str, Any]], Field(max_length=20)]
Criteria = Annotated[list[dict[str, Any]], Field(max_length=100)]
Weights = dict[Literal["skills", "waiting", "fairness"], float]


class MethodIn(Body):
    """A new method. Of the kind ``rules``: ``prioritization`` is a list of {name, when, order_by:
    {by, direction} or null} about items; ``rulesets`` of {name, rules: [{name, when, order_by:
    [{by, direction, skill_type}]}]} about agents; ``selection`` of {name, when, ruleset}. The
    first ruleset is the default. Rows about agents are {field: "agent...", op, value} or, compared
    with the item, {field, op, item: FIELD}; an attribute of the organisation's own is
    agent.attributes.NAME. Of the kind ``best_match``: ``weights``; queues of one priority that
    match by the same weights, that share agents and whose work needs the same capacity are matched
    together."""

    name: Name
    description: Description = ""
    kind: Kind = "rules"
    prioritization: Buckets = []
    rulesets: Rulesets = []
    selection: Criteria = []
    weights: Weights = {}


class MethodChanges(Body):
    """What to change; a field or weight left out stays, a list replaces the whole list."""

    name: Name = optional()
    description: Description = optional()
    kind: Kind = optional()
    prioritization: Buckets = optional()
    rulesets: Rulesets = optional()
    selection: Criteria = optional()
    weights: Weights = optional()
    revision: Annotated[int, number(1, 2**31 - 1)] = optional()


class MethodCopy(Body):
    """The name of the copy, else "Copy of ..."."""

    name: Name = optional()


class MethodDocument(TypedDict):
    """A custom method and the queues that use it."""

    id: int
    name: str
    description: str
    kind: str
    prioritization: list[dict[str, Any]]
    rulesets: list[dict[str, Any]]
    selection: list[dict[str, Any]]
    weights: dict[str, float]
    queues: list[str]
    revision: int


@router.get(
    "/assignment-methods",
    response=PageOf[MethodDocument],
    summary="List custom assignment methods",
)
def list_methods(request: AppRequest, page: Query[PageQuery]) -> PageOf[MethodDocument]:
    return page_of(_rows(), page, lambda rows: [_document(row) for row in rows])


@router.post(
    "/assignment-methods",
    auth=ADMINISTRATORS,
    response={201: MethodDocument},
    summary="Create a custom assignment method",
)
def create_a_method(request: AppRequest, body: MethodIn) -> Status[MethodDocument]:
    row = save_method(document=body.model_dump(), by=request.user, now=database_now())
    return Status(201, _shown(row.pk))


@router.get(
    "/assignment-methods/{int:assignment_method_id}",
    response=MethodDocument,
    summary="Show a custom assignment method",
)
def show_method(request: AppRequest, assignment_method_id: int) -> MethodDocument:
    return _shown(assignment_method_id)


@router.patch(
    "/assignment-methods/{int:assignment_method_id}",
    auth=ADMINISTRATORS,
    response=MethodDocument,
    summary="Change a custom assignment method",
)
def change_method(
    request: AppRequest, assignment_method_id: int, body: MethodChanges
) -> MethodDocument:
    method, values = _load(assignment_method_id), body.given()
    # What is left out stays as it was read here.
    revision = values.pop("revision", method.revision)
    before = method.document()
    if "weights" in values and values.get("kind", method.kind) == method.kind:
        values["weights"] = before["weights"] | values["weights"]
    save_method(
        method=method,
        document={**before, **values},
        revision=revision,
        by=request.user,
        now=database_now(),
    )
    return _shown(assignment_method_id)


@router.delete(
    "/assignment-methods/{int:assignment_method_id}",
    auth=ADMINISTRATORS,
    response={204: None},
    summary="Delete a custom assignment method that no queue uses",
)
def delete_a_method(request: AppRequest, assignment_method_id: int) -> Status[None]:
    delete_method(method=_load(assignment_method_id), by=request.user, now=database_now())
    return Status(204, None)


@router.post(
    "/assignment-methods/{int:assignment_method_id}/copy",
    auth=ADMINISTRATORS,
    response={201: MethodDocument},
    summary="Copy a custom assignment method",
)
def copy_a_method(
    request: AppRequest, assignment_method_id: int, body: MethodCopy | None = None
) -> Status[MethodDocument]:
    values = body.given() if body else {}
    copy = copy_method(
        method=_load(assignment_method_id), by=request.user, now=database_now(), **values
    )
    return Status(201, _shown(copy.pk))


def _rows() -> "QuerySet[AssignmentMethod]":
    """Two queries, however many methods."""
    return AssignmentMethod.objects.prefetch_related("queues")


def _load(assignment_method_id: int) -> AssignmentMethod:
    row = _rows().filter(pk=assignment_method_id).first()
    if row is None:
        raise Http404
    return row


def _shown(assignment_method_id: int) -> MethodDocument:
    return _document(_load(assignment_method_id))


def _document(row: AssignmentMethod) -> MethodDocument:
    return MethodDocument(
        id=row.pk,
        name=row.name,
        description=row.description,
        kind=row.kind,
        prioritization=row.prioritization,
        rulesets=row.rulesets,
        selection=row.selection,
        weights=row.weights,
        queues=sorted(queue.name for queue in row.queues.all()),
        revision=row.revision,
    )

"""One shape for lists that administrators keep by name: list, create, show, change, delete."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import Http404
from ninja import Query, Router, Status

from agents.actions.delete_definition import delete_definition
from agents.actions.lock_chosen import lock_to_change
from config.api.auth import ADMINISTRATORS
from config.api.lists import PageOf, PageQuery, page_of
from config.api.problems import Invalid
from config.api.schema import Body
from config.clock import database_now
from config.request import AppRequest
from routing.queries.uses import uses

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, kw_only=True)
class Definition(Generic[Row]):
    """What differs from list to list. ``save`` fills the row from the sent fields and stores it."""

    path: str
    noun: str
    rows: Callable[[], "QuerySet[Row, Any]"]
    document: Any
    show: Callable[[Row], Any]
    body: type[Body]
    changes: type[Body]
    new: Callable[[], Row]
    save: Callable[[AppRequest, Row, dict[str, Any]], Row]


def add_definition(router: Router, of: "Definition[Row]") -> None:
    """Add its five operations to the router."""
    _add_list(router, of)
    _add_row(router, of)


def _add_list(router: Router, of: "Definition[Row]") -> None:
    def listed(request: AppRequest, page: Query[PageQuery]) -> PageOf[Any]:
        return page_of(of.rows(), page, lambda rows: [of.show(row) for row in rows])

    def created(request: AppRequest, body: Any) -> Status[Any]:
        row = of.new()
        return Status(201, of.show(_saved(request, of, row, body.given())))

    created.__annotations__["body"] = of.body
    name, path = _function_name(of), of.path
    page: Any = PageOf
    router.get(
        path,
        response=page[of.document],
        summary=f"List {path[1:].replace('-', ' ')}",
        operation_id=f"list_{name}",
    )(listed)
    router.post(
        path,
        auth=ADMINISTRATORS,
        response={201: of.document},
        summary=f"Create a {of.noun}",
        operation_id=f"create_{name}",
    )(created)


def _add_row(router: Router, of: "Definition[Row]") -> None:
    def shown(request: AppRequest, row_id: int) -> Any:
        return of.show(_load(of, row_id))

    def changed(request: AppRequest, row_id: int, body: Any) -> Any:
        with transaction.atomic():
            lock_to_change(_load(of, row_id))
            return of.show(_saved(request, of, _load(of, row_id), body.given()))

    def deleted(request: AppRequest, row_id: int) -> Status[None]:
        row: Any = _load(of, row_id)
        delete_definition(row=row, by=request.user, now=database_now(), uses=uses)
        return Status(204, None)

    changed.__annotations__["body"] = of.changes
    name, path, word = _function_name(of), f"{of.path}/{{int:row_id}}", of.noun
    admins: dict[str, Any] = {"auth": ADMINISTRATORS}
    router.get(path, response=of.document, summary=f"Show a {word}", operation_id=f"show_{name}")(
        shown
    )
    router.patch(
        path,
        response=of.document,
        summary=f"Change a {word}",
        operation_id=f"change_{name}",
        **admins,
    )(changed)
    router.delete(
        path,
        response={204: None},
        summary=f"Delete a {word}",
        operation_id=f"delete_{name}",
        **admins,
    )(deleted)


def _function_name(of: "Definition[Any]") -> str:
    return of.noun.replace(" ", "_")


def _load(of: "Definition[Row]", row_id: int) -> Row:
    row: Row | None = of.rows().filter(pk=row_id).first()
    if row is None:
        raise Http404
    return row


def _saved(request: AppRequest, of: "Definition[Row]", row: Row, values: dict[str, Any]) -> Row:
    name = values.get("name")
    same = of.rows().filter(name__iexact=name).exclude(pk=row.pk)
    if name is not None and same.exists():
        raise Invalid("name", f"There is already a {of.noun} named {name}.")
    return of.save(request, row, values)


def set_fields(row: Model, values: dict[str, Any], names: Sequence[tuple[str, str]]) -> None:
    """Put the sent values into the row, under the row's own names."""
    for sent, attribute in names:
        if sent in values:
            setattr(row, attribute, values[sent])

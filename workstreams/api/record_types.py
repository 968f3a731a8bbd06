"""/record-types: sorts of records, and which of them are routed."""

from typing import Annotated

from django.http import Http404
from ninja import Router, Status
from pydantic import StringConstraints
from typing_extensions import TypedDict

from config.api.auth import ADMINISTRATORS, READERS
from config.api.schema import Body, Flag, Name, number, optional
from config.clock import database_now
from config.request import AppRequest
from workstreams.actions.delete_record_type import delete_record_type
from workstreams.actions.save_record_type import save_record_type
from workstreams.models import RecordType

router = Router(auth=READERS, tags=["records"])
Key = Annotated[str, StringConstraints(pattern=r"^[-a-zA-Z0-9_]{1,60}$")]
ONE = "/record-types/{slug:record_type}"


class RecordTypeChanges(Body):
    """What to change; a field left out stays. The name stays for good."""

    label: Name = optional()
    is_routed: Flag = optional()
    routes_on_creation: Flag = optional()
    revision: Annotated[int, number(1, 2**31 - 1)] = optional()


class RecordTypeIn(Body):
    """A new sort of record."""

    name: Key
    label: Name
    is_routed: Flag = True
    routes_on_creation: Flag = True


class RecordTypeDocument(TypedDict):
    """A sort of record."""

    name: str
    label: str
    is_built_in: bool
    is_routed: bool
    routes_on_creation: bool
    revision: int


@router.get("/record-types", response=list[RecordTypeDocument], summary="List record types")
def list_record_types(request: AppRequest) -> list[RecordTypeDocument]:
    return [_document(each) for each in RecordType.objects.order_by("name")]


@router.post(
    "/record-types",
    auth=ADMINISTRATORS,
    response={201: RecordTypeDocument},
    summary="Create a record type",
)
def create_a_record_type(request: AppRequest, body: RecordTypeIn) -> Status[RecordTypeDocument]:
    row = save_record_type(by=request.user, now=database_now(), **body.model_dump())
    return Status(201, _document(row))


@router.get(ONE, response=RecordTypeDocument, summary="Show a record type")
def show_record_type(request: AppRequest, record_type: str) -> RecordTypeDocument:
    return _document(_load(record_type))


@router.patch(ONE, auth=ADMINISTRATORS, response=RecordTypeDocument, summary="Change a record type")
def change_record_type(
    request: AppRequest, record_type: str, body: RecordTypeChanges
) -> RecordTypeDocument:
    found = _load(record_type)
    row = save_record_type(record_type=found, by=request.user, now=database_now(), **body.given())
    return _document(row)


@router.delete(ONE, auth=ADMINISTRATORS, response={204: None}, summary="Delete a record type")
def delete_a_record_type(request: AppRequest, record_type: str) -> Status[None]:
    """409 ``in-use`` while something is of it."""
    delete_record_type(record_type=_load(record_type), by=request.user, now=database_now())
    return Status(204, None)


def _load(name: str) -> RecordType:
    found = RecordType.objects.filter(name__iexact=name).first()
    if found is None:
        raise Http404
    return found


def _document(row: RecordType) -> RecordTypeDocument:
    return RecordTypeDocument(
        name=row.name,
        label=row.label,
        is_built_in=row.is_built_in,
        is_routed=row.is_routed,
        routes_on_creation=row.routes_on_creation,
        revision=row.revision,
    )

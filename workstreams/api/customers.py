"""/contacts, /accounts and /records: who writes, and what about."""

from datetime import datetime
from typing import Annotated, Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404
from ninja import Query, Router, Status
from pydantic import Field
from typing_extensions import TypedDict

from config.api.auth import SUPERVISORS
from config.api.lists import PageOf, PageQuery, page_of
from config.api.named_rows import named
from config.api.problems import Invalid
from config.api.schema import Body, Flag, LongName, Name, Object, number, optional, text_of
from config.clock import database_now
from config.request import AppRequest
from workstreams.actions.delete_customer import delete_customer
from workstreams.actions.save_customer import save_customer
from workstreams.models import Account, Contact, Record, RecordType
from workstreams.queries.customers import accounts, contacts, records

router = Router(auth=SUPERVISORS, tags=["customers"])
Row = TypeVar("Row", bound=Model)

Email = Annotated[str, text_of(254)]
Phone = Annotated[str, text_of(40)]
Number = Annotated[str, text_of(100)]
Title = Annotated[str, text_of(300, least=1)]
Description = Annotated[str, text_of(20_000)]
Id = Annotated[int, number(1, 2**63 - 1)]


class CustomerChanges(Body):
    """An account; a field left out of a change stays."""

    name: LongName = optional()
    email: Email = optional()
    phone: Phone = optional()
    is_active: Flag = optional()
    data: Object = optional()


class AccountIn(CustomerChanges):
    """A new account."""

    name: LongName


class ContactChanges(CustomerChanges):
    """A contact; ``account`` is the id of one."""

    account: Id | None = optional()


class ContactIn(ContactChanges):
    """A new contact."""

    name: LongName


class RecordChanges(Body):
    """A record; ``contact`` and ``account`` are ids."""

    number: Number = optional()
    title: Title = optional()
    description: Description = optional()
    contact: Id | None = optional()
    account: Id | None = optional()
    is_active: Flag = optional()
    data: Object = optional()


class RecordIn(RecordChanges):
    """A new record; its type, by name, stays. ``route`` false: it is not routed by itself."""

    record_type: Name
    title: Title
    route: Flag = True


class Search(PageQuery):
    """``q``: words of name and e-mail, or their beginnings; or a whole phone number."""

    q: Annotated[str, Field(max_length=200)] = ""


class RecordSearch(PageQuery):
    """``q``: words of number and title, or their beginnings; ``unrouted``: active records that
    were not routed yet, or that no intake rule takes."""

    q: Annotated[str, Field(max_length=200)] = ""
    record_type: Annotated[str, Field(max_length=100)] = ""
    unrouted: bool = False


class AccountDocument(TypedDict):
    """An organisation."""

    id: int
    name: str
    email: str
    phone: str
    is_active: bool
    data: dict[str, Any]


class ContactDocument(AccountDocument):
    """A person; ``account`` is an id."""

    account: int | None


class RecordDocument(TypedDict):
    """A case or another record; ``contact`` and ``account`` are ids. ``routing`` is what became
    of routing it last, ``routing_because`` the reason why it is unrouted."""

    id: int
    record_type: str
    number: str
    title: str
    description: str
    contact: int | None
    account: int | None
    is_active: bool
    closed_as: str
    routing: str
    routing_because: str
    data: dict[str, Any]
    created_at: datetime


@router.get("/contacts", response=PageOf[ContactDocument], summary="List contacts")
def list_contacts(request: AppRequest, page: Query[Search]) -> PageOf[ContactDocument]:
    return page_of(contacts(_words(page.q)), page, lambda rows: [_contact(row) for row in rows])


@router.post("/contacts", response={201: ContactDocument}, summary="Create a contact")
def create_contact(request: AppRequest, body: ContactIn) -> Status[ContactDocument]:
    return Status(201, _contact(_saved(request, Contact(), body)))


@router.get("/contacts/{int:contact_id}", response=ContactDocument, summary="Show a contact")
def show_contact(request: AppRequest, contact_id: int) -> ContactDocument:
    return _contact(_load(contacts(), contact_id))


@router.patch("/contacts/{int:contact_id}", response=ContactDocument, summary="Change a contact")
def change_contact(request: AppRequest, contact_id: int, body: ContactChanges) -> ContactDocument:
    return _contact(_saved(request, _load(contacts(), contact_id), body))


@router.delete("/contacts/{int:contact_id}", response={204: None}, summary="Delete a contact")
def delete_contact(request: AppRequest, contact_id: int) -> Status[None]:
    """Conversations and cases stay, without the link."""
    return _deleted(request, _load(contacts(), contact_id))


@router.get("/accounts", response=PageOf[AccountDocument], summary="List accounts")
def list_accounts(request: AppRequest, page: Query[Search]) -> PageOf[AccountDocument]:
    return page_of(accounts(_words(page.q)), page, lambda rows: [_account(row) for row in rows])


@router.post("/accounts", response={201: AccountDocument}, summary="Create an account")
def create_account(request: AppRequest, body: AccountIn) -> Status[AccountDocument]:
    return Status(201, _account(_saved(request, Account(), body)))


@router.get("/accounts/{int:account_id}", response=AccountDocument, summary="Show an account")
def show_account(request: AppRequest, account_id: int) -> AccountDocument:
    return _account(_load(accounts(), account_id))


@router.patch("/accounts/{int:account_id}", response=AccountDocument, summary="Change an account")
def change_account(request: AppRequest, account_id: int, body: CustomerChanges) -> AccountDocument:
    return _account(_saved(request, _load(accounts(), account_id), body))


@router.delete("/accounts/{int:account_id}", response={204: None}, summary="Delete an account")
def delete_account(request: AppRequest, account_id: int) -> Status[None]:
    """Contacts, conversations and cases stay, without the link."""
    return _deleted(request, _load(accounts(), account_id))


@router.get("/records", response=PageOf[RecordDocument], summary="List records")
def list_records(request: AppRequest, page: Query[RecordSearch]) -> PageOf[RecordDocument]:
    record_type = page.record_type.replace("\x00", "")
    rows = records(_words(page.q), record_type, is_unrouted=page.unrouted)
    return page_of(rows, page, lambda found: [record_document(row) for row in found])


@router.post("/records", response={201: RecordDocument}, summary="Create a record")
def create_record(request: AppRequest, body: RecordIn) -> Status[RecordDocument]:
    """It is routed by its intake rules in the same transaction, where records of its type are."""
    record_type = named(RecordType, "record_type", body.record_type)
    saved = _saved(request, Record(record_type=record_type), body, routes=body.route)
    return Status(201, record_document(_load(records(), saved.pk)))


@router.get("/records/{int:record_id}", response=RecordDocument, summary="Show a record")
def show_record(request: AppRequest, record_id: int) -> RecordDocument:
    return record_document(_load(records(), record_id))


@router.patch("/records/{int:record_id}", response=RecordDocument, summary="Change a record")
def change_record(request: AppRequest, record_id: int, body: RecordChanges) -> RecordDocument:
    return record_document(_saved(request, _load(records(), record_id), body))


@router.delete("/records/{int:record_id}", response={204: None}, summary="Delete a record")
def delete_record(request: AppRequest, record_id: int) -> Status[None]:
    """Its open work item closes, and keeps its history."""
    return _deleted(request, _load(records(), record_id))


def _words(text: str) -> str:
    return text.replace("\x00", "").strip()


def _load(rows: "QuerySet[Row, Row]", pk: int) -> Row:
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _saved(request: AppRequest, row: Any, body: Body, *, routes: bool = False) -> Any:
    beside = ("record_type", "route")
    values = {name: value for name, value in body.given().items() if name not in beside}
    for name, model in (("contact", Contact), ("account", Account)):
        if values.get(name) is not None:
            values[name] = model._default_manager.filter(pk=values[name]).first()
            if values[name] is None:
                raise Invalid(name, f"There is no {name} of this id.")
    return save_customer(row=row, by=request.user, now=database_now(), routes=routes, **values)


def _deleted(request: AppRequest, row: Any) -> Status[None]:
    delete_customer(row=row, by=request.user, now=database_now())
    return Status(204, None)


def _account(row: Account | Contact) -> AccountDocument:
    return AccountDocument(
        id=row.pk,
        name=row.name,
        email=row.email,
        phone=row.phone,
        is_active=row.is_active,
        data=row.data,
    )


def _contact(row: Contact) -> ContactDocument:
    return ContactDocument(**_account(row), account=row.account_id)


def record_document(row: Record) -> RecordDocument:
    """A record as the API shows it."""
    return RecordDocument(
        id=row.pk,
        record_type=row.record_type.name,
        number=row.number,
        title=row.title,
        description=row.description,
        contact=row.contact_id,
        account=row.account_id,
        is_active=row.is_active,
        closed_as=row.closed_as,
        routing=row.routing,
        routing_because=str(row.intake.get("sentence") or ""),
        data=row.data,
        created_at=row.created_at,
    )

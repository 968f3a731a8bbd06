"""The lists and forms of contacts, accounts and records; the page of one is in ``customer``."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.forms import ModelForm

from agents.models import User
from agents.permissions import supervisor_required
from config.crud import Column, ConfigPages
from config.request import AppRequest
from routing import service
from workstreams.actions.delete_customer import delete_customer
from workstreams.actions.lock_record import lock_record
from workstreams.actions.save_customer import save_customer
from workstreams.forms.customers import AccountForm, ContactForm, RecordForm
from workstreams.models import Account, Contact, Record, RecordType
from workstreams.queries.customers import accounts, contacts, records


class CustomerPages(ConfigPages):
    """What the three share: supervisors manage them, and searching uses indexes."""

    app, has_detail = "workstreams", True
    may_read, may_write = supervisor_required, supervisor_required
    list_template = "workstreams/customers/list.html"
    # ``queryset`` searches by words, which the list would do by reading every row.
    search_fields = ()

    def queryset(self, request: AppRequest) -> "QuerySet[Any]":
        is_list = request.resolver_match and request.resolver_match.url_name == f"{self.noun}-list"
        return self.rows(request, request.GET.get("q", "").strip() if is_list else "")

    def rows(self, request: AppRequest, search: str) -> "QuerySet[Any]":
        """What fits the search; everything without one."""
        raise NotImplementedError

    def perform_save(self, form: "ModelForm[Any]", *, by: User, now: datetime) -> Any:
        return save_customer(row=form.instance, by=by, now=now, **form.cleaned_data)

    def perform_delete(self, found: Any, *, by: User, now: datetime) -> None:
        delete_customer(row=found, by=by, now=now)


class ContactPages(CustomerPages):
    """People."""

    model, form_class, noun = Contact, ContactForm, "contact"
    title, icon = "Contacts", "contact"
    about = "People who write and call, so that agents know who they talk to."
    columns = (
        Column(label="Name", value="name", sort="name", is_link=True),
        Column(label="E-mail", value="email"),
        Column(label="Phone", value="phone"),
        Column(label="Account", value="account.name"),
        Column(label="Active", value="is_active"),
    )
    empty_text = "Conversations are linked to contacts by e-mail, name or phone number."
    delete_text = (
        "Its conversations and cases stay, and are no longer linked to it. This cannot be undone."
    )

    def rows(self, request: AppRequest, search: str) -> "QuerySet[Contact]":
        return contacts(search)


class AccountPages(CustomerPages):
    """Organisations."""

    model, form_class, noun = Account, AccountForm, "account"
    title, icon = "Accounts", "building"
    about = "Organisations that contacts belong to."
    columns = (
        Column(label="Name", value="name", sort="name", is_link=True),
        Column(label="E-mail", value="email"),
        Column(label="Phone", value="phone"),
        Column(label="Active", value="is_active"),
    )
    empty_text = "Conversations are linked to accounts by name, e-mail or phone number."
    delete_text = (
        "Its contacts, conversations and cases stay, and are no longer linked to it."
        " This cannot be undone."
    )

    def rows(self, request: AppRequest, search: str) -> "QuerySet[Account]":
        return accounts(search)


class RecordPages(CustomerPages):
    """Cases, e-mails, activities."""

    model, form_class, noun = Record, RecordForm, "record"
    title, icon = "Records", "record"
    about = "Cases and other records that conversations are about, or that are routed themselves."
    list_template = "workstreams/customers/record_list.html"
    selection, select_name = "record-selection", "records"
    columns = (
        Column(label="Title", value="title", is_link=True),
        Column(label="Number", value="number"),
        Column(label="Type", value="record_type"),
        Column(label="Contact", value="contact.name"),
        Column(label="Account", value="account.name"),
        Column(label="Active", value="is_active"),
        Column(label="Routing", value="routing", template="workstreams/customers/_routing.html"),
    )
    empty_text = "A conversation whose customer has one active case is linked to it."
    delete_text = (
        "Its open work item closes, and conversations about it are no longer linked to it."
        " No way back."
    )

    def rows(self, request: AppRequest, search: str) -> "QuerySet[Record]":
        return records(search, request.GET.get("type", ""), is_unrouted="unrouted" in request.GET)

    def lock(self, form: "ModelForm[Any]") -> None:
        lock_record(form.instance.pk)

    def perform_save(self, form: "ModelForm[Any]", *, by: User, now: datetime) -> Any:
        """Save & Route (A 19): both or neither."""
        values = dict(form.cleaned_data)
        routes = values.pop("routes")
        with transaction.atomic():
            saved = save_customer(row=form.instance, by=by, now=now, **values)
            if routes:
                service.route_record(record_id=saved.pk, by=by, now=now)
        return saved

    def types(self) -> list[RecordType]:
        """What the list can be narrowed to."""
        return list(RecordType.objects.all())

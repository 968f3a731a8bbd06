"""Store a contact, an account or a record."""

from datetime import datetime
from typing import Any, Final, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction

from agents.models import User
from workstreams.actions.lock_record import lock_record
from workstreams.actions.refusals import InvalidSettings
from workstreams.models import Account, Contact, Record
from workstreams.signals import record_created, record_ended
from workstreams.terms import RecordEnd

Customer = TypeVar("Customer", Account, Contact, Record)
GONE: Final = "A contact or an account that this names was deleted meanwhile."
OWN_FIELDS: Final = (
    "number",
    "title",
    "description",
    "contact",
    "account",
    "is_active",
    "closed_as",
    "data",
)
TAKEN: Final = "Another record of this type has this number."


def save_customer(
    *, row: Customer, by: User, now: datetime, routes: bool = False, **values: Any
) -> Customer:
    """Save the row with these values; the others stay as they are.

    A new record that ``routes`` goes to a workstream by itself, if records of its type do; one
    that is no longer active takes its work item with it. Refuses InvalidSettings: values that
    cannot be stored, a number that is taken.
    """
    is_new = row.pk is None
    for name, value in values.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    if isinstance(row, Record):
        row.closed_as = "" if row.is_active else row.closed_as or RecordEnd.DEACTIVATED
    _check(row)
    try:
        with transaction.atomic():
            if isinstance(row, Record):
                _save_record(row, is_new=is_new, routes=routes, by=by, now=now)
            else:
                row.save()
    except IntegrityError as error:
        constraint = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
        taken = constraint.endswith("number_unique")
        raise InvalidSettings({"number": TAKEN} if taken else {"": GONE}) from error
    return row


def _save_record(row: Record, *, is_new: bool, routes: bool, by: User, now: datetime) -> None:
    """Beside the row what follows from it; what routing wrote meanwhile stays."""
    was_active = is_new or lock_record(row.pk)[0].is_active
    row.save(update_fields=None if is_new else OWN_FIELDS)
    if is_new and row.is_active and routes:
        record_created.send(sender=Record, record_id=row.pk, by=by, now=now)
    if not is_new and was_active and not row.is_active:
        record_ended.send(sender=Record, record_id=row.pk, by=by, now=now)


def _check(row: Account | Contact | Record) -> None:
    try:
        row.full_clean()
    except ValidationError as error:
        messages = error.message_dict
        general = messages.pop(NON_FIELD_ERRORS, None)
        if general:
            messages["number" if isinstance(row, Record) else ""] = general
        raise InvalidSettings({name: " ".join(each) for name, each in messages.items()}) from error

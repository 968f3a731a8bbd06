"""Store a contact, an account or a record."""

from datetime import datetime
from typing import Any, Final, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.shortcuts import get_object_or_404

from agents.models import User
from workstreams.actions.lock_record import lock_record
from workstreams.actions.refusals import InvalidSettings
from workstreams.models import Account, Contact, Record
from workstreams.signals import record_created, record_ended
from workstreams.terms import RecordEnd

Customer = TypeVar("Customer", Account, Contact, Record)
GONE: Final = "A contact or an account that this names was deleted meanwhile."
TAKEN: Final = "Another record of this type has this number."


def save_customer(
    *, row: Customer, by: User, now: datetime, routes: bool = False, **values: Any
) -> Customer:
    """Save the row with these values; the others stay as they are saved by then.

    A new record that ``routes`` goes to a workstream by itself, if records of its type do; one
    that is no longer active takes its work item with it, and one that is active again is not routed
    yet. Refuses InvalidSettings: values that
    cannot be stored, a number that is taken. Http404 for what is gone.
    """
    is_new = row.pk is None
    try:
        with transaction.atomic():
            if not is_new:
                row = _locked(row)
            was_active = None if is_new else row.is_active
            for name, value in values.items():
                setattr(row, name, value.strip() if isinstance(value, str) else value)
            if isinstance(row, Record):
                row.closed_as = "" if row.is_active else row.closed_as or RecordEnd.DEACTIVATED
                if was_active is False and row.is_active:
                    row.forget_routing()
            _check(row)
            row.save()
            if isinstance(row, Record):
                _announce(row, was_active=was_active, routes=routes, by=by, now=now)
    except IntegrityError as error:
        constraint = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
        taken = constraint.endswith("number_unique")
        raise InvalidSettings({"number": TAKEN} if taken else {"": GONE}) from error
    return row


def _locked(row: Customer) -> Customer:
    """The row as saved by now, and for the rest of the transaction."""
    if isinstance(row, Record):
        return lock_record(row.pk)[0]
    rows = type(row)._default_manager.select_for_update(no_key=True)
    return get_object_or_404(rows, pk=row.pk)


def _announce(
    row: Record, *, was_active: bool | None, routes: bool, by: User, now: datetime
) -> None:
    """What follows from a record that is new, or was active and is no more."""
    if was_active is None and row.is_active and routes:
        record_created.send(sender=Record, record_id=row.pk, by=by, now=now)
    if was_active and not row.is_active:
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

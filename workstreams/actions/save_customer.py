"""Store a contact, an account or a record."""

from datetime import datetime
from typing import Any, Final, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction

from agents.models import User
from workstreams.actions.refusals import InvalidSettings
from workstreams.models import Account, Contact, Record

Customer = TypeVar("Customer", Account, Contact, Record)
GONE: Final = "A contact or an account that this names was deleted meanwhile."
TAKEN: Final = "Another record of this type has this number."


def save_customer(*, row: Customer, by: User, now: datetime, **values: Any) -> Customer:
    """Save the row with these values; the others stay as they are.

    Refuses InvalidSettings: values that cannot be stored, a number that is taken.
    """
    for name, value in values.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    _check(row)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        constraint = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
        taken = constraint.endswith("number_unique")
        raise InvalidSettings({"number": TAKEN} if taken else {"": GONE}) from error
    return row


def _check(row: Account | Contact | Record) -> None:
    try:
        row.full_clean()
    except ValidationError as error:
        messages = error.message_dict
        general = messages.pop(NON_FIELD_ERRORS, None)
        if general:
            messages["number" if isinstance(row, Record) else ""] = general
        raise InvalidSettings({name: " ".join(each) for name, each in messages.items()}) from error

"""Delete a contact, an account or a record."""

from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError

from agents.models import User
from workstreams.exceptions import InUse
from workstreams.models import Account, Contact, Record
from workstreams.queries.customers import record_dependencies


def delete_customer(*, row: Account | Contact | Record, by: User, now: datetime) -> None:
    """Work items of a contact or account stay and lose the link.

    Refuses InUse for a record that was routed, with its work items by name.
    """
    try:
        with transaction.atomic():
            row.delete()
    except ProtectedError as error:
        assert isinstance(row, Record)
        raise InUse(dependencies=record_dependencies(row)) from error

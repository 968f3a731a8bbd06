"""Delete a contact, an account or a record."""

from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError

from agents.models import User
from workstreams.exceptions import InUse
from workstreams.models import Account, Contact, Record, WorkItem
from workstreams.queries.customers import record_dependencies


def delete_customer(*, row: Account | Contact | Record, by: User, now: datetime) -> None:
    """Work items of a contact or account, and those about a case, stay and lose the link.

    Refuses InUse for a record that was routed, with its work items by name.
    """
    try:
        with transaction.atomic():
            _hold(row)
            row.delete()
    except ProtectedError as error:
        assert isinstance(row, Record)
        raise InUse(dependencies=record_dependencies(row)) from error


def _hold(row: Account | Contact | Record) -> None:
    """Work items first, as everywhere; then the row, so that no arrival links it any more."""
    link = "case" if isinstance(row, Record) else type(row).__name__.lower()
    items = WorkItem.objects.filter(**{link: row}).order_by("pk")
    list(items.select_for_update().values_list("pk"))
    list(type(row)._default_manager.select_for_update().filter(pk=row.pk).values_list("pk"))

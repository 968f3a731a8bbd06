"""A work item as conditions read it."""

from typing import Any, Final

from config.prepared import Prepared
from workstreams.models import Account, Contact, Record, WorkItem

# All that the fields of an item and of two levels of related records are read from, for
# select_related: they are one query, whatever rules ask.
FIELD_RELATIONS: Final = (
    "contact__account",
    "account",
    "case__record_type",
    "case__contact",
    "case__account",
    "record__record_type",
    "record__contact__account",
    "record__account",
    "channel_instance",
)

CONTACT: Final = Prepared(
    lambda pk: Contact.objects.select_related("account").filter(pk=pk).order_by(), "pk"
)
ACCOUNT: Final = Prepared(lambda pk: Account.objects.filter(pk=pk).order_by(), "pk")
RECORD: Final = Prepared(
    lambda pk: (
        Record.objects.select_related("record_type", "contact__account", "account")
        .filter(pk=pk)
        .order_by()
    ),
    "pk",
)

# What models predict: fields of their own, kept among the attributes.
LEARNED_FIELDS: Final = ("sentiment", "effort_minutes", "effort_confidence")


def attach_relations(item: WorkItem) -> None:
    """Give an item what its fields are read from: a query for each link it has, and most have
    none. A single one over all of them takes PostgreSQL milliseconds to plan."""
    if item.contact_id is not None:
        item.contact = CONTACT.first(pk=item.contact_id)
    if item.account_id is not None:
        item.account = ACCOUNT.first(pk=item.account_id)
    if item.case_id is not None:
        item.case = RECORD.first(pk=item.case_id)
    if item.record_id is not None:
        item.record = RECORD.first(pk=item.record_id)


def item_fields(item: WorkItem) -> dict[str, Any]:
    """The nested mapping of the engine's fields; no query for an item with its relations."""
    contact = item.contact
    account = item.account or (contact.account if contact else None)
    record = _record(item.record, is_root=True)
    return {
        "title": item.title,
        "priority": item.priority,
        "channel": item.channel,
        "created_at": item.created_at.isoformat(),
        **{name: item.attributes.get(name) for name in LEARNED_FIELDS},
        "customer": item.customer,
        "contact": _contact(contact, is_with_account=True),
        "account": _account(account),
        # One mapping under both names: what rules set under one, later ones read under both.
        "case": record if _is_routed_case(item) else _record(item.case),
        "record": record,
        "context": item.context,
        "attributes": item.attributes,
        "engagement": {
            "instance": item.channel_instance.name if item.channel_instance else None,
            **item.context.get("engagement", {}),
        }
        if isinstance(item.context.get("engagement", {}), dict)
        else {},
    }


def _is_routed_case(item: WorkItem) -> bool:
    """Whether the case is the record that is routed: nothing else is linked where that is one."""
    if item.case_id is not None:
        return item.case_id == item.record_id
    return item.record is not None and item.record.record_type.name == "case"


def _contact(contact: Contact | None, *, is_with_account: bool) -> dict[str, Any]:
    if contact is None:
        return {}
    known: dict[str, Any] = {"name": contact.name, "email": contact.email, "phone": contact.phone}
    if is_with_account and contact.account is not None:
        known["account"] = _account(contact.account)
    return {**contact.data, **known}


def _account(account: Account | None) -> dict[str, Any]:
    if account is None:
        return {}
    known = {"name": account.name, "email": account.email, "phone": account.phone}
    return {**account.data, **known}


def _record(record: Record | None, *, is_root: bool = False) -> dict[str, Any]:
    """Two levels of related records from the routed record, one from a case that is linked."""
    if record is None:
        return {}
    known: dict[str, Any] = {
        "type": record.record_type.name,
        "number": record.number,
        "title": record.title,
        "description": record.description,
        "created_at": record.created_at.isoformat(),
    }
    if record.contact is not None:
        known["contact"] = _contact(record.contact, is_with_account=is_root)
    if record.account is not None:
        known["account"] = _account(record.account)
    return {**record.data, **known}

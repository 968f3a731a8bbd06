"""A work item as conditions read it."""

from typing import Any

from workstreams.models import Account, Contact, Record, WorkItem


def item_fields(item: WorkItem) -> dict[str, Any]:
    """The nested mapping of the engine's fields; no query when all that it links is loaded."""
    contact = item.contact
    account = item.account or (contact.account if contact else None)
    case = item.case or (item.record if _is_case(item.record) else None)
    return {
        "title": item.title,
        "priority": item.priority,
        "channel": item.channel,
        "customer": item.customer,
        "contact": _contact(contact) if contact else {},
        "account": _account(account) if account else {},
        "case": _record(case) if case else {},
        "record": _record(item.record) if item.record else {},
        "context": item.context,
        "attributes": item.attributes,
        "engagement": {
            "instance": item.channel_instance.name if item.channel_instance else None,
            **item.context.get("engagement", {}),
        }
        if isinstance(item.context.get("engagement", {}), dict)
        else {},
    }


def _contact(contact: Contact) -> dict[str, Any]:
    known = {"name": contact.name, "email": contact.email, "phone": contact.phone}
    return {**contact.data, **known}


def _account(account: Account) -> dict[str, Any]:
    known = {"name": account.name, "email": account.email, "phone": account.phone}
    return {**account.data, **known}


def _is_case(record: Record | None) -> bool:
    return record is not None and record.record_type.name == "case"


def _record(record: Record | None) -> dict[str, Any]:
    if record is None:
        return {}
    known = {
        "type": record.record_type.name,
        "number": record.number,
        "title": record.title,
        "description": record.description,
        "created_at": record.created_at.isoformat(),
    }
    return {**record.data, **known}

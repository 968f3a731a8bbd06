"""A work item as conditions read it."""

from typing import Any

from workstreams.models import Contact, Record, WorkItem


def item_fields(item: WorkItem) -> dict[str, Any]:
    """The nested mapping of the engine's fields; no query when contact and record are loaded."""
    contact = item.contact
    account = contact.account if contact else None
    return {
        "title": item.title,
        "priority": item.priority,
        "channel": item.channel,
        "customer": item.customer,
        "contact": _contact(contact) if contact else {},
        "account": {**account.data, "name": account.name} if account else {},
        "case": _record(item.record) if _is_case(item.record) else {},
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


def _is_case(record: Record | None) -> bool:
    return record is not None and record.record_type.name == "case"


def _record(record: Record | None) -> dict[str, Any]:
    if record is None:
        return {}
    known = {
        "type": record.record_type.name,
        "title": record.title,
        "description": record.description,
        "created_at": record.created_at.isoformat(),
    }
    return {**record.data, **known}

"""Which customer the answers, variables and numbers of a conversation name (B 10.3)."""

import re
from collections.abc import Mapping
from typing import Any, Final

from django.db.models import Q, QuerySet

from config.prepared import Prepared
from config.row_ids import row_id
from workstreams.models import Account, Contact, IdentificationRule, Record, WorkItem
from workstreams.models.contact import DigitsOf
from workstreams.terms import IdentifiedEntity

# What a rule may compare, and what people call it.
FIELDS: Final[Mapping[str, Mapping[str, str]]] = {
    IdentifiedEntity.CONTACT: {"name": "name", "email": "e-mail", "phone": "phone number"},
    IdentifiedEntity.ACCOUNT: {"name": "name", "email": "e-mail", "phone": "phone number"},
    IdentifiedEntity.CASE: {"number": "case number"},
}
# Ids that programs name outright; a visitor's page cannot.
ID_KEYS: Final[Mapping[str, str]] = {
    "contact_id": IdentifiedEntity.CONTACT,
    "account_id": IdentifiedEntity.ACCOUNT,
    "case_id": IdentifiedEntity.CASE,
}
CALLER_NUMBER: Final = "CustomerPhoneNumber"
LONGEST: Final = 300
CASE: Final = "case"
RULES: Final = Prepared(
    lambda workstream_id: IdentificationRule.objects.filter(
        Q(workstream_id=workstream_id) | Q(workstream=None)
    ).order_by("position", "id"),
    "workstream_id",
)


def rules_for(item: WorkItem) -> list[IdentificationRule]:
    """The enabled rules in their order: the workstream's own, else the organisation's; 1 query."""
    found = RULES(workstream_id=item.workstream_id)
    own = [rule for rule in found if rule.workstream_id is not None]
    return [rule for rule in own or found if rule.is_enabled]


def is_anything_given(item: WorkItem) -> bool:
    """Whether there is anything to go by."""
    known = [item.customer.get(name) for name in ("email", "phone", *ID_KEYS)]
    return bool(item.context) or any(known)


def given_fields(
    rule: IdentificationRule, context: Mapping[str, Any], customer: Mapping[str, Any]
) -> dict[str, str]:
    """What was given of a rule's fields: by its keys, or the address and number of the sender."""
    given: dict[str, str] = {}
    for key, field in rule.keys.items():
        if field not in FIELDS[rule.entity]:
            continue
        value = _text(context.get(key)) or _of_sender(context, customer, field)
        value = digits_of(value) if field == "phone" else value
        if value and given.setdefault(field, value) != value:
            return {}  # two answers that differ fit nobody
    return given


def named_ids(item: WorkItem) -> dict[str, int]:
    """Entities whose ids were named outright."""
    found = {}
    for key, entity in ID_KEYS.items():
        value = item.customer.get(key) or item.context.get(key)
        text = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
        number = row_id(text) if text.isascii() else None
        if number is not None:
            found[entity] = number
    return found


def matches(entity: str, given: Mapping[str, str]) -> list[Any]:
    """Active rows that fit everything given, at most two: more would not be told apart.

    One query by an index; nothing given fits nobody.
    """
    if not given:
        return []
    rows = _active(entity).alias(digits=DigitsOf("phone")) if "phone" in given else _active(entity)
    return list(rows.filter(**{_lookup(name): value for name, value in given.items()})[:2])


def by_id(entity: str, pk: int) -> Any:
    """The active row of this id, if there is one; one query."""
    return _active(entity).filter(pk=pk).first()


def only_active_case(contact: Contact | None, account: Account | None) -> Record | None:
    """The one active case of the contact, or of the account without one; one query."""
    whose = {"contact": contact} if contact else {"account": account}
    found = list(_active(IdentifiedEntity.CASE).filter(**whose)[:2])
    return found[0] if len(found) == 1 else None


def digits_of(text: str) -> str:
    """A telephone number as numbers are compared: its digits, and the plus before them."""
    return re.sub(r"[^0-9+]", "", text)


def _active(entity: str) -> "QuerySet[Any, Any]":
    if entity == IdentifiedEntity.CONTACT:
        return Contact.objects.filter(is_active=True).select_related("account")
    if entity == IdentifiedEntity.ACCOUNT:
        return Account.objects.filter(is_active=True)
    cases = Record.objects.filter(is_active=True, record_type__name=CASE)
    return cases.select_related("record_type", "contact__account", "account")


def _lookup(field: str) -> str:
    return {"email": "email__iexact", "phone": "digits"}.get(field, field)


def _of_sender(context: Mapping[str, Any], customer: Mapping[str, Any], field: str) -> str:
    if field == "phone":
        return _text(customer.get("phone")) or _text(context.get(CALLER_NUMBER))
    return _text(customer.get("email")) if field == "email" else ""


def _text(value: Any) -> str:
    """What can be looked for; anything longer than a field is nobody's."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    text = str(value).strip()
    return text if len(text) <= LONGEST and "\x00" not in text else ""

"""Link the customer whom the answers of a conversation name (B 10.3)."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db import connection

from workstreams.actions.name_customer import name_customer, said_by_customer
from workstreams.actions.record_event import record_event
from workstreams.models import Record, WorkItem
from workstreams.queries.identification import (
    FIELDS,
    by_id,
    given_fields,
    is_anything_given,
    matches,
    named_ids,
    only_active_case,
    rules_for,
)
from workstreams.terms import LABELS, IdentifiedEntity

IDENTIFIED: Final = "customer-identified"
NOT_IDENTIFIED: Final = "customer-not-identified"
# As a foreign key holds a row: two arrivals of one customer do not wait for each other.
HOLD: Final = {
    "contact": "SELECT 1 FROM workstreams_contact WHERE id = %s FOR KEY SHARE",
    "account": "SELECT 1 FROM workstreams_account WHERE id = %s FOR KEY SHARE",
    "case": "SELECT 1 FROM workstreams_record WHERE id = %s FOR KEY SHARE",
}


@dataclass(kw_only=True)
class Findings:
    """What the customer said, what is linked by now, and the sentences that say by what."""

    item: WorkItem
    said: dict[str, Any]
    linked: dict[str, int] = field(default_factory=dict)
    sentences: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


def identify_customer(item: WorkItem, now: datetime) -> bool:
    """Link contact, account and case where exactly one fits; whether anything is new.

    What is linked stays linked, so a second call adds only what became known since. Call it
    in the transaction that holds the item. Up to one query a rule, by indexes. A contact who is
    found after his account is named instead of it, and not by what is only the account's.
    """
    is_account_alone = item.contact_id is None and item.account_id is not None
    said = said_by_customer(item, item.account) if is_account_alone else item.customer
    findings = Findings(item=item, said=said)
    _link_record(findings)
    if is_anything_given(item):
        _link_named(findings)
        _link_by_rules(findings)
    if findings.linked or item.contact_id or item.account_id:
        _link_belongings(findings)

    if findings.linked:
        if "contact" in findings.linked:
            item.customer = said
        told: dict[str, Any] = {}
        # A case names nobody. Filled in beside one, it would pass for the customer's own words.
        if not findings.linked.keys().isdisjoint({"contact", "account"}):
            told["filled"] = name_customer(item)
        item.save(update_fields=[*findings.linked, "customer"])
        record_event(
            kind=IDENTIFIED,
            item=item,
            now=now,
            sentences=[*findings.sentences, *findings.doubts],
            linked=findings.linked,
            **told,
        )
    elif findings.doubts:
        record_event(kind=NOT_IDENTIFIED, item=item, now=now, sentences=findings.doubts)
    return bool(findings.linked)


def _link_record(findings: Findings) -> None:
    """A routed record brings its own customer."""
    record = findings.item.record
    if record is not None:
        for entity in ("contact", "account"):
            _link(findings, entity, getattr(record, entity))


def _link_named(findings: Findings) -> None:
    for entity, pk in named_ids(findings.item).items():
        if getattr(findings.item, f"{entity}_id") is None:
            found = by_id(entity, pk)
            if _link(findings, entity, found):
                findings.sentences.append(_sentence(found, ["number"]))


def _link_by_rules(findings: Findings) -> None:
    """Rules in their order; what one has linked, no later one links again.

    Those of cases come last: a case of somebody else is none of the customer's.
    """
    item = findings.item
    for rule in sorted(rules_for(item), key=lambda rule: rule.entity == IdentifiedEntity.CASE):
        if getattr(item, f"{rule.entity}_id") is not None:
            continue
        given = given_fields(rule, item.context, findings.said)
        found = matches(rule.entity, given)
        by = [FIELDS[rule.entity][name] for name in given]
        if len(found) == 1 and isinstance(found[0], Record) and is_of_another(item, found[0]):
            findings.doubts.append(
                f"Case {found[0].number} belongs to another customer, so it is not linked"
            )
        elif len(found) == 1 and _link(findings, rule.entity, found[0]):
            findings.sentences.append(_sentence(found[0], by))
        elif len(found) > 1:
            noun = LABELS[IdentifiedEntity(rule.entity)].lower()
            findings.doubts.append(
                f"More than one {noun} fits by {' and '.join(by)}, so none is linked"
            )


def is_of_another(item: WorkItem, case: Record) -> bool:
    """Whether the case names another contact or account than those that are linked."""
    if item.contact_id is not None and case.contact_id is not None:
        return item.contact_id != case.contact_id
    account_id = account_of(case)
    return None not in (item.account_id, account_id) and item.account_id != account_id


def account_of(case: Record) -> int | None:
    """Of which account the case is, by itself or by its contact."""
    return case.account_id or (case.contact.account_id if case.contact else None)


def _link_belongings(findings: Findings) -> None:
    """The customer of a case, the account of a contact, and the one case of a customer."""
    item = findings.item
    if item.case is not None:
        _link(findings, "contact", item.case.contact)
        if item.contact_id == item.case.contact_id:
            _link(findings, "account", item.case.account)
    if item.contact is not None:
        _link(findings, "account", item.contact.account)
    if item.case_id is None and item.record_id is None and (item.contact_id or item.account_id):
        case = only_active_case(item.contact, item.account)
        if _link(findings, "case", case):
            findings.sentences.append(f"Its only active case, {case}, is linked too")


def _link(findings: Findings, entity: str, found: Any) -> bool:
    """Whether it is linked now; never instead of another, and never what is gone or inactive."""
    item = findings.item
    if found is None or getattr(item, f"{entity}_id") is not None or not found.is_active:
        return False
    if not is_held(entity, found.pk):
        return False
    setattr(item, entity, found)
    findings.linked[entity] = found.pk
    return True


def is_held(entity: str, pk: int) -> bool:
    """Whether the row is still there, and stays until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(HOLD[entity], [pk])
        return cursor.fetchone() is not None


def _sentence(found: Any, by: list[str]) -> str:
    return f"Identified as {found} by {' and '.join(by)}"

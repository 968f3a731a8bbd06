"""Say which answers find which customer (B 10.3)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, TypedDict, Unpack

from django.db import transaction

from agents.models import User
from workstreams.actions.announce_configuration import announce_configuration
from workstreams.actions.lock_service import lock_service
from workstreams.actions.lock_workstream import lock_workstream
from workstreams.actions.refusals import InvalidSettings, refusing_taken_names
from workstreams.exceptions import SavedMeanwhile
from workstreams.models import IdentificationRule, Workstream
from workstreams.queries.identification import FIELDS
from workstreams.terms import LABELS, IdentifiedEntity, WorkstreamType

MOST_KEYS: Final = 20
MOST_RULES: Final = 50
KEY_LENGTH: Final = 100
TOO_MANY: Final = f"There are at most {MOST_RULES} rules."
RECORDS_NEED_NONE: Final = "Records bring their customer along, and need no rules."


class RuleChanges(TypedDict, total=False):
    """What may be set; a field left out stays as it is."""

    name: str
    entity: str
    keys: Mapping[str, str]
    is_enabled: bool


@transaction.atomic
def save_identification_rule(
    *,
    workstream: Workstream | None,
    by: User,
    now: datetime,
    rule: IdentificationRule | None = None,
    revision: int | None = None,
    **changes: Unpack[RuleChanges],
) -> IdentificationRule:
    """Add a rule at the end, or change one; without a workstream it is the organisation's.

    Refuses InvalidSettings, and SavedMeanwhile when it is gone or no longer has the ``revision``
    that the person saw.
    """
    workstream = lock_list(workstream)
    others = IdentificationRule.objects.filter(workstream=workstream)
    row = IdentificationRule(workstream=workstream)
    if rule is not None:
        found = others.select_for_update().filter(pk=rule.pk).first()
        if found is None or revision not in (None, found.revision):
            raise SavedMeanwhile
        row = found
        row.revision += 1
    row.name, row.entity = changes.get("name", row.name).strip(), changes.get("entity", row.entity)
    row.keys = {key.strip(): field for key, field in changes.get("keys", row.keys).items()}
    row.is_enabled = changes.get("is_enabled", row.is_enabled)
    _check(row)
    if rule is None:
        if others.count() >= MOST_RULES:
            raise InvalidSettings({"": TOO_MANY})
        row.position = max(others.values_list("position", flat=True), default=0) + 1

    with refusing_taken_names("rule", row.name):
        row.save()

    announce_configuration(sender=IdentificationRule, by=by, now=now)
    return row


def lock_list(workstream: Workstream | None) -> Workstream | None:
    """Whose rules are changed, locked: one after the other, and never while they are imported."""
    if workstream is not None:
        return lock_workstream(workstream)
    lock_service()
    return None


def _check(row: IdentificationRule) -> None:
    errors: dict[str, str] = {}
    if not 0 < len(row.name) <= 100:
        errors["name"] = "A rule needs a name of at most 100 characters."
    if row.entity not in list(IdentifiedEntity):
        errors["entity"] = "A rule finds a contact, an account or a case."
    elif fault := keys_fault(row.entity, row.keys):
        errors["keys"] = fault
    if row.workstream is not None and row.workstream.type == WorkstreamType.RECORD:
        errors[""] = RECORDS_NEED_NONE
    if errors:
        raise InvalidSettings(errors)


def keys_fault(entity: str, keys: Mapping[str, Any]) -> str:
    """What is wrong with what a rule compares; nothing of what can be."""
    if not 0 < len(keys) <= MOST_KEYS:
        return f"A rule compares 1 to {MOST_KEYS} questions or variables."
    if not all(0 < len(key) <= KEY_LENGTH and "\x00" not in key for key in keys):
        return f"The name of a question or variable has 1 to {KEY_LENGTH} characters."
    unknown = [field for field in keys.values() if field not in FIELDS[entity]]
    if unknown:
        noun, known = LABELS[IdentifiedEntity(entity)].lower(), ", ".join(FIELDS[entity])
        return f"A {noun} is found by: {known}."
    return ""

"""A document into this organisation, all or nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from agents.models import Presence, User
from routing.configuration.documents.landscape import Landscape, landscape
from routing.configuration.documents.schema import FIELDS, SECTIONS
from routing.configuration.documents.validate import Finding, faults, finding
from routing.configuration.documents.write_definitions import (
    Document,
    Names,
    write_capacity_profile,
    write_notification_template,
    write_operating_hours,
    write_presence,
    write_queue,
    write_rating_model,
    write_record_type,
    write_skill,
)
from routing.configuration.documents.write_workstreams import write_intake, write_workstream
from routing.configuration.publish import publish
from routing.exceptions import RoutingError
from workstreams.models import NotificationTemplate

NOTE: Final = "Imported."
WRITERS: Final[dict[str, Callable[[Document, int | None, Names], None]]] = {
    "rating_model": write_rating_model,
    "skill": write_skill,
    "capacity_profile": write_capacity_profile,
    "presence": write_presence,
    "operating_hours": write_operating_hours,
    "record_type": write_record_type,
    "notification_template": write_notification_template,
    "queue": write_queue,
    "workstream": write_workstream,
}
BUILT_IN: Final = {"presence": Presence, "notification_template": NotificationTemplate}


class InvalidDocument(RoutingError):
    """This document cannot be imported. The findings say what to mend.

    ``findings`` is a list of ``{"path", "message", "severity"}``.
    """

    status = 422
    findings: list[Finding]


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportReport:
    """Names by what became of them, each with its kind in front; missing ones stay untouched."""

    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    version: int | None = None


def import_document(
    document: Any, *, by: User | None, now: datetime, check: bool = False
) -> ImportReport:
    """Write the document's entries by their names and publish; with ``check`` undo it all.

    What the document does not name stays. Refuses faults with InvalidDocument.
    """
    with transaction.atomic():
        if not isinstance(document, Mapping):
            raise InvalidDocument(findings=[finding("", "A configuration document is an object.")])
        organisation = landscape(document)
        _refuse(document, organisation)

        lists = _write(document, organisation)

        version = publish(by=by, now=now, note=NOTE)
        if check:
            transaction.set_rollback(True)
    return ImportReport(**lists, version=version.number if version and not check else None)


def _refuse(document: Mapping[str, Any], organisation: Landscape) -> None:
    findings = list(faults(document, organisation))
    if not findings:
        findings = _changed_built_ins(organisation)
    if findings:
        raise InvalidDocument(findings=findings)


def _changed_built_ins(organisation: Landscape) -> list[Finding]:
    return [
        finding(SECTIONS[kind], f"{name} is built in and cannot be changed.")
        for kind, model in BUILT_IN.items()
        for name in model._default_manager.filter(is_built_in=True).values_list("name", flat=True)
        if organisation.wanted[kind].get(name.lower(), organisation.present[kind][name.lower()])
        != organisation.present[kind][name.lower()]
    ]


def _write(document: Mapping[str, Any], organisation: Landscape) -> dict[str, list[str]]:
    names = Names()
    lists: dict[str, list[str]] = {"created": [], "changed": [], "unchanged": [], "missing": []}
    for kind in FIELDS:
        present, wanted = organisation.present[kind], organisation.wanted[kind]
        for name, entry in wanted.items():
            fate = _fate(present.get(name), entry)
            lists[fate].append(f"{kind} {entry['name']}")
            if fate != "unchanged":
                WRITERS[kind](entry, organisation.ids.get((kind, name)), names)
        lists["missing"] += [
            f"{kind} {entry['name']}" for name, entry in present.items() if name not in wanted
        ]
    _write_intake(document, organisation, names, lists)
    return lists


def _fate(present: Document | None, wanted: Document) -> str:
    if present is None:
        return "created"
    return "unchanged" if present == wanted else "changed"


def _write_intake(
    document: Mapping[str, Any],
    organisation: Landscape,
    names: Names,
    lists: dict[str, list[str]],
) -> None:
    """Intake rules are one list, replaced whole; left out, they stay."""
    rules = document.get(SECTIONS["intake"])
    present = [rule for piece in organisation.present["intake"].values() for rule in piece["rules"]]
    if rules is None or rules == present:
        return
    lists["changed" if present else "created"].append("intake rules")
    write_intake(rules, names)

"""A document into this organisation, all or nothing."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db import IntegrityError, transaction

from agents.models import User
from routing.configuration.documents.for_administrators import beyond_leave
from routing.configuration.documents.landscape import Landscape
from routing.configuration.documents.lock_rows import lock_rows
from routing.configuration.documents.mapping import Names as Mapping
from routing.configuration.documents.plan import AGENT, Plan, plan
from routing.configuration.documents.reach_agents import holders_of, reach_agents
from routing.configuration.documents.schema import FIELDS
from routing.configuration.documents.validate import Examination, examine
from routing.configuration.documents.validate_shape import Finding, finding
from routing.configuration.documents.write_channels import write_channel_instance, write_service
from routing.configuration.documents.write_definitions import (
    Document,
    Names,
    write_agent_attribute,
    write_assignment_method,
    write_capacity_profile,
    write_operating_hours,
    write_overflow,
    write_presence,
    write_queue,
    write_rating_model,
    write_record_type,
    write_skill,
)
from routing.configuration.documents.write_learning import (
    write_learned_from,
    write_learned_model,
)
from routing.configuration.documents.write_templates import (
    write_automated_message,
    write_bot,
    write_message_template,
    write_notification_template,
    write_quick_reply,
    write_session_template,
)
from routing.configuration.documents.write_workstreams import (
    write_identification,
    write_intake,
    write_workstream,
)
from routing.configuration.edited import edited
from routing.configuration.people.write import write_people
from routing.configuration.piece import Key
from routing.exceptions import ChangedMeanwhile, InvalidRules, RoutingError

NOTE: Final = "Imported."
# So often rows that were made again are waited for.
MOST_TRIES: Final = 5
WRITERS: Final[dict[str, Callable[[Document, int | None, Names], None]]] = {
    "rating_model": write_rating_model,
    "skill": write_skill,
    "agent_attribute": write_agent_attribute,
    "capacity_profile": write_capacity_profile,
    "presence": write_presence,
    "operating_hours": write_operating_hours,
    "record_type": write_record_type,
    "session_template": write_session_template,
    "notification_template": write_notification_template,
    "bot": write_bot,
    "learned_model": write_learned_model,
    "assignment_method": write_assignment_method,
    "queue": write_queue,
    "workstream": write_workstream,
    "channel_instance": write_channel_instance,
    "automated_message": write_automated_message,
    "message_template": write_message_template,
    "quick_reply": write_quick_reply,
}
CONTRADICTION: Final = (
    "Two entries cannot be saved one after the other, such as two that swap an address or a"
    " number. Import them in two documents."
)


class InvalidDocument(RoutingError):
    """This document cannot be imported. The findings say what to mend.

    ``findings`` is a list of ``{"path", "message", "severity"}``.
    """

    status = 422
    findings: list[Finding]


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportReport:
    """Names by what became of them, each with its kind in front; missing ones stay untouched.

    ``changes`` says each changed field in a sentence, ``notes`` what is left to do by hand.
    """

    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    version: int | None = None


def import_document(
    document: Any,
    *,
    by: User | None,
    now: datetime,
    check: bool = False,
    mapping: Mapping | None = None,
    fingerprint: str = "",
) -> ImportReport:
    """Write the document's entries by their names and publish; with ``check`` only say what.

    What the document does not name stays. Refuses faults, and what the person may not change,
    with InvalidDocument, and a plan that is not the one of the ``fingerprint`` any more with
    ChangedMeanwhile.
    """
    with transaction.atomic():
        examination, planned = _planned(document, mapping, fingerprint)
        if beyond := beyond_leave(examination, planned, by):
            raise InvalidDocument(findings=beyond)
        if check or planned.changes_nothing:
            return _report(planned, version=None)
        examination, planned = _held(document, mapping, examination, planned)
        organisation = examination.organisation
        assert organisation is not None

        write_all(planned, organisation, now)
        people = [step.key for step in planned.steps if step.kind == AGENT]
        changed = _changed_rows(planned, organisation)
        holders = holders_of(changed)
        if refused := write_people(examination.people, people, by=by, now=now, holders=holders):
            raise InvalidDocument(findings=refused)
        reach_agents(changed, now)

        version = _publish(by, now)
    return _report(planned, version=version)


def _planned(document: Any, mapping: Mapping | None, fingerprint: str) -> tuple[Examination, Plan]:
    examination = examine(document, mapping)
    if examination.findings:
        raise InvalidDocument(findings=examination.findings)
    planned = plan(examination)
    if fingerprint and planned.fingerprint != fingerprint:
        raise ChangedMeanwhile
    return examination, planned


def _held(
    document: Any, mapping: Mapping | None, examination: Examination, planned: Plan
) -> tuple[Examination, Plan]:
    """The same once its rows are locked: what was changed or deleted before that shows now. Where
    one was made again under its name meanwhile, all are let go and locked again, in their order."""
    for _ in range(MOST_TRIES):
        with transaction.atomic():
            lock_rows(planned, examination)
            now_there, planned_now = _planned(document, mapping, planned.fingerprint)
            if not _is_any_made_again(examination, now_there):
                return now_there, planned_now
            transaction.set_rollback(True)
        examination, planned = now_there, planned_now
    raise ChangedMeanwhile


def _is_any_made_again(before: Examination, after: Examination) -> bool:
    assert before.organisation is not None
    assert after.organisation is not None
    ids = after.organisation.ids
    return any(ids.get(name, pk) != pk for name, pk in before.organisation.ids.items())


def _changed_rows(planned: Plan, organisation: Landscape) -> list[Key]:
    names = [(step.kind, step.key) for step in planned.changed]
    return [(name[0], organisation.ids[name]) for name in names if name in organisation.ids]


def write_all(planned: Plan, organisation: Landscape, now: datetime) -> None:
    names = Names()
    try:
        with transaction.atomic():
            for step in (*planned.created, *planned.changed):
                if step.kind == "service":
                    write_service(organisation.wanted_single["service"], now)
            for kind, key in _in_order(planned):
                entry, pk = organisation.wanted[kind][key], organisation.ids.get((kind, key))
                if kind == "workstream":
                    write_workstream(entry, pk, names, organisation.present[kind].get(key))
                else:
                    WRITERS[kind](entry, pk, names)
            for kind, key in _in_order(planned):
                if kind == "queue":
                    write_overflow(organisation.wanted[kind][key], names)
                elif kind == "learned_model":
                    write_learned_from(organisation.wanted[kind][key], names)
            for step in (*planned.created, *planned.changed):
                if step.kind == "intake":
                    write_intake(organisation.wanted_single["intake"], names)
                elif step.kind == "identification":
                    write_identification(organisation.wanted_single["identification"], None)
    except IntegrityError as error:
        raise InvalidDocument(findings=[finding("", CONTRADICTION)]) from error


def _in_order(planned: Plan) -> list[tuple[str, str]]:
    """What is named is written before what names it."""
    rank = {kind: index for index, kind in enumerate(FIELDS)}
    keys = [(step.kind, step.key) for step in (*planned.created, *planned.changed)]
    return sorted((each for each in keys if each[0] in rank), key=lambda each: rank[each[0]])


def _publish(by: User | None, now: datetime) -> int | None:
    try:
        version = edited(by=by, now=now, note=NOTE)
    except InvalidRules as refusal:
        found = [finding(each["path"], each["message"]) for each in refusal.findings]
        raise InvalidDocument(findings=found) from refusal
    return version.number if version else None


def _report(planned: Plan, *, version: int | None) -> ImportReport:
    return ImportReport(
        created=[step.label for step in planned.created],
        changed=[step.label for step in planned.changed],
        unchanged=planned.unchanged,
        missing=planned.untouched,
        changes=[each.sentence for step in planned.changed for each in step.differences],
        notes=planned.notes,
        version=version,
    )

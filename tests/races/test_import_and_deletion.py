"""An import that names something while somebody deletes it: one comes first, the other is told."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final, NamedTuple

import pytest

from agents.actions.delete_definition import delete_definition
from agents.models import OperatingHours, Skill, SkillType, User
from config.refusal import Refusal
from routing import configuration
from routing.configuration.documents.import_document import InvalidDocument
from routing.queries.uses import uses
from tests.factories import make_item, make_profile, make_queue, make_skill, make_workstream
from tests.races.together import before_the_commit, queued_behind
from workstreams.actions.delete_queue import delete_queue
from workstreams.actions.record_event import record_event
from workstreams.models import Queue, Workstream


class Named(NamedTuple):
    """What is named, by which sections of a document, and what an import says without it."""

    row: Any
    sections: dict[str, Any]
    said: str = ""


Make = Callable[[datetime], Named]


def skill_of_rule(now: datetime) -> Named:
    sections = _rule({"skills": [{"skill": "french", "rating": 3}]})
    return Named(make_skill("French"), sections, "There is no skill french.")


def profile_of_rule(now: datetime) -> Named:
    sections = _rule({"capacity_profiles": ["Chats"]})
    return Named(make_profile("Chats"), sections, "There is no capacity profile Chats.")


def fallback_queue(now: datetime) -> Named:
    sections = {"workstreams": [_new_workstream() | {"fallback_queue": "Spare"}]}
    spare = make_queue("Spare")
    # Handled work keeps the row of a queue that is deleted.
    item = make_item(make_workstream("Past"), state="closed", closed_at=now, queue=spare)
    record_event(kind="work-item-closed", item=item, now=now)
    return Named(spare, sections, "There is no queue Spare.")


def compared_skill(now: datetime) -> Named:
    return Named(make_skill("French"), _method("agent.skills", "contains", "French"))


def compared_type(now: datetime) -> Named:
    row = SkillType.objects.create(name="Languages")
    return Named(row, _method("agent.skills", "exact_match", "Languages"))


def compared_hours(now: datetime) -> Named:
    row = OperatingHours.objects.create(name="Days", time_zone="UTC")
    return Named(row, _method("agent.hours", "equals", "Days"))


FOUND_BY_NAME: Final[list[Make]] = [skill_of_rule, profile_of_rule, fallback_queue]
COMPARED: Final[list[Make]] = [compared_skill, compared_type, compared_hours]


def _rule(then: dict[str, Any]) -> dict[str, Any]:
    rules = [{"name": "A", "when": {"all": []}, "then": then}]
    rulesets = [{"name": "Sort", "kind": "logical", "rules": rules}]
    return {"workstreams": [_new_workstream() | {"classification": rulesets}]}


def _new_workstream() -> dict[str, Any]:
    [present] = configuration.document()["workstreams"]
    return {**present, "name": "New"}


def _method(field: str, op: str, value: str) -> dict[str, Any]:
    rules = [{"name": "Here", "when": {"field": field, "op": op, "value": value}}]
    return {"assignment_methods": [{"name": "M", "rulesets": [{"name": "All", "rules": rules}]}]}


@pytest.mark.parametrize("name", [*FOUND_BY_NAME, *COMPARED])
def test_what_an_import_named_first_stays(
    name: Make, workstream: Workstream, administrator: User, now: datetime
) -> None:
    named = name(now)

    report, told = before_the_commit(
        lambda: _import(named, now), lambda: _delete(named.row, administrator, now)
    )

    assert len(report.created) == 1
    assert isinstance(told, Refusal)
    assert type(named.row).objects.filter(pk=named.row.pk).exists()


@pytest.mark.parametrize("name", FOUND_BY_NAME)
def test_an_import_is_told_what_was_deleted_first(
    name: Make, workstream: Workstream, administrator: User, now: datetime
) -> None:
    named = name(now)
    configuration.publish(by=None, now=now)

    _, refusal = before_the_commit(
        lambda: _delete(named.row, administrator, now), lambda: _import(named, now)
    )

    assert isinstance(refusal, InvalidDocument)
    assert [each["message"] for each in refusal.findings] == [named.said]
    assert not Workstream.objects.filter(name="New").exists()


def test_what_is_made_again_while_an_import_waits_stays(
    workstream: Workstream, administrator: User, now: datetime
) -> None:
    named = skill_of_rule(now)
    rows = Skill.objects.filter(pk=named.row.pk)

    def make_again() -> None:
        rows.delete()
        make_skill("French")

    [(report, told)] = queued_behind(
        rows,
        lambda: before_the_commit(
            lambda: _import(named, now),
            lambda: _delete(Skill.objects.get(name="French"), administrator, now),
        ),
        then=make_again,
    )

    assert len(report.created) == 1
    assert isinstance(told, Refusal)


def _import(named: Named, now: datetime) -> configuration.ImportReport:
    return configuration.import_document({"format": 2, **named.sections}, by=None, now=now)


def _delete(row: Any, by: User, now: datetime) -> None:
    if isinstance(row, Queue):
        delete_queue(queue=row, by=by, now=now)
    else:
        delete_definition(row=row, by=by, now=now, uses=uses)

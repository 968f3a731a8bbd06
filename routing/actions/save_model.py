"""Say what a model is to learn."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from agents.models import User
from config.clock import YEARS
from routing import configuration
from routing.check_learning import input_faults
from routing.engine.conditions import check_condition
from routing.models import LearnedModel
from routing.terms import RuleType
from workstreams.actions.refusals import InvalidSettings, refusing_taken_names
from workstreams.exceptions import SavedMeanwhile
from workstreams.models import Workstream

WRONG_YEAR: Final = "Name a year from 1900 to 2999."
GONE: Final = "A workstream of these was deleted meanwhile."


@transaction.atomic
def save_model(
    *, row: LearnedModel, workstreams: Iterable[Workstream] | None = None, by: User, now: datetime
) -> LearnedModel:
    """Store a new or changed model; what it learned stays.

    Refuses inputs that do not exist, days that no time zone can be counted with, conditions that
    cannot be, another kind than it had, and a name that is taken (InvalidSettings).
    """
    before = LearnedModel.objects.select_for_update().filter(pk=row.pk).first() if row.pk else None
    chosen = None if workstreams is None else _held(workstreams)

    row.name = row.name.strip()
    _check(row, before)

    if before is not None:
        row.revision = before.revision + 1
        # Somebody may have published another version while the form was open.
        row.published_id = before.published_id
    with refusing_taken_names("model", row.name):
        row.save()
    if chosen is not None:
        row.workstreams.set(chosen)

    configuration.edited(by=by, now=now)
    return row


def _held(workstreams: Iterable[Workstream]) -> list[Workstream]:
    """The chosen workstreams, locked, so that they stay until the model is saved."""
    wanted = {workstream.pk for workstream in workstreams}
    rows = Workstream.objects.select_for_update(no_key=True).filter(pk__in=wanted)
    held = list(rows.order_by("pk"))
    if len(held) < len(wanted):
        raise InvalidSettings({"workstreams": GONE})
    return held


def _check(row: LearnedModel, before: LearnedModel | None) -> None:
    if not row.name:
        raise InvalidSettings({"name": "Everything has a name."})
    if before is not None and before.kind != row.kind:
        raise InvalidSettings({"kind": "A model keeps what it is for."})
    for name in ("closed_from", "closed_until"):
        day = getattr(row, name)
        if day is not None and day.year not in YEARS:
            raise InvalidSettings({name: WRONG_YEAR})
    faults = [fault.message for fault in input_faults(RuleType(row.kind), row.inputs, "inputs")]
    if faults:
        raise InvalidSettings({"inputs": " ".join(faults)})
    faults = [fault.message for fault in check_condition(row.when)]
    if faults:
        raise InvalidSettings({"when": " ".join(faults)})


@transaction.atomic
def save_filter(
    *, model: LearnedModel, when: dict[str, Any], revision: int, by: User, now: datetime
) -> LearnedModel:
    """Choose the closed work by other conditions, from the next loading on.

    Refuses conditions that cannot be (InvalidSettings), and SavedMeanwhile.
    """
    locked = LearnedModel.objects.select_for_update().get(pk=model.pk)
    if locked.revision != revision:
        raise SavedMeanwhile
    locked.when = when
    return save_model(row=locked, by=by, now=now)

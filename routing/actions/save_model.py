"""Say what a model is to learn."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from agents.models import User
from routing import configuration
from routing.check_learning import input_faults
from routing.models import LearnedModel
from routing.terms import RuleType
from workstreams.actions.refusals import InvalidSettings, refusing_taken_names
from workstreams.models import Workstream


@transaction.atomic
def save_model(
    *, row: LearnedModel, workstreams: Iterable[Workstream] | None = None, by: User, now: datetime
) -> LearnedModel:
    """Store a new or changed model; what it learned stays.

    Refuses inputs that do not exist, another kind than it had, and a name that is taken
    (InvalidSettings).
    """
    before = LearnedModel.objects.select_for_update().filter(pk=row.pk).first() if row.pk else None

    row.name = row.name.strip()
    _check(row, before)

    if before is not None:
        row.revision = before.revision + 1
        # Somebody may have published another version while the form was open.
        row.published_id = before.published_id
    with refusing_taken_names("model", row.name):
        row.save()
    if workstreams is not None:
        row.workstreams.set(workstreams)

    configuration.edited(by=by, now=now)
    return row


def _check(row: LearnedModel, before: LearnedModel | None) -> None:
    if not row.name:
        raise InvalidSettings({"name": "Everything has a name."})
    if before is not None and before.kind != row.kind:
        raise InvalidSettings({"kind": "A model keeps what it is for."})
    faults = [fault.message for fault in input_faults(RuleType(row.kind), row.inputs, "inputs")]
    if faults:
        raise InvalidSettings({"inputs": " ".join(faults)})

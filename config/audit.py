"""The audit trail: who changed which configuration when, written by the database itself."""

from collections.abc import Callable
from typing import TypeVar

import pghistory
from django.db.models import Model

AnyModel = TypeVar("AnyModel", bound=type[Model])

_audited: set[type[Model]] = set()


def audited() -> Callable[[AnyModel], AnyModel]:
    """Track every insert, update and delete of a configuration model, however it is made.

    Triggers copy the row, so bulk changes and SQL by hand count too; the copies can
    be neither changed nor deleted, and outlive the row. ``Context`` names the person.
    """
    track: Callable[[AnyModel], AnyModel] = pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        append_only=True,
    )

    def note(model: AnyModel) -> AnyModel:
        _audited.add(model)
        return track(model)

    return note


def is_audited(model: type[Model]) -> bool:
    """Whether its rows are tracked."""
    return model in _audited

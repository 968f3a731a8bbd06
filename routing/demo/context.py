"""What the demo's conversations bring along for its rules to ask about."""

from datetime import datetime
from typing import Final

from agents.models import User
from workstreams.actions.save_context_variable import save_context_variable
from workstreams.models import Workstream
from workstreams.terms import VariableType

VARIABLES: Final = {
    "Contoso chat": ("tier", "language"),
    "Contoso sales chat": ("language",),
    "Contoso text messages": ("tier",),
    "Contoso phone": ("language",),
}


def create_context(*, workstreams: dict[str, Workstream], by: User, now: datetime) -> None:
    """Every variable is a text."""
    for workstream, names in VARIABLES.items():
        for name in names:
            save_context_variable(
                workstream=workstreams[workstream],
                name=name,
                type=VariableType.TEXT,
                by=by,
                now=now,
            )

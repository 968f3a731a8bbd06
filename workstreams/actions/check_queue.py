"""Which settings of a queue cannot be."""

from typing import Final

from agents.actions.lock_chosen import lock_chosen
from workstreams.actions.refusals import InvalidSettings
from workstreams.models import Queue
from workstreams.terms import WorkstreamType

MAXIMUM_NAME: Final = 200
MAXIMUM_PRIORITY: Final = 1_000_000
MOST_SECONDS: Final = 86_400
A_TIME: Final = f"A threshold is from 1 to {MOST_SECONDS} seconds; empty: none."


def check_queue(queue: Queue) -> None:
    """Raise InvalidSettings with a sentence for each setting that is wrong; the operating hours
    stay until the queue is saved, or are gone already (DefinitionGone)."""
    errors = {}
    if not queue.name or len(queue.name) > MAXIMUM_NAME:
        errors["name"] = f"A name has 1 to {MAXIMUM_NAME} characters."
    if queue.type not in list(WorkstreamType):
        errors["type"] = "Choose messaging, record or voice."
    if not 1 <= queue.priority <= MAXIMUM_PRIORITY:
        errors["priority"] = "A priority is a whole number from 1 (served first)."
    if not queue.assignment_method or len(queue.assignment_method) > 100:
        errors["assignment_method"] = "Choose an assignment method."
    for field in ("service_level_seconds", "short_abandoned_seconds"):
        seconds = getattr(queue, field)
        if seconds is not None and not 1 <= seconds <= MOST_SECONDS:
            errors[field] = A_TIME
    if errors:
        raise InvalidSettings(errors)
    lock_chosen(queue.operating_hours)

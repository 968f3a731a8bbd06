"""Which settings of a queue cannot be."""

from typing import Final

from workstreams.actions.refusals import InvalidSettings
from workstreams.models import Queue
from workstreams.terms import WorkstreamType

MAXIMUM_NAME: Final = 200
MAXIMUM_PRIORITY: Final = 1_000_000


def check_queue(queue: Queue) -> None:
    """Raise InvalidSettings with a sentence for each setting that is wrong."""
    errors = {}
    if not queue.name or len(queue.name) > MAXIMUM_NAME:
        errors["name"] = f"A name has 1 to {MAXIMUM_NAME} characters."
    if queue.type not in list(WorkstreamType):
        errors["type"] = "Choose messaging, record or voice."
    if not 1 <= queue.priority <= MAXIMUM_PRIORITY:
        errors["priority"] = "A priority is a whole number from 1 (served first)."
    if not queue.assignment_method or len(queue.assignment_method) > 100:
        errors["assignment_method"] = "Choose an assignment method."
    if errors:
        raise InvalidSettings(errors)

"""The assignment method that a queue is given by name."""

from workstreams.actions.refusals import InvalidSettings
from workstreams.models import AssignmentMethod, Queue
from workstreams.terms import AssignmentMethodName

UNKNOWN = "There is no assignment method {name}."


def choose_method(queue: Queue, name: str) -> None:
    """Built in, or custom. Refuses a name that no method has (InvalidSettings).

    The custom method is locked, so that deleting it waits, or is waited for.
    """
    if name in list(AssignmentMethodName):
        queue.assignment_method, queue.custom_method = name, None
        return
    rows = AssignmentMethod.objects.select_for_update(no_key=True)
    found = rows.filter(name__iexact=name.strip()).first()
    if found is None:
        raise InvalidSettings({"assignment_method": UNKNOWN.format(name=name or "of this name")})
    queue.custom_method = found

"""Delete a queue that nothing depends on."""

from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError

from agents.models import User
from workstreams.actions.announce_configuration import announce_configuration
from workstreams.actions.refusals import BuiltIn
from workstreams.exceptions import InUse
from workstreams.models import Queue
from workstreams.queries.dependencies import queue_dependencies


@transaction.atomic
def delete_queue(*, queue: Queue, by: User, now: datetime) -> None:
    """Delete it with its memberships. Refuses a built-in one, and InUse with what refers to it.

    Nothing slips in after the look: see ``delete_workstream``.
    """
    locked = Queue.objects.select_for_update().filter(pk=queue.pk).first()
    if locked is None:
        return
    if locked.is_default:
        raise BuiltIn(name=locked.name)
    dependencies = queue_dependencies(locked)
    if dependencies:
        raise InUse(dependencies=dependencies)

    try:
        locked.delete()
    except ProtectedError as error:
        # Rows of upper apps: what was once assigned from here is kept as history.
        kept = f"{len(error.protected_objects)} earlier assignments, kept as history"
        raise InUse(dependencies=[{"kind": "history", "name": kept, "url": ""}]) from error

    announce_configuration(sender=Queue, by=by, now=now)

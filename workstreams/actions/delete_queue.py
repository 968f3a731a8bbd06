"""Delete a queue that nothing depends on."""

from datetime import datetime

from django.db import transaction

from agents.models import User
from workstreams.actions.announce_configuration import announce_configuration
from workstreams.actions.refusals import BuiltIn
from workstreams.actions.retire import delete_or_retire
from workstreams.exceptions import InUse
from workstreams.models import Queue
from workstreams.queries.dependencies import queue_dependencies


@transaction.atomic
def delete_queue(*, queue: Queue, by: User, now: datetime) -> None:
    """Delete it with its memberships. Refuses a built-in one, and InUse with what refers to it.

    Finished work goes on naming it. Nothing slips in after the look: see ``delete_workstream``.
    """
    locked = Queue.objects.select_for_update().filter(pk=queue.pk).first()
    if locked is None:
        return
    if locked.is_default:
        raise BuiltIn(name=locked.name)
    dependencies = queue_dependencies(locked)
    if dependencies:
        raise InUse(dependencies=dependencies)

    delete_or_retire(locked, now=now, operating_hours=None)

    announce_configuration(sender=Queue, by=by, now=now)

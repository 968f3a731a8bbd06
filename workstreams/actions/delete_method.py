"""Delete an assignment method that no queue uses."""

from datetime import datetime

from django.db import transaction

from agents.models import User
from workstreams.actions.announce_configuration import announce_configuration
from workstreams.exceptions import InUse
from workstreams.models import AssignmentMethod, Queue
from workstreams.queries.dependencies import method_dependencies


@transaction.atomic
def delete_method(*, method: AssignmentMethod, by: User, now: datetime) -> None:
    """Refuses with InUse, naming the queues. Deleted queues let go of it."""
    locked = AssignmentMethod.objects.select_for_update().filter(pk=method.pk).first()
    if locked is None:
        return
    if dependencies := method_dependencies(locked):
        raise InUse(dependencies=dependencies)

    Queue.with_deleted.filter(custom_method=locked).update(custom_method=None)
    locked.delete()

    announce_configuration(sender=AssignmentMethod, by=by, now=now)

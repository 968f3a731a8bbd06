"""Delete a workstream that nothing depends on."""

from datetime import datetime

from django.db import transaction

from agents.models import User
from workstreams.actions.announce_configuration import announce_configuration
from workstreams.exceptions import InUse
from workstreams.models import Workstream
from workstreams.queries.dependencies import workstream_dependencies


@transaction.atomic
def delete_workstream(*, workstream: Workstream, by: User, now: datetime) -> None:
    """Delete it with its rules. Refuses with InUse, naming what still refers to it.

    Actions that add a reference wait for the row lock and then find nothing; a reference
    that was on its way already fails when it commits. So nothing slips in after the look.
    """
    locked = Workstream.objects.select_for_update().filter(pk=workstream.pk).first()
    if locked is None:
        return
    dependencies = workstream_dependencies(locked)
    if dependencies:
        raise InUse(dependencies=dependencies)

    locked.delete()

    announce_configuration(sender=Workstream, by=by, now=now)

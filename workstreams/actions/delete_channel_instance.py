"""Close a way in to a workstream for good."""

from datetime import datetime

from django.db import transaction

from agents.models import User
from workstreams.actions.announce_configuration import announce_configuration
from workstreams.actions.edit_channel_instance import Named, named_by_nothing
from workstreams.actions.lock_workstream import lock_workstream
from workstreams.exceptions import InUse
from workstreams.models import ChannelInstance
from workstreams.queries.dependencies import channel_instance_dependencies
from workstreams.terms import ItemState


@transaction.atomic
def delete_channel_instance(
    *,
    instance: ChannelInstance,
    by: User,
    now: datetime,
    published: Named = named_by_nothing,
) -> None:
    """Delete it; finished work stays, without it. Refuses with InUse while work is unfinished, or
    rules compare with its name; ``published`` says which published ones do.

    Nothing slips in after the look: see ``delete_workstream``.
    """
    lock_workstream(instance.workstream)
    locked = ChannelInstance.objects.select_for_update().filter(pk=instance.pk).first()
    if locked is None:
        return
    dependencies = channel_instance_dependencies(locked) or published(locked)
    if dependencies:
        raise InUse(dependencies=dependencies)

    locked.items.filter(state=ItemState.CLOSED).update(channel_instance=None)
    locked.delete()

    announce_configuration(sender=ChannelInstance, by=by, now=now)

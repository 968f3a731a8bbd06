"""Delete a workstream that nothing depends on."""

from datetime import datetime

from django.db import transaction

from agents.models import User
from workstreams.actions.announce_configuration import announce_configuration
from workstreams.actions.retire import delete_or_retire
from workstreams.exceptions import InUse
from workstreams.models import NotificationTemplate, QuickReply, Workstream
from workstreams.queries.built_in_templates import TEMPLATE_FIELDS
from workstreams.queries.dependencies import replies_of_it_alone, workstream_dependencies


@transaction.atomic
def delete_workstream(*, workstream: Workstream, by: User, now: datetime) -> None:
    """Delete it with its rules. Refuses with InUse, naming what still refers to it.

    Finished work goes on naming it; its name is free again. Quick replies that show in this
    workstream alone go with it, since without a workstream they would show everywhere.

    What adds a reference locks the row, or has the database lock it. So either it is seen
    here, or it waits for this deletion and then finds nothing to refer to.
    """
    locked = Workstream.objects.select_for_update().filter(pk=workstream.pk).first()
    if locked is None:
        return
    dependencies = workstream_dependencies(locked)
    if dependencies:
        raise InUse(dependencies=dependencies)

    # Of two workstreams that go at once, the later sees that a reply has none any more.
    replies = QuickReply.objects.filter(workstreams=locked).order_by("pk")
    list(replies.select_for_update(of=("self",)).values_list("pk"))
    replies_of_it_alone(locked).delete()
    released = dict.fromkeys([*TEMPLATE_FIELDS.values(), "session_template", "bot"])
    # Offers of kept work name a template, so one that is never deleted stands in.
    built_in = NotificationTemplate.objects.filter(is_built_in=True).order_by("id")[0]
    delete_or_retire(locked, now=now, **{**released, "notification_template": built_in})

    announce_configuration(sender=Workstream, by=by, now=now)

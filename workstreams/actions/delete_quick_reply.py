"""Delete a quick reply."""

from datetime import datetime

from django.db import transaction

from agents.models import User
from workstreams.actions.announce_configuration import announce_configuration
from workstreams.models import QuickReply


@transaction.atomic
def delete_quick_reply(*, reply: QuickReply, by: User, now: datetime) -> None:
    """Take it off every list; what was sent with it stays. Deleting twice is harmless."""
    QuickReply.objects.filter(pk=reply.pk).delete()

    if reply.owner_id is None:
        announce_configuration(sender=QuickReply, by=by, now=now)

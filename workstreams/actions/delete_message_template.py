"""Delete a message template."""

from datetime import datetime

from django.db import transaction

from agents.models import User
from workstreams.actions.announce_configuration import announce_configuration
from workstreams.models import MessageTemplate


@transaction.atomic
def delete_message_template(*, template: MessageTemplate, by: User, now: datetime) -> None:
    """Take it off every list; what was sent with it stays. Deleting twice is harmless."""
    MessageTemplate.objects.filter(pk=template.pk).delete()

    announce_configuration(sender=MessageTemplate, by=by, now=now)

"""Tell the other apps that the configuration changed."""

from datetime import datetime

from django.db import models

from agents.models import User
from workstreams.signals import configuration_changed


def announce_configuration(*, sender: type[models.Model], by: User | None, now: datetime) -> None:
    """Call it last in the transaction of the change: routing publishes it in there."""
    configuration_changed.send(sender=sender, by=by, now=now)

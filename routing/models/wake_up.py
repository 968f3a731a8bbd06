"""Reasons to run an assignment cycle."""

from django.db import models

from routing.terms import WakeUpKind, choices


class WakeUp(models.Model):
    """Insert-only; the router deletes what it has read. Nothing is lost with it:
    a full cycle runs every few seconds anyway.
    """

    kind = models.CharField(max_length=13, choices=choices(WakeUpKind))
    queue_id = models.BigIntegerField(null=True)
    agent_id = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.queue_id or self.agent_id}"

"""Capacity that an adviser holds, where advice is not free."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from agents.models import Agent
from workstreams.models import Consult


class ConsultReceipt(models.Model):
    """What the agent of one consult holds until it is over; beside ``Assignment`` the only
    receipt that loads count. ``sweeps.release_consults`` gives it back.
    """

    consult = models.OneToOneField(
        Consult, on_delete=models.CASCADE, primary_key=True, related_name="receipt"
    )
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="+")
    units = models.PositiveIntegerField()
    profiles = ArrayField(models.BigIntegerField(), default=list, blank=True)
    held_at = models.DateTimeField()
    capacity_released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            # Given back after it was taken.
            models.CheckConstraint(
                condition=models.Q(capacity_released_at__isnull=True)
                | models.Q(capacity_released_at__gte=models.F("held_at")),
                name="routing_consultreceipt_released_after_held",
            ),
        ]
        indexes = [
            # Receipts that count: the recount, and the sweep.
            models.Index(
                fields=["agent"],
                name="routing_consultreceipt_holding",
                condition=models.Q(capacity_released_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consult_id}: {self.units}"

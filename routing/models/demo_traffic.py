"""Whether invented customers and agents are at work."""

from django.db import models


class DemoTraffic(models.Model):
    """A single row, made by ``create_demo``: without it there is nothing to switch on.

    Written by ``switch_demo_traffic``; off until somebody switches it on.
    """

    is_on = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            # There is one switch.
            models.CheckConstraint(condition=models.Q(id=1), name="routing_demotraffic_single"),
        ]

    def __str__(self) -> str:
        return "on" if self.is_on else "off"

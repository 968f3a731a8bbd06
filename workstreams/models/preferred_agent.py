"""The agents whom a contact should reach first."""

from django.db import models
from django.db.models import Q

from agents.models import Agent
from workstreams.models.contact import Contact

MOST_PREFERRED = 3


class PreferredAgent(models.Model):
    """An agent whom a contact's work is offered to first, in order of ``position`` (A 15).

    People, not configuration: routing reads these rows as they are.
    """

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="preferred_agents")
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="preferred_by")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            # An agent stands once in a contact's list.
            models.UniqueConstraint(
                fields=["contact", "agent"], name="workstreams_preferredagent_once"
            ),
            # Each place is taken once; swapped inside a transaction.
            models.UniqueConstraint(
                fields=["contact", "position"],
                name="workstreams_preferredagent_place_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            # One to three (A 15).
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=MOST_PREFERRED),
                name="workstreams_preferredagent_three_places",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agent} for {self.contact}"

"""How much work an agent may hold, counted by profile."""

from django.db import models
from django.db.models.functions import Lower

from agents.models.agent import Agent
from agents.terms import ResetFrequency, choices
from config.audit import audited


@audited()
class CapacityProfile(models.Model):
    """A limit of work items of one sort (A 13)."""

    name = models.CharField(max_length=100)
    work_item_limit = models.PositiveSmallIntegerField()
    reset_frequency = models.CharField(
        max_length=10, choices=choices(ResetFrequency), default=ResetFrequency.IMMEDIATE
    )
    blocks_assignment = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            # Names are natural keys in the configuration document.
            models.UniqueConstraint(Lower("name"), name="agents_capacityprofile_name_unique"),
            # The original allows 0 to 100.
            models.CheckConstraint(
                condition=models.Q(work_item_limit__lte=100),
                name="agents_capacityprofile_limit_range",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@audited()
class AgentCapacityProfile(models.Model):
    """A profile given to an agent; ``custom_limit`` replaces the profile's own."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="capacity_profiles")
    profile = models.ForeignKey(CapacityProfile, on_delete=models.PROTECT, related_name="holders")
    custom_limit = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            # One row a profile and agent.
            models.UniqueConstraint(
                fields=["agent", "profile"], name="agents_agentcapacityprofile_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agent_id} {self.profile_id}"

    @property
    def limit(self) -> int:
        """The limit in force for this agent."""
        return self.profile.work_item_limit if self.custom_limit is None else self.custom_limit

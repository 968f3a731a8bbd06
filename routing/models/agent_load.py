"""Counters of what agents hold; always equal to the sum of their receipts."""

from django.db import models

from agents.models import Agent, CapacityProfile
from workstreams.models import Queue


class AgentLoad(models.Model):
    """Units held by one agent, written only with the receipts (``hold_capacity``).

    ``items_held`` counts his sessions (B 15.2): what he is offered, what he works on until he
    closes it, whether it still holds capacity or not, and advice that is not free.
    ``last_released_at`` decides *least active*: when work that the agent had taken last gave its
    capacity back. ``last_assigned_at`` says when he last got any.
    """

    agent = models.OneToOneField(
        Agent, on_delete=models.CASCADE, primary_key=True, related_name="load"
    )
    units_used = models.IntegerField(default=0)
    items_held = models.IntegerField(default=0)
    last_assigned_at = models.DateTimeField(null=True)
    last_released_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # Nothing negative is ever held.
            models.CheckConstraint(
                condition=models.Q(units_used__gte=0, items_held__gte=0),
                name="routing_agentload_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agent_id}: {self.units_used}"


class ProfileLoad(models.Model):
    """Items of one capacity profile held by one agent."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="profile_loads")
    profile = models.ForeignKey(CapacityProfile, on_delete=models.CASCADE, related_name="loads")
    used = models.IntegerField(default=0)

    class Meta:
        constraints = [
            # One counter an agent and profile.
            models.UniqueConstraint(fields=["agent", "profile"], name="routing_profileload_once"),
            # Nothing negative is ever held.
            models.CheckConstraint(
                condition=models.Q(used__gte=0), name="routing_profileload_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agent_id} {self.profile_id}: {self.used}"


class QueueTurn(models.Model):
    """When an agent last got work from a queue: the order of round robin (A 10)."""

    # Its index is the unique one below.
    queue = models.ForeignKey(Queue, on_delete=models.CASCADE, db_index=False, related_name="turns")
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="turns")
    last_assigned_at = models.DateTimeField()

    class Meta:
        constraints = [
            # One turn an agent and queue.
            models.UniqueConstraint(fields=["queue", "agent"], name="routing_queueturn_once"),
        ]

    def __str__(self) -> str:
        return f"{self.agent_id} in {self.queue_id}"

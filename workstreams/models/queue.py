"""Where items wait, and which agents serve there."""

from django.db import models
from django.db.models.functions import Lower

from agents.models import Agent, OperatingHours
from config.audit import audited
from workstreams.models.assignment_method import AssignmentMethod
from workstreams.models.living import LivingManager
from workstreams.terms import WorkstreamType, choices


@audited()
class Queue(models.Model):
    """Where work items of one type wait. A smaller priority number goes first (A 7).

    ``custom_method`` decides whom its work goes to; without one ``assignment_method``, which is
    built in, does.
    ``is_default`` marks the three built-in queues; ``revision`` rises with each edit.
    ``distributes`` is false for a basic queue: its work is only picked. Once true it stays so.
    The thresholds are for reports: by when an answer is in time, and how soon leaving does not
    count as abandoned.
    ``deleted_at`` keeps the row for the history of its work.
    """

    name = models.CharField(max_length=200)
    type = models.CharField(max_length=10, choices=choices(WorkstreamType))
    priority = models.PositiveIntegerField(default=1)
    assignment_method = models.CharField(max_length=100, default="highest_capacity")
    custom_method = models.ForeignKey(
        AssignmentMethod, on_delete=models.PROTECT, null=True, blank=True, related_name="queues"
    )
    operating_hours = models.ForeignKey(
        OperatingHours, on_delete=models.PROTECT, null=True, blank=True, related_name="queues"
    )
    distributes = models.BooleanField(default=True)
    service_level_seconds = models.PositiveIntegerField(null=True, blank=True)
    short_abandoned_seconds = models.PositiveIntegerField(null=True, blank=True)
    is_default = models.BooleanField(default=False)
    deleted_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)
    members = models.ManyToManyField(Agent, through="QueueMembership", related_name="queues")

    objects = LivingManager["Queue"]()
    with_deleted = models.Manager["Queue"]()

    class Meta:
        ordering = ["priority", "name"]
        constraints = [
            # Names are natural keys in the configuration document.
            models.UniqueConstraint(
                Lower("name"),
                condition=models.Q(deleted_at=None),
                name="workstreams_queue_name_unique",
            ),
            # Priority counts from 1.
            models.CheckConstraint(
                condition=models.Q(priority__gte=1), name="workstreams_queue_priority_from_one"
            ),
            # A built-in queue distributes its work.
            models.CheckConstraint(
                condition=models.Q(is_default=False) | models.Q(distributes=True),
                name="workstreams_queue_built_in_distributes",
            ),
            # One built-in queue a type.
            models.UniqueConstraint(
                fields=["type"],
                condition=models.Q(is_default=True),
                name="workstreams_queue_one_default",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def method_name(self) -> str:
        """The method as the public contract names it."""
        return self.custom_method.name if self.custom_method else self.assignment_method


@audited()
class QueueMembership(models.Model):
    """One agent serving one queue; ``id`` is the order of joining."""

    queue = models.ForeignKey(Queue, on_delete=models.CASCADE, related_name="memberships")
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="memberships")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            # An agent is a member once.
            models.UniqueConstraint(
                fields=["queue", "agent"], name="workstreams_queuemembership_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agent_id} in {self.queue_id}"

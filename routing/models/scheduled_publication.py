"""A reviewed draft that is to be published later."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from routing.models.configuration import ConfigurationPiece
from routing.terms import ScheduleState, choices


class ScheduledPublication(models.Model):
    """What was reviewed, kept as it was, and when it acts. One waits at most.

    Written by ``actions.schedule_publication``; decided once, by the router's sweep or by
    whoever cancels it.
    """

    by = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    note = models.CharField(max_length=500, blank=True)
    base = models.PositiveIntegerField()
    state = models.CharField(
        max_length=10, choices=choices(ScheduleState), default=ScheduleState.WAITING
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=150, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            # One publication waits at a time.
            models.UniqueConstraint(
                fields=["state"],
                condition=Q(state=ScheduleState.WAITING),
                name="routing_scheduledpublication_one_waits",
            ),
            # A decision has its moment.
            models.CheckConstraint(
                condition=Q(state=ScheduleState.WAITING, decided_at__isnull=True)
                | (~Q(state=ScheduleState.WAITING) & Q(decided_at__isnull=False)),
                name="routing_scheduledpublication_decided_paired",
            ),
            # What is scheduled is still to come.
            models.CheckConstraint(
                condition=Q(due_at__gt=F("at")), name="routing_scheduledpublication_to_come"
            ),
        ]
        triggers = [
            # What was decided stays decided.
            pgtrigger.Protect(
                name="decided_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.state <> 'waiting'"),
            )
        ]

    def __str__(self) -> str:
        return f"publication at {self.due_at:%Y-%m-%d %H:%M}"


class ScheduledChange(models.Model):
    """What the publication makes of one object; no piece takes it away."""

    publication = models.ForeignKey(
        ScheduledPublication, on_delete=models.CASCADE, related_name="changes"
    )
    kind = models.CharField(max_length=30)
    object_id = models.BigIntegerField()
    name = models.CharField(max_length=200)
    piece = models.ForeignKey(
        ConfigurationPiece, on_delete=models.PROTECT, null=True, related_name="scheduled"
    )

    class Meta:
        constraints = [
            # An object changes once a publication.
            models.UniqueConstraint(
                fields=["publication", "kind", "object_id"], name="routing_scheduledchange_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"

"""Loadings of closed work as records to learn from."""

from django.db import models
from django.db.models import Q

from routing.models.learning import LearnedModel
from routing.terms import LoadState, choices

GOING_ON = (LoadState.QUEUED, LoadState.RUNNING)


class ModelLoad(models.Model):
    """One loading: asked for by a person, done by a worker, batch by batch."""

    model = models.ForeignKey(LearnedModel, on_delete=models.CASCADE, related_name="loads")
    state = models.CharField(max_length=10, choices=choices(LoadState), default=LoadState.QUEUED)
    progress = models.PositiveSmallIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    failure = models.CharField(max_length=500, blank=True)
    queued_by = models.CharField(max_length=150, blank=True)
    queued_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            # A model is loaded once at a time.
            models.UniqueConstraint(
                fields=["model"], condition=Q(state__in=GOING_ON), name="routing_modelload_one"
            ),
            # Ended exactly when it says when.
            models.CheckConstraint(
                condition=Q(state__in=GOING_ON, ended_at__isnull=True)
                | (~Q(state__in=GOING_ON) & Q(ended_at__isnull=False)),
                name="routing_modelload_ended_at_paired",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.added} records added, {self.changed} brought up to date"

    @property
    def is_going_on(self) -> bool:
        """Whether a worker has it, or will."""
        return self.state in GOING_ON

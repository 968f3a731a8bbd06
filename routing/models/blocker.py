"""What keeps work waiting although nobody works on it."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from routing.terms import BlockerCause, choices
from workstreams.models import Queue


class BlockerQuerySet(models.QuerySet["Blocker"]):
    """Blockers by whether somebody works on them."""

    def alarming(self, at: datetime) -> "BlockerQuerySet":
        """Nobody does, or longer than he said."""
        return self.exclude(acknowledged_until__gt=at)


class Blocker(models.Model):
    """One cause in one queue, as long as work waits for it; written by ``sweeps.note_blockers``.

    ``detail`` names the skills or the capacity that nobody has. ``number_of_items`` wait, or more
    where it ``is_at_least`` so many, the first of them since ``oldest_since``. A supervisor who
    works on it keeps it off the list of alarms until a moment; the row goes when nothing waits for
    it any more, and stays where a full queue is full by more profiles, or by fewer.
    """

    queue = models.ForeignKey(Queue, on_delete=models.CASCADE, related_name="+")
    cause = models.CharField(max_length=20, choices=choices(BlockerCause))
    detail = models.CharField(max_length=300, blank=True)
    number_of_items = models.PositiveIntegerField()
    is_at_least = models.BooleanField(default=False, db_default=False)
    first_item_id = models.BigIntegerField()
    oldest_since = models.DateTimeField()
    noted_at = models.DateTimeField()
    acknowledged_by = models.CharField(max_length=150, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_until = models.DateTimeField(null=True, blank=True)

    objects = BlockerQuerySet.as_manager()

    class Meta:
        constraints = [
            # Two sweeps at once note it once.
            models.UniqueConstraint(
                fields=["queue", "cause", "detail"], name="routing_blocker_once"
            ),
            # Somebody works on it from a moment until a later one, or nobody does.
            models.CheckConstraint(
                condition=Q(
                    acknowledged_by="",
                    acknowledged_at__isnull=True,
                    acknowledged_until__isnull=True,
                )
                | (
                    ~Q(acknowledged_by="")
                    & Q(acknowledged_at__isnull=False, acknowledged_until__isnull=False)
                    & Q(acknowledged_until__gt=models.F("acknowledged_at"))
                ),
                name="routing_blocker_acknowledged_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.queue_id}: {self.cause}"

    def worked_on_by(self, at: datetime) -> str:
        """The username of who works on it then, or none."""
        is_known = self.acknowledged_until is not None and self.acknowledged_until > at
        return self.acknowledged_by if is_known else ""

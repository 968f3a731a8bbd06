"""When a queue overflows, and what becomes of the work then."""

from typing import Any

from django.db import models
from django.db.models import Q

from config.audit import audited
from workstreams.models.living import only_living
from workstreams.models.queue import Queue
from workstreams.terms import OverflowAction, OverflowCondition, choices


class OverflowPair(models.Model):
    """A condition and its action (A 8), of a queue or of a rule.

    ``threshold`` counts work items, or seconds. Which pairs a type of queue may have, and their
    ranges, says ``workstreams.overflow``.
    """

    condition = models.CharField(max_length=30, choices=choices(OverflowCondition))
    threshold = models.PositiveIntegerField(null=True, blank=True)
    action = models.CharField(max_length=20, choices=choices(OverflowAction))
    to_queue = models.ForeignKey(
        Queue, on_delete=models.PROTECT, null=True, blank=True, related_name="%(class)s_targets"
    )
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        abstract = True
        ordering = ["position", "id"]
        triggers = [only_living("to_queue", "workstreams_queue")]
        constraints = [
            # A transfer, and nothing else, names a queue.
            models.CheckConstraint(
                condition=Q(action=OverflowAction.TRANSFER, to_queue__isnull=False)
                | (~Q(action=OverflowAction.TRANSFER) & Q(to_queue__isnull=True)),
                name="%(app_label)s_%(class)s_target_paired",
            ),
            # Operating hours have no threshold, everything else has one.
            models.CheckConstraint(
                condition=Q(condition=OverflowCondition.OUT_OF_HOURS, threshold__isnull=True)
                | (
                    ~Q(condition=OverflowCondition.OUT_OF_HOURS)
                    & Q(threshold__isnull=False, threshold__gte=1)
                ),
                name="%(app_label)s_%(class)s_threshold_paired",
            ),
        ]

    def document(self) -> dict[str, Any]:
        """The pair in the words of the public contract."""
        return {
            "condition": self.condition,
            "threshold": self.threshold,
            "action": self.action,
            "queue": self.to_queue.name if self.to_queue else None,
        }


@audited()
class OverflowRule(OverflowPair):
    """A pair of a queue; written with the queue's settings."""

    queue = models.ForeignKey(Queue, on_delete=models.CASCADE, related_name="overflow_rules")

    class Meta(OverflowPair.Meta):
        constraints = [
            *OverflowPair.Meta.constraints,
            # A condition stands once at a queue.
            models.UniqueConstraint(
                fields=["queue", "condition"], name="workstreams_overflowrule_once"
            ),
            # Work cannot overflow into the queue that it comes from.
            models.CheckConstraint(
                condition=Q(to_queue__isnull=True) | ~Q(to_queue=models.F("queue")),
                name="workstreams_overflowrule_elsewhere",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.condition} of {self.queue_id}"

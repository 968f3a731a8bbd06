"""When something was last done about a queue that is done about each of them by the clock."""

from django.db import models

from routing.terms import QueueDutyKind, choices
from workstreams.models import Queue


class QueueDuty(models.Model):
    """One row a queue and duty; written by ``sweeps.queue_duty`` alone, which lets one process
    alone do what is due, and a next batch go on where the last one ended.
    """

    queue = models.ForeignKey(Queue, on_delete=models.CASCADE, related_name="+")
    duty = models.CharField(max_length=12, choices=choices(QueueDutyKind))
    done_at = models.DateTimeField()

    class Meta:
        constraints = [
            # Who claims it meets whoever else does.
            models.UniqueConstraint(fields=["queue", "duty"], name="routing_queueduty_once"),
        ]

    def __str__(self) -> str:
        return f"{self.queue_id}: {self.duty}"

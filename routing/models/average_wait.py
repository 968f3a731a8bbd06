"""How long customers of a queue wait, as it was worked out last."""

from django.db import models

from workstreams.models import Queue


class AverageWait(models.Model):
    """The moving average of one queue; there is no row while too few conversations are known.

    Written every ten minutes by ``sweeps.average_waits`` (A 22); ``taken_at`` is when the last
    conversation that it counts was taken.
    """

    queue = models.OneToOneField(
        Queue, on_delete=models.CASCADE, primary_key=True, related_name="average_wait"
    )
    seconds = models.FloatField()
    taken_at = models.DateTimeField()
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            # Nobody waits less than no time.
            models.CheckConstraint(
                condition=models.Q(seconds__gte=0), name="routing_averagewait_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.queue_id}: {self.seconds:.0f} s"

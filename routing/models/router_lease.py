"""Which router is the active one."""

from django.db import models


class RouterLease(models.Model):
    """A single row. Taking it over raises ``epoch``, which fences late writes."""

    holder = models.CharField(max_length=120, blank=True)
    epoch = models.BigIntegerField(default=0)
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            # There is one lease.
            models.CheckConstraint(condition=models.Q(id=1), name="routing_routerlease_single"),
        ]

    def __str__(self) -> str:
        return f"{self.holder} epoch {self.epoch}"

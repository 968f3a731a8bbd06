"""Signs of life of the router and worker processes."""

from django.db import models


class Heartbeat(models.Model):
    """One row a process; ``/readyz`` and ``/metrics`` read how old it is."""

    process = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            # A process beats one row, however often it beats.
            models.UniqueConstraint(fields=["process", "name"], name="config_heartbeat_one_each"),
        ]

    def __str__(self) -> str:
        return f"{self.process} {self.name}"

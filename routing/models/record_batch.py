"""Many records routed by one command."""

from django.db import models
from django.db.models import Q

from agents.models import User
from routing.terms import BatchResult, choices
from workstreams.models import Record


class RecordBatch(models.Model):
    """One command "apply routing rule" for the records that were chosen then.

    ``finished_at`` is set when every row has its result; until then a worker goes on.
    """

    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    total = models.PositiveIntegerField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            # The purge of old batches.
            models.Index(fields=["created_at"], name="routing_recordbatch_old"),
        ]

    def __str__(self) -> str:
        return "1 record" if self.total == 1 else f"{self.total} records"


class RecordBatchRow(models.Model):
    """A record of a batch and what became of it; the title outlives the record."""

    batch = models.ForeignKey(RecordBatch, on_delete=models.CASCADE, related_name="rows")
    record = models.ForeignKey(
        Record,
        # Deleting a record neither searches nor waits for a batch that is at work on it.
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="+",
    )
    title = models.CharField(max_length=300)
    result = models.CharField(
        max_length=10, choices=choices(BatchResult), default=BatchResult.WAITING
    )
    sentence = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            # A record stands once in a batch.
            models.UniqueConstraint(fields=["batch", "record"], name="routing_recordbatchrow_once"),
        ]
        indexes = [
            # What is still to do, and the counts of a batch.
            models.Index(
                fields=["batch", "id"],
                name="routing_recordbatchrow_to_do",
                condition=Q(result=BatchResult.WAITING),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.result}"

"""What was edited and is not published yet, while review before publishing is on."""

from django.db import models


class DraftChange(models.Model):
    """An object whose rows differ from the newest version, and who edited it last.

    Written with each edit while review is on, by ``configuration.edited`` alone. The rows
    stay the truth: publishing compares them anew. An empty ``hash`` means that the object
    has no piece any more.
    """

    kind = models.CharField(max_length=30)
    object_id = models.BigIntegerField()
    name = models.CharField(max_length=200)
    hash = models.CharField(max_length=64, blank=True)
    by = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["kind", "name", "object_id"]
        constraints = [
            # An object is edited once, however often.
            models.UniqueConstraint(fields=["kind", "object_id"], name="routing_draftchange_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"

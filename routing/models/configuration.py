"""Published configuration: pieces by content, versions by number."""

import pgtrigger
from django.db import models


class ConfigurationPiece(models.Model):
    """One workstream, queue or the like as a document, stored once by content."""

    hash = models.CharField(max_length=64, primary_key=True)
    kind = models.CharField(max_length=30)
    document = models.JSONField()

    class Meta:
        triggers = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.kind} {self.hash[:8]}"


class ConfigurationVersion(models.Model):
    """One published state. Its list of pieces is the latest change of each object
    up to its number, so a version costs as much as the change. Immutable.
    """

    number = models.PositiveIntegerField(primary_key=True)
    by = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField()
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-number"]
        triggers = [
            pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"version {self.number}"


class ConfigurationChange(models.Model):
    """What a version changed: an object's new piece, or none when it was deleted.

    ``object_id`` is the row's id, so that a renamed object stays the same object.
    """

    version = models.ForeignKey(
        ConfigurationVersion, on_delete=models.PROTECT, related_name="changes"
    )
    kind = models.CharField(max_length=30)
    object_id = models.BigIntegerField()
    name = models.CharField(max_length=200)
    piece = models.ForeignKey(
        ConfigurationPiece, on_delete=models.PROTECT, null=True, related_name="changes"
    )

    class Meta:
        constraints = [
            # An object changes once a version; also finds the latest change of each object.
            models.UniqueConstraint(
                fields=["kind", "object_id", "version"], name="routing_change_once"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"

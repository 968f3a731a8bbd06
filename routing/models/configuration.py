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

    ``schedule`` names the publication that was to act at this moment, ``rolled_back_to``
    the earlier version that this one brought back.
    """

    number = models.PositiveIntegerField(primary_key=True)
    by = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField()
    note = models.CharField(max_length=500, blank=True)
    # One version at most comes of a schedule.
    schedule = models.OneToOneField(
        "routing.ScheduledPublication",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="version",
    )
    rolled_back_to = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            # Only what was before can be brought back.
            models.CheckConstraint(
                condition=models.Q(rolled_back_to__isnull=True)
                | models.Q(rolled_back_to__lt=models.F("number")),
                name="routing_configurationversion_back_to_earlier",
            ),
        ]
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

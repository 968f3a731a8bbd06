"""What failed in routing itself and a supervisor has to know of."""

from django.db import models

from routing.terms import AlarmKind, choices


class Alarm(models.Model):
    """One failure, written in the transaction that got along without what failed.

    Insert-only, so that failing at once makes nobody wait; equal ones are shown as one.
    Open until a supervisor acknowledges it. Ids are plain numbers and names stand beside
    them: an alarm outlives the rows it speaks of.
    """

    kind = models.CharField(max_length=20, choices=choices(AlarmKind))
    at = models.DateTimeField()
    workstream_id = models.BigIntegerField(null=True)
    workstream_name = models.CharField(max_length=200, blank=True)
    queue_id = models.BigIntegerField(null=True)
    queue_name = models.CharField(max_length=200, blank=True)
    work_item_id = models.BigIntegerField(null=True)
    detail = models.CharField(max_length=300, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.CharField(max_length=150, blank=True)

    class Meta:
        indexes = [
            # The floor and the cap: open alarms by what they are about.
            models.Index(
                fields=["kind", "workstream_id", "queue_id"],
                condition=models.Q(acknowledged_at=None),
                name="routing_alarm_open",
            ),
            # The purge of old alarms.
            models.Index(fields=["at"], name="routing_alarm_at"),
        ]
        constraints = [
            # Acknowledged by somebody, at some moment.
            models.CheckConstraint(
                condition=models.Q(acknowledged_at=None, acknowledged_by="")
                | (models.Q(acknowledged_at__isnull=False) & ~models.Q(acknowledged_by="")),
                name="routing_alarm_acknowledged_paired",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

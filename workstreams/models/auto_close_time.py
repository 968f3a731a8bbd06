"""After how long without activity conversations of a channel are closed."""

from django.db import models
from django.db.models import Q

from config.audit import audited
from workstreams.auto_close import MAXIMUM_MINUTES, STATES
from workstreams.terms import AutoCloseChannel, ItemState, choices


@audited()
class AutoCloseTime(models.Model):
    """One time that was set (A 18); without ``minutes`` never. Written by ``save_auto_close``
    and by imports; where there is no row, the original's time holds."""

    channel = models.CharField(max_length=15, choices=choices(AutoCloseChannel))
    state = models.CharField(max_length=10, choices=choices(ItemState))
    minutes = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            # One time a channel and state.
            models.UniqueConstraint(
                fields=["channel", "state"], name="workstreams_autoclosetime_once"
            ),
            # Records are closed by no time.
            models.CheckConstraint(
                condition=Q(channel__in=list(AutoCloseChannel)),
                name="workstreams_autoclosetime_channel_known",
            ),
            # Waiting has a time of each workstream's own, and closed is closed.
            models.CheckConstraint(
                condition=Q(state__in=[*STATES]), name="workstreams_autoclosetime_state_known"
            ),
            # Up to a year; never is no number.
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__range=(1, MAXIMUM_MINUTES)),
                name="workstreams_autoclosetime_minutes_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.state}"

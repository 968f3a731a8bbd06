"""How an offer is shown to an agent."""

from django.db import models
from django.db.models.functions import Lower

from config.audit import audited


@audited()
class NotificationTemplate(models.Model):
    """Countdown and buttons of an offer (A 12). Built-in ones are not editable."""

    name = models.CharField(max_length=100)
    countdown_seconds = models.PositiveSmallIntegerField(default=120)
    agents_may_decline = models.BooleanField(default=True)
    is_built_in = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            # Names are natural keys in the configuration document.
            models.UniqueConstraint(
                Lower("name"), name="workstreams_notificationtemplate_name_unique"
            ),
            # An offer lasts between five seconds and an hour.
            models.CheckConstraint(
                condition=models.Q(countdown_seconds__gte=5, countdown_seconds__lte=3600),
                name="workstreams_notificationtemplate_countdown_range",
            ),
        ]

    def __str__(self) -> str:
        return self.name

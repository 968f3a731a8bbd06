"""How an offer is shown to an agent."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from config.audit import audited
from workstreams.terms import DesktopNotification, choices

MAXIMUM_FIELDS = 4


@audited()
class NotificationTemplate(models.Model):
    """Words, countdown and buttons of an offer (B 11.2). Built-in ones are not editable.

    ``fields`` is a list of at most four ``{"header": text, "value": text with slugs}``.
    ``revision`` rises with each edit.
    """

    name = models.CharField(max_length=100)
    title = models.CharField(max_length=200, default="{customerName}")
    icon = models.CharField(max_length=40, default="chat")
    fields = models.JSONField(default=list, blank=True)
    shows_countdown = models.BooleanField(default=True)
    countdown_seconds = models.PositiveSmallIntegerField(default=120)
    auto_assign = models.BooleanField(default=False)
    auto_accept = models.BooleanField(default=False)
    accept_label = models.CharField(max_length=40, default="Accept")
    agents_may_decline = models.BooleanField(default=True)
    decline_label = models.CharField(max_length=40, default="Decline")
    desktop_notification = models.CharField(
        max_length=10, choices=choices(DesktopNotification), default=DesktopNotification.NEVER
    )
    is_built_in = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            # Names are natural keys in the configuration document.
            models.UniqueConstraint(
                Lower("name"),
                name="workstreams_notificationtemplate_name_unique",
                violation_error_message="A notification template of this name exists already.",
            ),
            # An offer lasts between five seconds and an hour.
            models.CheckConstraint(
                condition=Q(countdown_seconds__gte=5, countdown_seconds__lte=3600),
                name="workstreams_notificationtemplate_countdown_range",
            ),
            # What is assigned without asking cannot be declined (B 11.2).
            models.CheckConstraint(
                condition=Q(auto_assign=False) | Q(agents_may_decline=False),
                name="workstreams_notificationtemplate_assigned_or_declined",
            ),
            # Opening by itself needs assigning by itself, and a countdown that shows (B 11.2).
            models.CheckConstraint(
                condition=Q(auto_accept=False) | Q(auto_assign=True, shows_countdown=True),
                name="workstreams_notificationtemplate_accepted_when_assigned",
            ),
        ]

    def __str__(self) -> str:
        return self.name

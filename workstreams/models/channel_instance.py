"""One concrete way in: a chat widget, a number, an account."""

from django.db import models
from django.db.models.functions import Lower

from agents.models import OperatingHours
from config.audit import audited
from workstreams.models.living import only_living
from workstreams.models.workstream import Workstream
from workstreams.terms import AgentName, WhenClosed, choices

MOST_RECONNECT_MINUTES = 24 * 60


@audited()
class ChannelInstance(models.Model):
    """A chat widget, number or account whose work goes to one workstream (B 3).

    ``slug`` is in its public addresses; ``settings`` are the channel's own. ``locale`` is the
    language of its messages; ``agent_name`` what customers call agents here. With ``tells_wait``
    who waits is told his place in the queue, or the average wait, or both (A 22). ``when_closed``
    is what a chat does outside its operating hours. Customers who leave a chat come back within
    ``reconnect_minutes`` (none: the usual three), by a link to ``portal_url``; later they are led
    to ``redirect_url`` where there is one (B 4.10).
    """

    workstream = models.ForeignKey(
        Workstream, on_delete=models.PROTECT, related_name="channel_instances"
    )
    name = models.CharField(max_length=100)
    slug = models.SlugField(max_length=60, unique=True)
    is_enabled = models.BooleanField(default=True)
    greeting = models.CharField(
        max_length=500, default="Hello! How can we help? Someone will be with you shortly."
    )
    allowed_origins = models.JSONField(default=list, blank=True)
    locale = models.CharField(max_length=10, default="en")
    agent_name = models.CharField(
        max_length=10, choices=choices(AgentName), default=AgentName.FIRST
    )
    operating_hours = models.ForeignKey(
        OperatingHours,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="channel_instances",
    )
    tells_wait = models.BooleanField(default=True, db_default=True)
    tells_position = models.BooleanField(default=True, db_default=True)
    tells_average_wait = models.BooleanField(default=True, db_default=True)
    when_closed = models.CharField(
        max_length=10,
        choices=choices(WhenClosed),
        default=WhenClosed.SHOWN,
        db_default=WhenClosed.SHOWN.value,
    )
    reconnect_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    portal_url = models.CharField(max_length=300, blank=True, db_default="")
    redirect_url = models.CharField(max_length=300, blank=True, db_default="")
    settings = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        triggers = [only_living("workstream", "workstreams_workstream")]
        constraints = [
            # Known words only.
            models.CheckConstraint(
                condition=models.Q(when_closed__in=list(WhenClosed)),
                name="workstreams_channelinstance_when_closed_known",
            ),
            # A time to come back is one minute to a day.
            models.CheckConstraint(
                condition=models.Q(reconnect_minutes__isnull=True)
                | models.Q(reconnect_minutes__range=(1, MOST_RECONNECT_MINUTES)),
                name="workstreams_channelinstance_reconnect_range",
            ),
            # People tell instances apart by name.
            models.UniqueConstraint(Lower("name"), name="workstreams_channelinstance_name_unique"),
            # A number belongs to one instance (B 7.1).
            models.UniqueConstraint(
                models.F("settings__phone_number"),
                name="workstreams_channelinstance_number_unique",
                condition=models.Q(settings__has_key="phone_number"),
                violation_error_message="This number belongs to another channel instance.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

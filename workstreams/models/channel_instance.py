"""One concrete way in: a chat widget, a number, an account."""

from django.db import models
from django.db.models.functions import Lower

from config.audit import audited
from workstreams.models.workstream import Workstream


@audited()
class ChannelInstance(models.Model):
    """A chat widget, number or account whose work goes to one workstream (B 3).

    ``slug`` is in its public addresses; ``settings`` are the channel's own.
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
    settings = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            # People tell instances apart by name.
            models.UniqueConstraint(Lower("name"), name="workstreams_channelinstance_name_unique"),
        ]

    def __str__(self) -> str:
        return self.name

"""Who talks to customers, or whispers to agents, without being a person."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from config.audit import audited
from workstreams.models.living import LivingManager
from workstreams.terms import BotKind, BotPurpose, choices


@audited()
class Bot(models.Model):
    """A bot of conversations, or a smart assist bot of agents (B 11.7, 12).

    A webhook bot has an ``endpoint``, and ``secret`` (encrypted) signs what is sent to
    it; a scripted one answers by its ``script`` and needs no outside service.
    ``deleted_at`` keeps the row for the conversations it had.
    """

    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=choices(BotKind))
    purpose = models.CharField(
        max_length=12, choices=choices(BotPurpose), default=BotPurpose.CONVERSATION
    )
    endpoint = models.CharField(max_length=500, blank=True)
    secret = models.TextField(blank=True)
    script = models.JSONField(default=dict, blank=True)
    is_enabled = models.BooleanField(default=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)

    objects = LivingManager["Bot"]()
    with_deleted = models.Manager["Bot"]()

    class Meta:
        ordering = ["name"]
        constraints = [
            # Names are natural keys in the configuration document.
            models.UniqueConstraint(
                Lower("name"),
                condition=Q(deleted_at=None),
                name="workstreams_bot_name_unique",
                violation_error_message="A bot of this name exists already.",
            ),
            # A webhook bot is somewhere; a scripted one is here.
            models.CheckConstraint(
                condition=(Q(kind=BotKind.WEBHOOK) & ~Q(endpoint=""))
                | Q(kind=BotKind.SCRIPTED, endpoint=""),
                name="workstreams_bot_endpoint_paired",
            ),
        ]

    def __str__(self) -> str:
        return self.name

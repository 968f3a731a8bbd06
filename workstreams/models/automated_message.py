"""What the system says by itself, where it differs from the built-in words."""

from django.db import models
from django.db.models import Q

from config.audit import audited
from workstreams.models.channel_instance import ChannelInstance
from workstreams.terms import Channel, MessageTrigger, choices


@audited()
class AutomatedMessage(models.Model):
    """The text of one trigger in one language, of a channel or of one instance (B 9).

    The built-in words are in ``workstreams.automated_messages``; a channel's row stands
    in for them, and an instance's row for the channel's. ``is_active`` false says nothing.
    """

    trigger = models.CharField(max_length=40, choices=choices(MessageTrigger))
    locale = models.CharField(max_length=10, default="en")
    channel = models.CharField(max_length=10, choices=choices(Channel))
    channel_instance = models.ForeignKey(
        ChannelInstance,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="automated_messages",
    )
    text = models.CharField(max_length=1000)
    is_active = models.BooleanField(default=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["channel", "trigger", "locale"]
        constraints = [
            # One text of a trigger and language at each level.
            models.UniqueConstraint(
                fields=["channel", "trigger", "locale"],
                condition=Q(channel_instance=None),
                name="workstreams_automatedmessage_once_a_channel",
                violation_error_message="The channel has this message in this language already.",
            ),
            models.UniqueConstraint(
                fields=["channel_instance", "trigger", "locale"],
                condition=Q(channel_instance__isnull=False),
                name="workstreams_automatedmessage_once_an_instance",
                violation_error_message="This message exists already in this language.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trigger} ({self.locale})"

"""Texts for messages that the organisation sends first."""

from django.db import models
from django.db.models.functions import Lower

from config.audit import audited
from workstreams.terms import Channel, choices


@audited()
class MessageTemplate(models.Model):
    """An outbound text by language (B 11.6): ``texts`` is ``{locale: text with slugs}``."""

    name = models.CharField(max_length=100)
    channel = models.CharField(max_length=10, choices=choices(Channel), default=Channel.SMS)
    default_locale = models.CharField(max_length=10, default="en")
    texts = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            # Names are natural keys in the configuration document.
            models.UniqueConstraint(
                Lower("name"),
                name="workstreams_messagetemplate_name_unique",
                violation_error_message="A message template of this name exists already.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

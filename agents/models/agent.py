"""People who handle work."""

from django.db import models

from agents.models.user import User
from config.audit import audited


@audited()
class Agent(models.Model):
    """What routing knows of a person; written by administrators.

    ``capacity_units`` is the limit of unit-based work. Without a limit (null) an
    agent gets no unit-based work: a missing policy never means unlimited.
    ``locale`` is the language of quick replies; empty means that of the conversation.
    """

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="agent")
    capacity_units = models.PositiveIntegerField(null=True, blank=True)
    default_presence = models.ForeignKey(
        "agents.Presence", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    operating_hours = models.ForeignKey(
        "agents.OperatingHours", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    nickname = models.CharField(max_length=100, blank=True)
    locale = models.CharField(max_length=10, blank=True)
    is_enabled = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["user__username"]

    def __str__(self) -> str:
        return self.user.display_name

    @property
    def username(self) -> str:
        return self.user.username

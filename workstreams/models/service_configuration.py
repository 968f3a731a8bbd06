"""Switches of the whole service."""

from django.db import models

from config.audit import audited
from workstreams.switches import DECLINES


@audited()
class ServiceConfiguration(models.Model):
    """The one row of switches. Record routing, once on, stays on (A 2, B 1.1).

    ``maximum_declines`` is how often one agent may decline or miss the same work item before
    it is no longer offered to him. With ``reviews_before_publishing`` edits of routing wait for
    somebody to publish them.
    """

    record_routing_enabled_at = models.DateTimeField(null=True, blank=True)
    personal_quick_replies = models.BooleanField(default=True)
    inactive_after_missed = models.BooleanField(default=False, db_default=False)
    undisturbed_after_declined = models.BooleanField(default=False, db_default=False)
    preferred_agents = models.BooleanField(default=False, db_default=False)
    waits_for_preferred_agent = models.BooleanField(default=False, db_default=False)
    agents_change_skills = models.BooleanField(default=False, db_default=False)
    agent_consults_hold_capacity = models.BooleanField(default=False, db_default=False)
    queue_consults_hold_capacity = models.BooleanField(default=False, db_default=False)
    reviews_before_publishing = models.BooleanField(default=False, db_default=False)
    maximum_declines = models.PositiveSmallIntegerField(default=3, db_default=3)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            # There is one service.
            models.CheckConstraint(
                condition=models.Q(pk=1), name="workstreams_serviceconfiguration_one"
            ),
            # One to five times (A 12).
            models.CheckConstraint(
                condition=models.Q(maximum_declines__range=DECLINES),
                name="workstreams_serviceconfiguration_declines_range",
            ),
        ]

    def __str__(self) -> str:
        return "Service configuration"

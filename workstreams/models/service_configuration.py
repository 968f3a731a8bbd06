"""Switches of the whole service."""

from django.db import models

from config.audit import audited
from workstreams.switches import DECLINES, REACHES, SEARCH_NAMES, SEARCH_SECONDS
from workstreams.terms import AgentReach, QueueReach, choices

# The longest word of a reach.
REACH_LENGTH = 12


@audited()
class ServiceConfiguration(models.Model):
    """The one row of switches. Record routing, once on, stays on (A 2, B 1.1).

    ``maximum_declines`` is how often one agent may decline or miss the same work item before
    it is no longer offered to him. ``transfer_...`` and ``consult_...`` say whom agents may choose,
    ``..._search_seconds`` how long a queue is asked for advice, ``..._presence_...`` how the
    presence after a refused offer is called and described (B 11.3), ``supervisors_...`` what
    supervisors do with the work of others (B 16.1). With ``reviews_before_publishing`` edits of
    routing wait for somebody to publish them.
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
    transfers_to_agents = models.BooleanField(default=True, db_default=True)
    asks_queues = models.BooleanField(default=True, db_default=True)
    transfer_queues = models.CharField(
        max_length=REACH_LENGTH,
        choices=choices(QueueReach),
        default=QueueReach.EVERY,
        db_default=QueueReach.EVERY.value,
    )
    transfer_agents = models.CharField(
        max_length=REACH_LENGTH,
        choices=choices(AgentReach),
        default=AgentReach.EVERY,
        db_default=AgentReach.EVERY.value,
    )
    consult_queues = models.CharField(
        max_length=REACH_LENGTH,
        choices=choices(QueueReach),
        default=QueueReach.EVERY,
        db_default=QueueReach.EVERY.value,
    )
    consult_agents = models.CharField(
        max_length=REACH_LENGTH,
        choices=choices(AgentReach),
        default=AgentReach.EVERY,
        db_default=AgentReach.EVERY.value,
    )
    messaging_search_seconds = models.PositiveSmallIntegerField(null=True, blank=True)
    voice_search_seconds = models.PositiveSmallIntegerField(null=True, blank=True)
    missed_presence_name = models.CharField(max_length=100, blank=True, default="", db_default="")
    missed_presence_description = models.CharField(
        max_length=500, blank=True, default="", db_default=""
    )
    declined_presence_name = models.CharField(max_length=100, blank=True, default="", db_default="")
    declined_presence_description = models.CharField(
        max_length=500, blank=True, default="", db_default=""
    )
    supervisors_monitor = models.BooleanField(default=True, db_default=True)
    supervisors_assign = models.BooleanField(default=True, db_default=True)
    supervisors_transfer = models.BooleanField(default=True, db_default=True)
    supervisors_force_close = models.BooleanField(default=True, db_default=True)
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
            # Known words only, of whom agents may choose (B 15.6).
            *(
                models.CheckConstraint(
                    condition=models.Q((f"{reach.name}__in", list(reach.terms))),
                    name=f"workstreams_serviceconfiguration_{reach.name}",
                )
                for reach in REACHES
            ),
            # As long as an offer may last.
            *(
                models.CheckConstraint(
                    condition=models.Q(
                        (f"{name}__isnull", True),
                        (f"{name}__range", SEARCH_SECONDS),
                        _connector=models.Q.OR,
                    ),
                    name=f"workstreams_serviceconfiguration_{name}",
                )
                for name in SEARCH_NAMES
            ),
        ]

    def __str__(self) -> str:
        return "Service configuration"

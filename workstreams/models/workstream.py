"""The container that enriches, routes and assigns work items of a channel type."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from agents.models import CapacityProfile
from agents.terms import BasePresence, CapacityFormat
from agents.terms import choices as agent_choices
from config.audit import audited
from workstreams.models.bot import Bot
from workstreams.models.living import LivingManager, only_living
from workstreams.models.notification_template import NotificationTemplate
from workstreams.models.queue import Queue
from workstreams.models.record import RecordType
from workstreams.models.session_template import SessionTemplate
from workstreams.terms import (
    Channel,
    DistributionMode,
    SkillMatching,
    WorkstreamType,
    WrapUpBlock,
    choices,
)


def default_presences() -> list[str]:
    """Where new workstreams offer work: to people who are there."""
    return [BasePresence.AVAILABLE.value, BasePresence.BUSY.value]


@audited()
class Workstream(models.Model):
    """One bundle of settings for all channel instances of one channel (B 1).

    Written by administrators through ``actions``; ``revision`` rises with each edit.
    A scenario without a template of its own uses ``notification_template``, that of
    incoming work of unknown customers. ``may_be_picked`` lets agents take work that is
    offered automatically. ``deleted_at`` keeps the row for the history of its work.
    """

    name = models.CharField(max_length=100)
    type = models.CharField(max_length=10, choices=choices(WorkstreamType))
    channel = models.CharField(max_length=10, choices=choices(Channel))
    record_type = models.ForeignKey(
        RecordType, on_delete=models.PROTECT, null=True, blank=True, related_name="workstreams"
    )
    persistent_chat = models.BooleanField(default=False)
    distribution_mode = models.CharField(max_length=4, choices=choices(DistributionMode))
    fallback_queue = models.ForeignKey(Queue, on_delete=models.PROTECT, related_name="fallback_of")
    capacity_format = models.CharField(
        max_length=7, choices=agent_choices(CapacityFormat), default=CapacityFormat.UNIT
    )
    capacity_units = models.PositiveSmallIntegerField(default=1)
    capacity_profiles = models.ManyToManyField(
        CapacityProfile, blank=True, related_name="workstreams"
    )
    wrap_up_block = models.CharField(
        max_length=6, choices=choices(WrapUpBlock), default=WrapUpBlock.ALWAYS
    )
    wrap_up_seconds = models.PositiveSmallIntegerField(null=True, blank=True)
    allowed_presences = ArrayField(
        models.CharField(max_length=10, choices=agent_choices(BasePresence)),
        default=default_presences,
    )
    skill_matching = models.CharField(
        max_length=7, choices=choices(SkillMatching), default=SkillMatching.EXACT
    )
    keep_same_agent = models.BooleanField(default=False)
    auto_close_after_minutes = models.PositiveIntegerField(null=True, blank=True)
    notification_template = models.ForeignKey(
        NotificationTemplate, on_delete=models.PROTECT, related_name="workstreams"
    )
    authenticated_template = models.ForeignKey(
        NotificationTemplate, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    consult_template = models.ForeignKey(
        NotificationTemplate, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    transfer_template = models.ForeignKey(
        NotificationTemplate, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    supervisor_assign_template = models.ForeignKey(
        NotificationTemplate, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    session_template = models.ForeignKey(
        SessionTemplate,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="workstreams",
    )
    may_be_picked = models.BooleanField(default=False)
    bot = models.ForeignKey(
        Bot, on_delete=models.PROTECT, null=True, blank=True, related_name="workstreams"
    )
    assist_bots = models.ManyToManyField(Bot, blank=True, related_name="assisted_workstreams")
    deleted_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = LivingManager["Workstream"]()
    with_deleted = models.Manager["Workstream"]()

    class Meta:
        ordering = ["name"]
        triggers = [only_living("fallback_queue", "workstreams_queue")]
        constraints = [
            # Names are natural keys in the configuration document.
            models.UniqueConstraint(
                Lower("name"),
                condition=Q(deleted_at=None),
                name="workstreams_workstream_name_unique",
                violation_error_message="A workstream of this name exists already.",
            ),
            # Calls cannot be picked (user's document).
            models.CheckConstraint(
                condition=~Q(type=WorkstreamType.VOICE)
                | Q(distribution_mode=DistributionMode.PUSH),
                name="workstreams_workstream_voice_is_push",
            ),
            # Channel fits the type.
            models.CheckConstraint(
                condition=Q(type=WorkstreamType.RECORD, channel=Channel.RECORD)
                | Q(type=WorkstreamType.VOICE, channel=Channel.VOICE)
                | (
                    Q(type=WorkstreamType.MESSAGING)
                    & ~Q(channel__in=[Channel.RECORD, Channel.VOICE])
                ),
                name="workstreams_workstream_channel_fits_type",
            ),
            # A record workstream names its record type, others have none.
            models.CheckConstraint(
                condition=Q(type=WorkstreamType.RECORD, record_type__isnull=False)
                | (~Q(type=WorkstreamType.RECORD) & Q(record_type__isnull=True)),
                name="workstreams_workstream_record_type_paired",
            ),
            # Bots get offered work only, and no records (B 12).
            models.CheckConstraint(
                condition=Q(bot=None)
                | (Q(distribution_mode=DistributionMode.PUSH) & ~Q(type=WorkstreamType.RECORD)),
                name="workstreams_workstream_bot_is_push",
            ),
            # Work that is picked anyway needs no leave to be picked.
            models.CheckConstraint(
                condition=Q(may_be_picked=False) | Q(distribution_mode=DistributionMode.PUSH),
                name="workstreams_workstream_may_be_picked_is_push",
            ),
            # Only chat can be persistent.
            models.CheckConstraint(
                condition=Q(persistent_chat=False) | Q(channel=Channel.LIVE_CHAT),
                name="workstreams_workstream_persistent_is_chat",
            ),
            # A wrap-up time exactly when blocking is by time, 30 s to 60 min (design 7.9).
            models.CheckConstraint(
                condition=Q(
                    wrap_up_block=WrapUpBlock.CUSTOM,
                    wrap_up_seconds__gte=30,
                    wrap_up_seconds__lte=3600,
                )
                | (~Q(wrap_up_block=WrapUpBlock.CUSTOM) & Q(wrap_up_seconds__isnull=True)),
                name="workstreams_workstream_wrap_up_paired",
            ),
        ]

    def __str__(self) -> str:
        return self.name

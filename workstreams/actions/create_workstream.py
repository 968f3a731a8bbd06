"""Create a workstream."""

from datetime import datetime
from typing import Final

from django.db import transaction

from agents.actions.lock_chosen import lock_chosen
from agents.models import User
from workstreams.actions.announce_configuration import announce_configuration
from workstreams.actions.check_workstream import ONE_CHANNEL, check_workstream
from workstreams.actions.choose_fallback_queue import choose_fallback_queue
from workstreams.actions.refusals import InvalidSettings, refusing_taken_names
from workstreams.models import Queue, RecordType, Workstream
from workstreams.queries.built_in_templates import built_in_notifications, built_in_session
from workstreams.queries.service_configuration import record_routing_is_enabled
from workstreams.terms import Channel, DistributionMode, WorkstreamType

# Persistent chats "typically" stay 28 days, SMS at least 8 hours (B, C4).
AUTO_CLOSE_MINUTES: Final = 28 * 24 * 60
RECORDS_ARE_OFF: Final = (
    "Records are not routed yet: unified routing for records is off. Switch it on in the service"
    " configuration."
)
ONE_CHANNEL_ONLY: Final = (
    "Workstreams of this type have one channel, which is not chosen. Leave this empty."
)


@transaction.atomic
def create_workstream(
    *,
    name: str,
    type: str,
    distribution_mode: str,
    by: User,
    now: datetime,
    channel: str = "",
    record_type: RecordType | None = None,
    persistent_chat: bool = False,
    fallback_queue: Queue | None = None,
    new_queue: str = "",
) -> Workstream:
    """Create it with the defaults of its channel, and its new fallback queue with it.

    Refuses with InvalidSettings what does not go together, and records while they are not
    routed (A 2); then no queue is left behind.
    """
    workstream = Workstream(
        name=name.strip(),
        type=type,
        channel=ONE_CHANNEL.get(type, channel),
        record_type=record_type,
        persistent_chat=persistent_chat,
        distribution_mode=distribution_mode,
    )
    stays = _comes_back(workstream)
    workstream.keep_same_agent = stays and distribution_mode == DistributionMode.PUSH
    workstream.auto_close_after_minutes = AUTO_CLOSE_MINUTES if stays else None
    check_workstream(workstream)
    _check_creation(workstream, channel)
    lock_chosen(workstream.record_type)

    for field, template in built_in_notifications(workstream.channel).items():
        setattr(workstream, field, template)
    workstream.session_template = built_in_session(workstream.channel)
    workstream.fallback_queue = choose_fallback_queue(
        type=type, existing=fallback_queue, new=new_queue, by=by, now=now
    )
    with refusing_taken_names("workstream", workstream.name):
        workstream.save()

    announce_configuration(sender=Workstream, by=by, now=now)
    return workstream


def _check_creation(workstream: Workstream, channel: str) -> None:
    one = ONE_CHANNEL.get(workstream.type)
    if one is not None and channel not in ("", one):
        raise InvalidSettings({"channel": ONE_CHANNEL_ONLY})
    if workstream.type == WorkstreamType.RECORD and not record_routing_is_enabled():
        raise InvalidSettings({"record_type": RECORDS_ARE_OFF})


def _comes_back(workstream: Workstream) -> bool:
    """Conversations that wait for the customer; affinity is on for them (design 7.18)."""
    if workstream.channel == Channel.LIVE_CHAT:
        return workstream.persistent_chat
    return workstream.type == WorkstreamType.MESSAGING and workstream.channel != Channel.CUSTOM

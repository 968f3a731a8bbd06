"""The workstreams of the demo organisation and the ways in to them."""

from datetime import datetime

from agents.models import CapacityProfile, User
from agents.terms import CapacityFormat
from workstreams.actions.create_channel_instance import create_channel_instance
from workstreams.actions.create_workstream import create_workstream
from workstreams.actions.edit_workstream import edit_workstream
from workstreams.models import Queue, RecordType, Workstream
from workstreams.terms import (
    Channel,
    DistributionMode,
    SkillMatching,
    WorkstreamType,
    WrapUpBlock,
)

WRAP_UP_SECONDS = 30


def create_workstreams(
    *, queues: dict[str, Queue], by: User, now: datetime
) -> dict[str, Workstream]:
    """One of each sort: pushed and picked chat, text messages, cases, calls."""
    created = [
        _create_chat(queues["Support"], by, now),
        _create_sales_chat(queues["Sales"], by, now),
        _create_text_messages(queues["Text messages"], by, now),
        _create_cases(queues["Cases"], by, now),
        _create_phone(queues["Phone support"], by, now),
    ]
    return {workstream.name: workstream for workstream in created}


def _create_chat(queue: Queue, by: User, now: datetime) -> Workstream:
    workstream = create_workstream(
        name="Contoso chat",
        type=WorkstreamType.MESSAGING,
        channel=Channel.LIVE_CHAT,
        distribution_mode=DistributionMode.PUSH,
        fallback_queue=queue,
        by=by,
        now=now,
    )
    create_channel_instance(
        workstream=workstream, name="Contoso support", slug="support", by=by, now=now
    )
    return edit_workstream(
        workstream=workstream,
        skill_matching=SkillMatching.CLOSEST,
        wrap_up_block=WrapUpBlock.CUSTOM,
        wrap_up_seconds=WRAP_UP_SECONDS,
        by=by,
        now=now,
    )


def _create_sales_chat(queue: Queue, by: User, now: datetime) -> Workstream:
    workstream = create_workstream(
        name="Contoso sales chat",
        type=WorkstreamType.MESSAGING,
        channel=Channel.LIVE_CHAT,
        distribution_mode=DistributionMode.PICK,
        fallback_queue=queue,
        by=by,
        now=now,
    )
    create_channel_instance(
        workstream=workstream,
        name="Contoso sales",
        slug="sales",
        greeting="Hello! Ask us anything about our machines and beans.",
        by=by,
        now=now,
    )
    return workstream


def _create_text_messages(queue: Queue, by: User, now: datetime) -> Workstream:
    workstream = create_workstream(
        name="Contoso text messages",
        type=WorkstreamType.MESSAGING,
        channel=Channel.SMS,
        distribution_mode=DistributionMode.PUSH,
        fallback_queue=queue,
        by=by,
        now=now,
    )
    return edit_workstream(workstream=workstream, skill_matching=SkillMatching.NONE, by=by, now=now)


def _create_cases(queue: Queue, by: User, now: datetime) -> Workstream:
    workstream = create_workstream(
        name="Contoso cases",
        type=WorkstreamType.RECORD,
        record_type=RecordType.objects.get(name="case"),
        distribution_mode=DistributionMode.PUSH,
        fallback_queue=queue,
        by=by,
        now=now,
    )
    return edit_workstream(
        workstream=workstream,
        capacity_format=CapacityFormat.PROFILE,
        capacity_profiles=[CapacityProfile.objects.get(name="Cases")],
        by=by,
        now=now,
    )


def _create_phone(queue: Queue, by: User, now: datetime) -> Workstream:
    workstream = create_workstream(
        name="Contoso phone",
        type=WorkstreamType.VOICE,
        distribution_mode=DistributionMode.PUSH,
        fallback_queue=queue,
        by=by,
        now=now,
    )
    return edit_workstream(
        workstream=workstream,
        capacity_format=CapacityFormat.PROFILE,
        capacity_profiles=[CapacityProfile.objects.get(name="Calls")],
        wrap_up_block=WrapUpBlock.CUSTOM,
        wrap_up_seconds=WRAP_UP_SECONDS,
        by=by,
        now=now,
    )

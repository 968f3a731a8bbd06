"""A workstream as the API shows one."""

from collections.abc import Sequence
from typing import Literal, NotRequired

from django.db.models import QuerySet
from typing_extensions import TypedDict

from agents.terms import CapacityFormat
from workstreams.models import NotificationTemplate, SessionTemplate, Workstream
from workstreams.queries.built_in_templates import TEMPLATE_FIELDS
from workstreams.terms import WrapUpBlock


class CapacityDocument(TypedDict):
    """What one work item takes: units, or one of each profile."""

    format: Literal["unit", "profile"]
    units: NotRequired[int]
    profiles: NotRequired[list[str]]


class WrapUpDocument(TypedDict):
    """How long wrap-up keeps capacity; seconds with ``custom`` only."""

    mode: Literal["always", "never", "custom"]
    seconds: NotRequired[int]


class WorkstreamDocument(TypedDict):
    """A workstream; names stand for queue, record type, profiles and template."""

    id: int
    name: str
    type: str
    channel: str
    record_type: str | None
    persistent_chat: bool
    distribution_mode: str
    fallback_queue: str
    capacity: CapacityDocument
    wrap_up_block: WrapUpDocument
    allowed_presences: list[str]
    skill_matching: str
    keep_same_agent: bool
    may_be_picked: bool
    auto_close_after_minutes: int | None
    notification_template: str
    authenticated_template: str | None
    consult_template: str | None
    transfer_template: str | None
    supervisor_assign_template: str | None
    session_template: str | None
    revision: int


class CopyDocument(WorkstreamDocument):
    """A copy; ``left_out`` says in sentences what it did not get, because it exists once."""

    left_out: list[str]


def workstream_rows() -> "QuerySet[Workstream]":
    """Workstreams with all that a document shows: two queries."""
    return Workstream.objects.select_related(
        "fallback_queue", "record_type", "session_template", *TEMPLATE_FIELDS.values()
    ).prefetch_related("capacity_profiles")


def workstream_documents(workstreams: Sequence[Workstream]) -> list[WorkstreamDocument]:
    """Of rows from ``workstream_rows``."""
    return [workstream_document(workstream) for workstream in workstreams]


def workstream_document(workstream: Workstream) -> WorkstreamDocument:
    """Of a row from ``workstream_rows``."""
    record_type = workstream.record_type
    return WorkstreamDocument(
        id=workstream.pk,
        name=workstream.name,
        type=workstream.type,
        channel=workstream.channel,
        record_type=record_type.name if record_type else None,
        persistent_chat=workstream.persistent_chat,
        distribution_mode=workstream.distribution_mode,
        fallback_queue=workstream.fallback_queue.name,
        capacity=_capacity(workstream),
        wrap_up_block=_wrap_up(workstream),
        allowed_presences=workstream.allowed_presences,
        skill_matching=workstream.skill_matching,
        keep_same_agent=workstream.keep_same_agent,
        may_be_picked=workstream.may_be_picked,
        auto_close_after_minutes=workstream.auto_close_after_minutes,
        notification_template=workstream.notification_template.name,
        authenticated_template=_name(workstream.authenticated_template),
        consult_template=_name(workstream.consult_template),
        transfer_template=_name(workstream.transfer_template),
        supervisor_assign_template=_name(workstream.supervisor_assign_template),
        session_template=_name(workstream.session_template),
        revision=workstream.revision,
    )


def _name(template: NotificationTemplate | SessionTemplate | None) -> str | None:
    return template.name if template else None


def _capacity(workstream: Workstream) -> CapacityDocument:
    if workstream.capacity_format == CapacityFormat.UNIT:
        return CapacityDocument(format="unit", units=workstream.capacity_units)
    profiles = [profile.name for profile in workstream.capacity_profiles.all()]
    return CapacityDocument(format="profile", profiles=profiles)


def _wrap_up(workstream: Workstream) -> WrapUpDocument:
    if workstream.wrap_up_block == WrapUpBlock.ALWAYS:
        return WrapUpDocument(mode="always")
    if workstream.wrap_up_block == WrapUpBlock.NEVER:
        return WrapUpDocument(mode="never")
    return WrapUpDocument(mode="custom", seconds=workstream.wrap_up_seconds or 0)

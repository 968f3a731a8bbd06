"""Work items and the ways in."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from workstreams.models import ChannelInstance, WorkItem, Workstream
from workstreams.terms import DistributionMode, ItemKind, WorkstreamType

NUMBERS = count(1)
NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


def make_chat_widget(workstream: Workstream, slug: str = "", **fields: Any) -> ChannelInstance:
    """A chat widget of the workstream."""
    slug = slug or f"chat-{next(NUMBERS)}"
    return ChannelInstance.objects.create(
        workstream=workstream, name=fields.pop("name", slug), slug=slug, **fields
    )


def make_item(workstream: Workstream, *, at: datetime = NOW, **fields: Any) -> WorkItem:
    """An open item waiting in the workstream's fallback queue; no routing has happened."""
    is_record = workstream.type == WorkstreamType.RECORD
    defaults: dict[str, Any] = {
        "kind": ItemKind.RECORD if is_record else ItemKind.CONVERSATION,
        "channel": workstream.channel,
        "title": f"item {next(NUMBERS)}",
        "queue": workstream.fallback_queue,
        "is_pushed": workstream.distribution_mode == DistributionMode.PUSH,
        "required_units": workstream.capacity_units,
        "requirement_key": f"workstream-{workstream.pk}",
        "created_at": at,
        "waiting_since": at,
        "last_activity_at": at,
        "state_changed_at": at,
        "configuration_version": 1,
    }
    return WorkItem.objects.create(workstream=workstream, **{**defaults, **fields})

"""What a copy of a workstream does not get, because it exists once."""

from collections.abc import Sequence
from typing import Final

from workstreams.models import Workstream

NAMED: Final = 10


def left_out_of_copy(workstream: Workstream) -> list[str]:
    """A sentence a kind, with count and names: channel instances, and intake rules; 2 queries."""
    instances = workstream.channel_instances.order_by("name").values_list("name", flat=True)
    rules = workstream.intake_rules.order_by("position").values_list("name", flat=True)
    return [
        *_sentence("channel instance", list(instances)),
        *_sentence("intake rule", list(rules)),
    ]


def _sentence(noun: str, names: Sequence[str]) -> list[str]:
    if not names:
        return []
    shown = ", ".join(names[:NAMED])
    if len(names) > NAMED:
        shown = f"{shown} and {len(names) - NAMED} more"
    counted = f"1 {noun} was" if len(names) == 1 else f"{len(names)} {noun}s were"
    return [f"{counted} not copied: {shown}."]

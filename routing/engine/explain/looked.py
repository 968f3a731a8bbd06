"""What was seen when the members of a queue were looked at for an item."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from routing.engine.decisions import Failure
from routing.engine.explain.pack import Table

# The test that only some items of a need ask.
DECLINED: Final = "has_not_declined_too_often"

Failed = Sequence[tuple[str, Failure]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Looked:
    """The names of eligible agents, in order, with a table of their numbers, the others with what
    they failed, and what the method says of the item itself. Both may leave out who is only
    counted."""

    eligible: Sequence[str]
    numbers: Table
    eligible_count: int
    failed: Failed
    counts: Mapping[str, int]
    head: dict[str, Any]

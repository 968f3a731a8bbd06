"""What the checks are told of people: live rows, read at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from agents.terms import BasePresence


@dataclass(frozen=True, kw_only=True, slots=True)
class QueueStaff:
    """The enabled members of one queue together. ``units`` is the largest limit of one."""

    members: int = 0
    units: int = 0
    profiles: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class Staff:
    """Enabled agents: of each queue, and the best rating of each skill; no rating is 0."""

    queues: Mapping[int, QueueStaff] = field(default_factory=dict)
    skills: Mapping[str, float] = field(default_factory=dict)
    presences: frozenset[BasePresence] = frozenset(BasePresence)


NOBODY = QueueStaff()

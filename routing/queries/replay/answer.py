"""What comes of making a decision again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

Rules = Literal["then", "published", "draft"]
THEN: Final = "then"
NOT_KEPT: Final = "It cannot be made again: it was made before decisions kept what they read."
TOO_LONG: Final = (
    "It cannot be made again: what it read was too long to be kept with it ({fields}). A decision"
    " keeps 2.5 KB of what rules ask for."
)
TOO_LONG_OF_ASSIGNMENT: Final = (
    "It cannot be made again: what it read was too long to be kept with it ({fields}). An"
    " assignment keeps values of up to 200 bytes, and 1 KB in all."
)
BATCH_GONE: Final = (
    "It cannot be made again: what was decided just before it, along with it, is no longer kept."
)
GONE: Final = "The workstream or the queue is not among these rules."
NO_VERSION: Final = "It cannot be made again: its version of the configuration is not here."


@dataclass(frozen=True, kw_only=True)
class Made:
    """A decision made again by one set of rules. ``outcome`` is what comes of it, however they
    came to that; ``document`` has the result of every rule, ``stored`` is what would be kept.
    Where the rules have no answer, ``sentence`` says why."""

    outcome: Any = None
    document: dict[str, Any] = field(default_factory=dict)
    stored: Mapping[str, Any] = field(default_factory=dict)
    sentence: str = ""
    has_answer: bool = True


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What one set of rules says: those of ``then``, the published ones, or the draft.

    ``is_same`` is None where they say nothing; ``document`` has the result of every rule.
    """

    rules: Rules
    version: int | None
    is_same: bool | None
    sentence: str = ""
    document: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Replay:
    """``is_same`` is None where the decision cannot be made again; ``sentence`` says why.
    ``answers`` are of the same rules first, then of today's."""

    is_same: bool | None
    sentence: str = ""
    document: dict[str, Any] = field(default_factory=dict)
    answers: list[Answer] = field(default_factory=list)

"""One key of a section's entry."""

from dataclasses import dataclass
from typing import Any, Final

from routing.configuration.documents.checks import Check, text

REQUIRED: Final = object()


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """What the key may hold; ``refers_to`` names the kind whose names it holds, one or a list."""

    check: Check
    default: Any = REQUIRED
    refers_to: str | None = None


Fields = dict[str, Field]

NAME: Final = Field(check=text(100))

"""What a check found, with the place to mend it."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Errors stop a publication, warnings are for somebody to look at."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One sentence about one object; ``path`` is the place in its document, if there is one."""

    check: str
    severity: Severity
    kind: str
    object_id: int
    name: str
    sentence: str
    path: str = ""

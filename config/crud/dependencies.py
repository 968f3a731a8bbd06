"""What still uses an object that somebody wants to delete."""

from dataclasses import dataclass
from typing import Any

from django.db.models import ProtectedError, RestrictedError


@dataclass(frozen=True, kw_only=True)
class Dependency:
    """Something that uses the object, and where to change that."""

    label: str
    url: str = ""


def dependencies_of(error: ProtectedError | RestrictedError) -> list[Dependency]:
    """What the database named when it refused to delete."""
    objects: Any = (
        error.protected_objects if isinstance(error, ProtectedError) else error.restricted_objects
    )
    return [Dependency(label=_label(each), url=_address(each)) for each in objects]


def _label(found: Any) -> str:
    return f"{str(found._meta.verbose_name).capitalize()} “{found}”"


def _address(found: Any) -> str:
    return str(found.get_absolute_url()) if hasattr(found, "get_absolute_url") else ""

"""What still needs a row and would be left dangling without it."""

from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import ProtectedError, RestrictedError
from django.db.models.deletion import Collector


def dependents(row: models.Model) -> list[models.Model]:
    """The rows that forbid deleting this one, without deleting it. One statement a foreign key."""
    collector = Collector(using=DEFAULT_DB_ALIAS, origin=row)
    try:
        collector.collect([row])
    except ProtectedError as error:
        return sorted(error.protected_objects, key=name_of)
    except RestrictedError as error:
        return sorted(error.restricted_objects, key=name_of)
    return []


def name_of(row: models.Model) -> str:
    """Rows between two things, such as an agent's skill, are called by the agent."""
    return str(getattr(row, "agent", row))

"""The filters that somebody begins with on the floor."""

from agents.models import User
from routing.floor_filters import kept
from routing.models import FloorDefault


def floor_default(user: User) -> dict[str, str]:
    """One's own; empty for who saved none. One query."""
    found = FloorDefault.objects.filter(user=user).values_list("filters", flat=True).first()
    # The database keeps no order of names.
    return kept(found or {})

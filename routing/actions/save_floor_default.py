"""Keep the filters that a supervisor begins with on the floor."""

from collections.abc import Mapping
from datetime import datetime

from agents.models import User
from routing.floor_filters import kept
from routing.models import FloorDefault


def save_floor_default(*, by: User, filters: Mapping[str, str], now: datetime) -> dict[str, str]:
    """Make these one's own; none takes the default away. What is no filter is left out."""
    chosen = kept(filters)
    if chosen:
        values = {"filters": chosen, "saved_at": now}
        FloorDefault.objects.update_or_create(user=by, defaults=values)
    else:
        FloorDefault.objects.filter(user=by).delete()
    return chosen

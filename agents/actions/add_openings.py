"""Add entries to operating hours."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from agents.actions.check_openings import Period, holidays_of, periods_of
from agents.actions.save_operating_hours import save_operating_hours
from agents.models import OperatingHours, User


@transaction.atomic
def add_openings(
    *, hours_id: int, openings: Sequence[Period], by: User | None, now: datetime
) -> OperatingHours:
    """The hours with these entries too; what ``save_operating_hours`` refuses, this does."""
    hours = OperatingHours.objects.select_for_update(no_key=True).get(pk=hours_id)

    return save_operating_hours(
        hours=hours,
        periods=[*periods_of(hours), *openings],
        holidays=holidays_of(hours),
        by=by,
        now=now,
    )

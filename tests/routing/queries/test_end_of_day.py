"""The day of an agent."""

from datetime import datetime
from typing import Any

import pytest

from agents.models import Agent, OperatingHours
from routing.queries.end_of_day import end_of_day, start_of_day

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("zone", "at", "began"),
    [
        ("", "2026-07-01T22:30Z", "2026-07-01T00:00Z"),
        ("Europe/Berlin", "2026-07-01T21:59Z", "2026-06-30T22:00Z"),
        ("Europe/Berlin", "2026-07-01T22:30Z", "2026-07-01T22:00Z"),
        ("America/New_York", "2026-11-01T06:30Z", "2026-11-01T04:00Z"),
        ("Pacific/Kiritimati", "2026-07-01T10:00Z", "2026-07-01T10:00Z"),
    ],
    ids=["no hours", "the evening", "after midnight", "clocks were put back", "at midnight"],
)
def test_a_day_begins_at_midnight_where_the_agent_works(
    agent: Agent, zone: str, at: str, began: str
) -> None:
    if zone:
        agent.operating_hours = OperatingHours.objects.create(name="Own", time_zone=zone)

    day = start_of_day(agent, datetime.fromisoformat(at))

    assert day == datetime.fromisoformat(began)


@pytest.mark.parametrize(
    ("zone", "began", "ends"),
    [
        ("Europe/Berlin", "2026-07-01T22:00Z", "2026-07-02T22:00Z"),
        ("America/New_York", "2026-07-01T04:00Z", "2026-07-02T04:00Z"),
    ],
)
def test_without_hours_the_clock_of_the_product_decides(
    agent: Agent, settings: Any, zone: str, began: str, ends: str
) -> None:
    settings.TIME_ZONE = zone
    at = datetime.fromisoformat("2026-07-01T22:30Z")

    assert start_of_day(agent, at) == datetime.fromisoformat(began)
    assert end_of_day(agent, at) == datetime.fromisoformat(ends)

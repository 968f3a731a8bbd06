"""What people at the demo organisation can do, and when they are open."""

from datetime import date, datetime, time
from typing import Final

from agents.actions.check_openings import MIDNIGHT, DayOff, Period
from agents.actions.save_definition import save_definition
from agents.actions.save_operating_hours import save_operating_hours
from agents.models import (
    CapacityProfile,
    OperatingHours,
    Presence,
    RatingModel,
    Skill,
    SkillType,
    User,
)
from agents.terms import BasePresence

LANGUAGES: Final = ("German", "French", "Spanish")
TOPICS: Final = {
    "Billing": "Invoices, refunds, payment methods",
    "Machines": "Setting up and mending coffee machines",
    "Orders": "Deliveries, stock, subscriptions",
}
EIGHT: Final = time(8)
SIX: Final = time(18)


def create_abilities(*, by: User, now: datetime) -> None:
    """Skills on two scales, capacity profiles, presences of its own, operating hours."""
    _create_skills(by, now)
    for profile in (
        CapacityProfile(name="Cases", work_item_limit=4),
        CapacityProfile(name="Calls", work_item_limit=1, blocks_assignment=True),
        CapacityProfile(name="Urgent cases", work_item_limit=5),
    ):
        save_definition(row=profile, by=by, now=now)
    for presence in (
        Presence(name="lunch", text="At lunch", base=BasePresence.AWAY),
        Presence(name="training", text="In training", base=BasePresence.BUSY_DND),
    ):
        save_definition(row=presence, by=by, now=now)
    _create_hours(by, now)


def _create_skills(by: User, now: datetime) -> None:
    levels = RatingModel(
        name="Language level",
        minimum=1,
        maximum=5,
        value_names=["Beginner", "Basic", "Good", "Fluent", "Native"],
    )
    save_definition(row=levels, by=by, now=now)
    languages = save_definition(row=SkillType(name="Languages"), by=by, now=now)
    topics = save_definition(row=SkillType(name="Topics"), by=by, now=now)
    usual = RatingModel.objects.get(name="Default rating model")
    for name in LANGUAGES:
        skill = Skill(name=name, skill_type=languages, rating_model=levels)
        save_definition(row=skill, by=by, now=now)
    for name, description in TOPICS.items():
        skill = Skill(name=name, description=description, skill_type=topics, rating_model=usual)
        save_definition(row=skill, by=by, now=now)


def _create_hours(by: User, now: datetime) -> None:
    save_operating_hours(
        hours=OperatingHours(name="Around the clock"),
        periods=[Period(weekday, MIDNIGHT, MIDNIGHT) for weekday in range(7)],
        holidays=[],
        by=by,
        now=now,
    )
    save_operating_hours(
        hours=OperatingHours(name="Office hours", time_zone="Europe/Berlin"),
        periods=[Period(weekday, EIGHT, SIX) for weekday in range(5)],
        holidays=[
            DayOff(date(now.year, 12, 25), "Christmas", repeats_yearly=True),
            DayOff(date(now.year + 1, 1, 1), "New Year's Day", repeats_yearly=True),
        ],
        by=by,
        now=now,
    )

"""Skills, scales, profiles, presences and hours as configuration."""

from datetime import date, time

import pytest
from django.db import IntegrityError, transaction

from agents.actions.check_openings import DayOff, Period
from agents.actions.delete_definition import delete_definition
from agents.actions.save_definition import save_definition
from agents.actions.save_operating_hours import save_operating_hours
from agents.exceptions import (
    BuiltIn,
    InUse,
    PeriodsOverlap,
    RatingsOutsideScale,
    ResetFrequencyFixed,
)
from agents.models import (
    AgentPresence,
    CapacityProfile,
    OperatingHours,
    Presence,
    RatingModel,
    Skill,
)
from agents.signals import configuration_changed, presence_changed
from config.models import Event
from tests.agents.actions.heard import heard
from tests.factories import make_agent, make_profile, make_skill

NINE, NOON, FIVE, MIDNIGHT = time(9), time(12), time(17), time(0)


def test_a_saved_definition_is_announced(administrator, now) -> None:
    profile = CapacityProfile(name="Cases", work_item_limit=4)

    with heard(configuration_changed) as calls:
        save_definition(row=profile, by=administrator, now=now)

    assert CapacityProfile.objects.get(name="Cases").work_item_limit == 4
    assert calls == [{"by": administrator, "now": now}]


def test_built_in_presences_stay_as_they_are(administrator, now) -> None:
    presence = Presence.objects.get(name="busy")
    presence.text = "Swamped"

    with pytest.raises(BuiltIn):
        save_definition(row=presence, by=administrator, now=now)


def test_a_reset_frequency_is_for_good(administrator, now) -> None:
    profile = make_profile()
    profile.reset_frequency = "end_of_day"

    with pytest.raises(ResetFrequencyFixed):
        save_definition(row=profile, by=administrator, now=now)


def test_a_scale_keeps_room_for_the_ratings_agents_have(administrator, now) -> None:
    make_agent(skills={"French": 8})
    scale = RatingModel.objects.get(name="Default rating model")
    scale.maximum = 5

    with pytest.raises(RatingsOutsideScale, match="8 to 8"):
        save_definition(row=scale, by=administrator, now=now)


def test_a_skill_moves_only_to_a_scale_its_ratings_fit(administrator, now) -> None:
    make_agent(skills={"French": 8})
    skill = Skill.objects.get(name="French")
    skill.rating_model = RatingModel.objects.create(name="Stars", minimum=1, maximum=5)

    with pytest.raises(RatingsOutsideScale):
        save_definition(row=skill, by=administrator, now=now)


def test_a_new_base_reaches_the_agents_who_have_the_presence(administrator, now) -> None:
    lunch = Presence.objects.create(name="lunch", text="At lunch", base="away")
    agent = make_agent(presence="lunch")
    lunch.base = "offline"

    with heard(presence_changed) as calls:
        save_definition(row=lunch, by=administrator, now=now)

    assert AgentPresence.objects.get(agent=agent).base == "offline"
    assert Event.objects.get(kind="presence-changed").data["base"] == "offline"
    assert calls == [{"agent_ids": [agent.pk], "now": now}]


def test_an_unused_definition_is_deleted_and_announced(administrator, now) -> None:
    skill = make_skill("French")

    with heard(configuration_changed) as calls:
        delete_definition(row=skill, by=administrator, now=now)

    assert not Skill.objects.filter(name="French").exists()
    assert len(calls) == 1


def test_a_definition_in_use_says_by_whom(administrator, now) -> None:
    make_agent("amira", skills={"French": 3})

    with pytest.raises(InUse) as refusal:
        delete_definition(row=Skill.objects.get(name="French"), by=administrator, now=now)

    assert refusal.value.details["dependencies"] == [
        {"kind": "agent skill", "name": "amira", "url": ""}
    ]


def test_what_upper_apps_know_also_forbids_deleting(administrator, now) -> None:
    rule = {"kind": "rule", "name": "Language", "url": "/rules/1/"}

    with pytest.raises(InUse) as refusal:
        delete_definition(row=make_skill(), by=administrator, now=now, uses=lambda row: [rule])

    assert refusal.value.details["dependencies"] == [rule]


def test_built_in_presences_are_not_deleted(administrator, now) -> None:
    with pytest.raises(BuiltIn):
        delete_definition(row=Presence.objects.get(name="busy"), by=administrator, now=now)


def test_hours_are_saved_with_their_week_and_holidays(administrator, now) -> None:
    hours = OperatingHours(name="Office", time_zone="Europe/Berlin")
    save_operating_hours(
        hours=hours,
        periods=[Period(0, NINE, NOON), Period(0, NOON, MIDNIGHT)],
        holidays=[DayOff(date(2026, 12, 25), "Christmas")],
        by=administrator,
        now=now,
    )

    save_operating_hours(
        hours=hours, periods=[Period(4, NINE, FIVE)], holidays=[], by=administrator, now=now
    )

    assert [(row.weekday, row.start) for row in hours.periods.all()] == [(4, NINE)]
    assert not hours.holidays.exists()


@pytest.mark.parametrize(
    "periods",
    [
        [Period(0, FIVE, NINE)],
        [Period(0, NINE, NINE)],
        [Period(0, NINE, FIVE), Period(0, NOON, MIDNIGHT)],
        [Period(0, NINE, MIDNIGHT), Period(0, NOON, FIVE)],
    ],
    ids=["ends before it starts", "no time at all", "overlapping", "inside another"],
)
def test_a_week_nobody_could_keep_is_refused(administrator, now, periods) -> None:
    hours = OperatingHours(name="Office")

    with pytest.raises(PeriodsOverlap):
        save_operating_hours(hours=hours, periods=periods, holidays=[], by=administrator, now=now)

    assert not OperatingHours.objects.filter(name="Office").exists()


@pytest.mark.parametrize(
    "row",
    [
        CapacityProfile(name="Too much", work_item_limit=101),
        Presence(name="odd", text="Odd", base="asleep"),
        RatingModel(name="Falling", minimum=5, maximum=5),
    ],
    ids=["limit over 100", "unknown base", "scale that does not rise"],
)
def test_the_database_refuses_impossible_definitions(db, row) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()

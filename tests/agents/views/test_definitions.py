"""Pages of skills, scales, profiles, presences and hours."""

from datetime import time

import pytest
from django.urls import reverse

from agents.models import (
    CapacityProfile,
    OperatingHours,
    OperatingPeriod,
    Presence,
    RatingModel,
    Skill,
    SkillType,
)
from routing.models import Rule, Ruleset
from tests.factories import make_agent, make_profile, make_skill

NOUNS = ["skill", "skill-type", "rating-model", "capacity-profile", "presence", "operating-hours"]
CASES = {"name": "Cases", "work_item_limit": "4", "reset_frequency": "end_of_day"}
OFFICE = {"name": "Office", "time_zone": "Europe/Berlin"}


def edit_url(noun: str, row, page: str = "edit") -> str:
    return reverse(f"agents:{noun}-{page}", kwargs={f"{noun.replace('-', '_')}_id": row.pk})


@pytest.mark.parametrize("noun", NOUNS)
def test_supervisors_read_and_do_not_write(client, supervisor, noun) -> None:
    client.force_login(supervisor)

    assert client.get(reverse(f"agents:{noun}-list")).status_code == 200
    assert client.get(reverse(f"agents:{noun}-create")).status_code == 403


@pytest.mark.parametrize("noun", NOUNS)
def test_agents_have_nothing_to_do_here(client, agent, noun) -> None:
    client.force_login(agent.user)

    assert client.get(reverse(f"agents:{noun}-list")).status_code == 403


@pytest.mark.parametrize("noun", NOUNS)
def test_administrators_get_the_forms(as_administrator, noun) -> None:
    assert as_administrator.get(reverse(f"agents:{noun}-create")).status_code == 200


def test_a_skill_is_created(as_administrator) -> None:
    data = {
        "name": "French",
        "skill_type": SkillType.objects.get().pk,
        "rating_model": RatingModel.objects.get().pk,
    }

    assert as_administrator.post(reverse("agents:skill-create"), data).status_code == 303
    assert Skill.objects.filter(name="French").exists()


def test_a_name_is_given_once_in_whatever_case(as_administrator) -> None:
    make_profile("cases")

    response = as_administrator.post(reverse("agents:capacity-profile-create"), CASES)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["name"]


@pytest.mark.parametrize("limit", ["-1", "101", ""])
def test_a_limit_goes_from_0_to_100(as_administrator, limit) -> None:
    response = as_administrator.post(
        reverse("agents:capacity-profile-create"), CASES | {"work_item_limit": limit}
    )

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["work_item_limit"]


def test_the_reset_frequency_stays_whatever_is_sent(as_administrator) -> None:
    profile = make_profile("Cases")

    response = as_administrator.post(edit_url("capacity-profile", profile), CASES)

    profile.refresh_from_db()
    assert response.status_code == 303
    assert (profile.work_item_limit, profile.reset_frequency) == (4, "immediate")


@pytest.mark.parametrize(
    ("minimum", "maximum", "wrong"), [("0", "5", "minimum"), ("5", "5", "maximum")]
)
def test_a_scale_rises_from_1(as_administrator, minimum, maximum, wrong) -> None:
    data = {"name": "Stars", "minimum": minimum, "maximum": maximum}

    response = as_administrator.post(reverse("agents:rating-model-create"), data)

    assert response.status_code == 422
    assert wrong in response.context["form"].errors


def test_a_presence_of_its_own_is_created(as_administrator) -> None:
    data = {"name": "lunch", "text": "At lunch", "base": "away", "agents_may_set": "on"}

    assert as_administrator.post(reverse("agents:presence-create"), data).status_code == 303
    assert Presence.objects.get(name="lunch").base == "away"


def test_built_in_presences_are_only_shown(as_administrator) -> None:
    busy = Presence.objects.get(name="busy")

    response = as_administrator.post(edit_url("presence", busy), {"text": "Swamped"})

    assert response.status_code == 422
    assert Presence.objects.get(name="busy").text == "Busy"
    assert as_administrator.post(edit_url("presence", busy, "delete")).status_code == 409


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "dialog"])
def test_a_built_in_presence_says_why_it_cannot_be_edited(as_administrator, headers) -> None:
    busy = Presence.objects.get(name="busy")

    response = as_administrator.get(edit_url("presence", busy), headers=headers)

    content = response.content.decode()
    assert "This presence is built in" in content
    assert ">Save<" not in content
    assert ">Delete<" not in content


def test_a_skill_in_use_says_by_whom(as_administrator) -> None:
    make_agent("amira", skills={"French": 3})
    french = Skill.objects.get(name="French")

    response = as_administrator.post(edit_url("skill", french, "delete"))

    assert response.status_code == 409
    assert "Agent “amira”" in response.content.decode()


def test_a_skill_that_a_rule_names_keeps_its_name(as_administrator, workstream) -> None:
    french = make_skill("French")
    ruleset = Ruleset.objects.create(kind="classification", workstream=workstream, name="Words")
    Rule.objects.create(
        ruleset=ruleset, name="Parle", then={"skills": [{"skill": "French", "rating": 3}]}
    )
    data = {"skill_type": french.skill_type_id, "rating_model": french.rating_model_id}

    renamed = as_administrator.post(edit_url("skill", french), data | {"name": "Français"})
    described = as_administrator.post(
        edit_url("skill", french), data | {"name": "French", "description": "Parlé"}
    )
    deleted = as_administrator.post(edit_url("skill", french, "delete"))

    assert (renamed.status_code, described.status_code, deleted.status_code) == (422, 303, 409)
    assert "Parle of Chat" in renamed.content.decode()


def test_a_profile_that_a_workstream_takes_says_so(as_administrator, workstream) -> None:
    profile = make_profile("Chats")
    workstream.capacity_profiles.add(profile)

    asked = as_administrator.get(edit_url("capacity-profile", profile, "delete"))
    deleted = as_administrator.post(edit_url("capacity-profile", profile, "delete"))

    assert deleted.status_code == 409
    for page in (asked, deleted):
        assert "Workstream “Chat”" in page.content.decode()


def test_an_unused_profile_is_deleted(as_administrator) -> None:
    profile = make_profile()

    assert as_administrator.post(edit_url("capacity-profile", profile, "delete")).status_code == 303
    assert not CapacityProfile.objects.filter(pk=profile.pk).exists()


def test_hours_are_created_with_week_and_holidays(as_administrator) -> None:
    data = OFFICE | {
        "start-0-0": "09:00",
        "end-0-0": "12:00",
        "start-0-1": "13:00",
        "end-0-1": "00:00",
        "holiday-0": "2026-12-25",
        "reason-0": "Christmas",
    }

    response = as_administrator.post(reverse("agents:operating-hours-create"), data)

    assert response.status_code == 303
    hours = OperatingHours.objects.get(name="Office")
    periods = [(row.weekday, row.start, row.end) for row in hours.periods.all()]
    assert periods == [(0, time(9), time(12)), (0, time(13), time(0))]
    assert [row.reason for row in hours.holidays.all()] == ["Christmas"]


@pytest.mark.parametrize(
    ("times", "wrong"),
    [
        ({"start-0-0": "09:00"}, "end-0-0"),
        ({"start-0-0": "17:00", "end-0-0": "09:00"}, "end-0-0"),
        (
            {
                "start-0-0": "09:00",
                "end-0-0": "17:00",
                "start-0-1": "12:00",
                "end-0-1": "00:00",
            },
            "start-0-1",
        ),
        ({"start-0-0": "nine", "end-0-0": "17:00"}, "start-0-0"),
        ({"holiday-0": "25.12."}, "holiday-0"),
        ({"reason-0": "Christmas"}, "holiday-0"),
    ],
    ids=[
        "half a period",
        "ends before it starts",
        "overlap",
        "no time",
        "no date",
        "a reason alone",
    ],
)
def test_a_wrong_week_stands_at_its_field(as_administrator, times, wrong) -> None:
    response = as_administrator.post(reverse("agents:operating-hours-create"), OFFICE | times)

    assert response.status_code == 422
    assert wrong in response.context["form"].errors
    assert not OperatingHours.objects.exists()


def test_hours_over_midnight_are_told_how_to_split_them(as_administrator) -> None:
    night = OFFICE | {"start-0-0": "18:00", "end-0-0": "09:00"}

    response = as_administrator.post(reverse("agents:operating-hours-create"), night)

    assert "18:00 to 00:00 on this day, 00:00 to 09:00 on the next" in response.content.decode()


def test_a_day_without_closing_is_open_all_day(as_administrator) -> None:
    hours = OperatingHours.objects.create(name="Always")
    OperatingPeriod.objects.create(hours=hours, weekday=5, start=time(0), end=time(0))

    content = as_administrator.get(reverse("agents:operating-hours-list")).content.decode()

    assert "Sat all day" in content


def test_the_list_puts_the_week_into_words(as_administrator) -> None:
    hours = OperatingHours.objects.create(name="Office")
    for weekday in (0, 1, 2, 4):
        OperatingPeriod.objects.create(hours=hours, weekday=weekday, start=time(9), end=time(17))

    content = as_administrator.get(reverse("agents:operating-hours-list")).content.decode()

    assert "Mon to Wed 09:00 to 17:00" in content
    assert "Fri 09:00 to 17:00" in content


NAMES = "Basic\r\nGood\r\n\r\nNative\r\n"


def test_each_value_of_a_scale_gets_a_name(as_administrator) -> None:
    data = {"name": "Levels", "minimum": "2", "maximum": "4", "value_names": NAMES}

    assert as_administrator.post(reverse("agents:rating-model-create"), data).status_code == 303
    scale = RatingModel.objects.get(name="Levels")
    assert scale.choices() == [(2, "2, Basic"), (3, "3, Good"), (4, "4, Native")]
    form = as_administrator.get(edit_url("rating-model", scale)).content.decode()
    assert "Basic\nGood\nNative" in form


@pytest.mark.parametrize("minimum", ["-1", "0"])
def test_a_scale_below_one_is_refused_in_the_same_words(as_administrator, minimum) -> None:
    data = {"name": "Levels", "minimum": minimum, "maximum": "3", "value_names": ""}

    answer = as_administrator.post(reverse("agents:rating-model-create"), data)

    assert answer.status_code == 422
    assert answer.context["form"].errors == {"minimum": ["A scale starts at 1 or higher."]}


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        ("Basic\nGood", "has 3 values, and these are 2 names"),
        ("Basic\nGood\nbasic", "the same name"),
        (f"Basic\nGood\n{'x' * 101}", "100 characters"),
    ],
)
def test_some_names_only_are_refused(as_administrator, names, sentence) -> None:
    data = {"name": "Levels", "minimum": "1", "maximum": "3", "value_names": names}

    answer = as_administrator.post(reverse("agents:rating-model-create"), data)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_agents_are_rated_by_the_names(as_administrator, agent) -> None:
    skill = make_skill("French")
    names = [f"Step {step}" for step in range(1, 11)]
    RatingModel.objects.filter(pk=skill.rating_model_id).update(value_names=names)
    address = reverse("agents:agent-skills", args=[agent.pk])

    assert "3, Step 3" in as_administrator.get(address).content.decode()
    as_administrator.post(address, {f"rating-{skill.pk}": "3"})

    page = as_administrator.get(reverse("agents:agent-detail", args=[agent.pk])).content.decode()
    assert "3, Step 3" in page

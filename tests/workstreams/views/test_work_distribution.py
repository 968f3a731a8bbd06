"""How a workstream distributes its work, as the form saves it."""

import pytest

from config.clock import database_now
from tests.factories import make_profile, make_workstream
from workstreams.actions.edit_workstream import edit_workstream
from workstreams.templatetags.amounts import wrap_up_in_words


@pytest.fixture
def distribution():
    """What the work distribution form sends for a push chat workstream."""
    return {
        "revision": 1,
        "capacity_format": "unit",
        "capacity_units": 2,
        "wrap_up_block": "custom",
        "wrap_up_minutes": "1.5",
        "allowed_presences": ["available", "busy"],
        "skill_matching": "closest",
        "keep_same_agent": "on",
    }


def test_work_distribution_is_saved(as_administrator, workstream, page, distribution):
    response = as_administrator.post(f"{page}distribution/", distribution)

    workstream.refresh_from_db()
    assert (response.status_code, response.url) == (303, page)
    assert (workstream.capacity_units, workstream.wrap_up_seconds) == (2, 90)
    assert (workstream.skill_matching, workstream.keep_same_agent) == ("closest", True)
    assert workstream.revision == 2
    assert "capacity for 1 minute 30 seconds" in as_administrator.get(page).content.decode()


def test_profiles_and_auto_close_are_saved(as_administrator, distribution):
    workstream, profile = make_workstream("Texts", channel="sms"), make_profile()

    as_administrator.post(
        f"/workstreams/{workstream.pk}/distribution/",
        distribution
        | {
            "capacity_format": "profile",
            "capacity_profiles": [profile.pk],
            "auto_close": 8,
            "auto_close_unit": "hours",
        },
    )

    workstream.refresh_from_db()
    assert workstream.auto_close_after_minutes == 480
    assert list(workstream.capacity_profiles.all()) == [profile]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"capacity_units": "-1"}, "capacity_units"),
        ({"capacity_format": "profile"}, "capacity_profiles"),
        ({"wrap_up_minutes": "61"}, "wrap_up_minutes"),
        ({"wrap_up_minutes": "0.4"}, "wrap_up_minutes"),
        ({"wrap_up_minutes": ""}, "wrap_up_minutes"),
        ({"allowed_presences": []}, "allowed_presences"),
    ],
)
def test_wrong_settings_are_shown_at_their_fields(
    as_administrator, page, distribution, wrong, field
):
    response = as_administrator.post(f"{page}distribution/", distribution | wrong)

    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {field}


def test_a_changed_mode_is_refused_at_its_field_and_nothing_is_saved(
    as_administrator, workstream, page, distribution
):
    response = as_administrator.post(
        f"{page}distribution/", distribution | {"distribution_mode": "pick"}
    )

    workstream.refresh_from_db()
    assert response.status_code == 422
    assert "it stays" in response.context["form"].errors["distribution_mode"][0]
    assert (workstream.distribution_mode, workstream.revision) == ("push", 1)


def test_the_same_mode_sent_again_is_no_change(as_administrator, page, distribution):
    same = distribution | {"distribution_mode": "push"}

    assert as_administrator.post(f"{page}distribution/", same).status_code == 303


@pytest.mark.parametrize(
    ("mode", "hidden", "sentence"),
    [
        ("push", {"auto_close": "8", "auto_close_unit": "hours"}, "Teams and custom"),
        ("pick", {"keep_same_agent": "on"}, "kept with the same agent only"),
        ("pick", {"may_be_picked": "on"}, "picked anyway"),
    ],
)
def test_a_setting_the_workstream_does_not_have_is_refused_whole(
    as_administrator, distribution, mode, hidden, sentence
):
    workstream = make_workstream("Chats", mode=mode)
    sent = {name: value for name, value in distribution.items() if name != "keep_same_agent"}

    response = as_administrator.post(f"/workstreams/{workstream.pk}/distribution/", sent | hidden)

    workstream.refresh_from_db()
    assert response.status_code == 422
    assert sentence in response.context["form"].non_field_errors()[0]
    assert sentence in response.content.decode()
    assert workstream.revision == 1


def test_picking_from_a_push_workstream_is_allowed(
    as_administrator, workstream, page, distribution
):
    as_administrator.post(f"{page}distribution/", distribution | {"may_be_picked": "on"})

    workstream.refresh_from_db()
    assert workstream.may_be_picked
    assert b"may take its open work items too" in as_administrator.get(page).content


def test_a_presence_that_does_not_exist_is_named(as_administrator, page, distribution):
    wrong = {"allowed_presences": ["available", "on the moon"]}

    form = as_administrator.post(f"{page}distribution/", distribution | wrong).context["form"]

    assert form.errors["allowed_presences"] == [
        "There is no presence on the moon. Choose from those that are shown."
    ]


def test_allowed_presences_say_as_what_inactive_agents_count(as_administrator, page):
    content = as_administrator.get(f"{page}distribution/").content.decode()

    assert "Inactive counts as Appear away: leave that out too" in content


def test_a_profile_deleted_meanwhile_is_told_at_its_field(as_administrator, page, distribution):
    gone = make_profile()
    gone_id = gone.pk
    gone.delete()
    chosen = {"capacity_format": "profile", "capacity_profiles": [gone_id]}

    form = as_administrator.post(f"{page}distribution/", distribution | chosen).context["form"]

    assert "was deleted meanwhile" in form.errors["capacity_profiles"][0]


def test_profiles_of_the_day_say_that_a_custom_time_does_not_give_them_back(
    as_administrator, workstream, page, distribution
):
    profile = make_profile("Cases")
    profile.reset_frequency = "end_of_day"
    profile.save()
    chosen = {"capacity_format": "profile", "capacity_profiles": [profile.pk]}

    form = as_administrator.get(f"{page}distribution/").content.decode()
    as_administrator.post(f"{page}distribution/", distribution | chosen)

    assert "Cases (given back at the end of the day only)" in form
    assert (
        "Cases is given back at the end of the day" in as_administrator.get(page).content.decode()
    )


def test_persistent_chat_is_reminded_of_the_same_agent(as_administrator):
    workstream = make_workstream("Store", persistent_chat=True)
    page = f"/workstreams/{workstream.pk}/"

    assert "should be on" in as_administrator.get(page).content.decode()
    assert "Switch this on" in as_administrator.get(f"{page}distribution/").content.decode()


def test_picked_persistent_chat_says_why_no_agent_is_kept(as_administrator):
    workstream = make_workstream("Store", persistent_chat=True, mode="pick")
    page = f"/workstreams/{workstream.pk}/"

    assert "kept with the same agent only" in as_administrator.get(page).content.decode()
    form = as_administrator.get(f"{page}distribution/").context["form"]
    assert "kept with the same agent only" in form.fields["distribution_mode"].help_text


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(30, "30 seconds"), (60, "1 minute"), (90, "1 minute 30 seconds"), (3600, "60 minutes")],
)
def test_a_custom_wrap_up_is_told_in_words(seconds, words):
    assert wrap_up_in_words(seconds) == words


def test_calls_say_why_they_are_pushed(as_administrator):
    calls = make_workstream("Calls", type="voice")

    form = as_administrator.get(f"/workstreams/{calls.pk}/distribution/").context["form"]

    assert "always offered automatically" in form.fields["distribution_mode"].help_text


def test_a_pick_workstream_offers_no_affinity(as_administrator):
    workstream = make_workstream("Picked", mode="pick")

    form = as_administrator.get(f"/workstreams/{workstream.pk}/distribution/").context["form"]

    assert "keep_same_agent" not in form.fields
    assert "may_be_picked" not in form.fields
    assert "auto_close" not in form.fields
    assert form.fields["distribution_mode"].disabled


def test_a_change_by_somebody_else_is_named_and_entries_stay(
    as_administrator, administrator, workstream, page, distribution
):
    edit_workstream(workstream=workstream, capacity_units=9, by=administrator, now=database_now())

    response = as_administrator.post(f"{page}distribution/", distribution)
    again = as_administrator.post(
        f"{page}distribution/",
        distribution | {"revision": response.context["form"]["revision"].value()},
    )

    assert response.status_code == 422
    assert response.context["conflict"].who == administrator.username
    assert response.context["form"]["allowed_presences"].value() == ["available", "busy"]
    assert again.status_code == 303

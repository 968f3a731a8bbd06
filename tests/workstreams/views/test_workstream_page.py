"""The page of a workstream and its commands."""

import pytest

from config.clock import database_now
from routing.models import Rule, Ruleset
from tests.factories import make_chat_widget, make_item, make_profile, make_queue, make_workstream
from workstreams.actions.edit_workstream import edit_workstream
from workstreams.models import Workstream


@pytest.fixture
def page(workstream):
    """The address of the workstream's page."""
    return f"/workstreams/{workstream.pk}/"


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


def test_the_page_costs_the_same_with_many_rules_and_instances(
    as_administrator, workstream, page, django_assert_max_num_queries
):
    ruleset = Ruleset.objects.create(kind="classification", workstream=workstream, name="Rules")
    for number in range(10):
        Rule.objects.create(ruleset=ruleset, name=f"Rule {number}")
        make_chat_widget(workstream)

    with django_assert_max_num_queries(24):
        response = as_administrator.get(page)

    assert response.status_code == 200


def test_a_chat_shows_its_page_and_the_snippet(as_administrator, workstream, page):
    make_chat_widget(workstream, "shop")

    content = as_administrator.get(page).content.decode()

    assert 'href="/chat/shop/"' in content
    assert "/static/js/widget.js" in content
    assert "data-chat=&quot;shop&quot;" in content or 'data-chat="shop"' in content


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"channel": "sms"}, "channel_instance"),
        ({"type": "voice"}, "+4930123456"),
    ],
)
def test_other_channels_say_where_work_comes_from(as_administrator, fields, sentence):
    workstream = make_workstream("Other", **fields)
    make_chat_widget(workstream, settings={"phone_number": "+4930123456"})

    assert sentence in as_administrator.get(f"/workstreams/{workstream.pk}/").content.decode()


def test_a_record_workstream_asks_for_an_intake_rule(as_administrator):
    workstream = make_workstream("Cases", type="record")

    content = as_administrator.get(f"/workstreams/{workstream.pk}/").content.decode()

    assert "Add an intake rule" in content


def test_supervisors_read_the_page_without_buttons(as_supervisor, page):
    content = as_supervisor.get(page).content.decode()

    assert "Set up the channel" in content
    assert "rename/" not in content
    assert "New rule" not in content


def test_agents_and_strangers_stay_out(as_agent, client, page):
    assert as_agent.get(page).status_code == 403
    assert client.get(page).status_code == 302


def test_a_missing_workstream_is_not_found(as_administrator):
    assert as_administrator.get("/workstreams/999/").status_code == 404


def test_work_distribution_is_saved(as_administrator, workstream, page, distribution):
    response = as_administrator.post(f"{page}distribution/", distribution)

    workstream.refresh_from_db()
    assert (response.status_code, response.url) == (303, page)
    assert (workstream.capacity_units, workstream.wrap_up_seconds) == (2, 90)
    assert (workstream.skill_matching, workstream.keep_same_agent) == ("closest", True)
    assert workstream.revision == 2


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


def test_the_name_is_changed(as_administrator, workstream, page):
    as_administrator.post(f"{page}rename/", {"name": "Web chat", "revision": 1})

    workstream.refresh_from_db()
    assert workstream.name == "Web chat"


def test_a_copy_says_what_was_left_out(as_administrator, workstream, page):
    make_chat_widget(workstream, name="Web shop")

    shown = as_administrator.get(f"{page}copy/")
    response = as_administrator.post(f"{page}copy/", {"name": "Copy of Chat"})

    assert b"Channel instances and intake rules are not" in shown.content
    assert b'value="Copy of Chat"' in shown.content
    assert response.status_code == 303
    page_of_copy = as_administrator.get(response.url).content.decode()
    assert "1 channel instance was not copied: Web shop." in page_of_copy


def test_a_second_click_on_copy_copies_once(as_administrator, page):
    as_administrator.post(f"{page}copy/", {"name": "Copy of Chat"})
    second = as_administrator.post(f"{page}copy/", {"name": "Copy of Chat"})

    assert second.status_code == 422
    assert Workstream.objects.count() == 2


def test_an_unused_workstream_is_deleted(as_administrator, page):
    response = as_administrator.post(f"{page}delete/")

    assert (response.status_code, response.url) == (303, "/workstreams/")
    assert not Workstream.objects.exists()


def test_deletion_names_what_stands_against_it(as_administrator, workstream, page):
    item = make_item(workstream, title="Help me")

    asked = as_administrator.get(f"{page}delete/")
    refused = as_administrator.post(f"{page}delete/")
    in_dialog = as_administrator.post(f"{page}delete/", headers={"HX-Request": "true"})

    assert b"Help me" in asked.content
    assert b"Help me" in refused.content
    assert f"/work-items/{item.pk}/".encode() in refused.content
    assert (refused.status_code, in_dialog.status_code) == (409, 422)
    assert Workstream.objects.exists()


def test_a_workstream_with_finished_work_only_is_deleted(as_administrator, workstream, page, now):
    item = make_item(workstream, state="closed", closed_at=now)

    asked = as_administrator.get(f"{page}delete/")
    as_administrator.post(f"{page}delete/")

    assert b"finished work goes on naming it" in asked.content
    assert as_administrator.get(page).status_code == 404
    shown = as_administrator.get(f"/work-items/{item.pk}/").content.decode()
    assert 'Chat <span class="text-secondary">(deleted)</span>' in shown
    assert page not in shown


def test_the_fallback_queue_is_chosen_or_created(as_administrator, workstream, page):
    other = make_queue("Other")

    as_administrator.post(
        f"{page}fallback-queue/",
        {"revision": 1, "fallback": "existing", "fallback_queue": other.pk},
    )
    as_administrator.post(
        f"{page}fallback-queue/", {"revision": 2, "fallback": "new", "new_queue": "Newest"}
    )

    workstream.refresh_from_db()
    assert workstream.fallback_queue.name == "Newest"
    reminded = as_administrator.get(page).content.decode()
    assert "has no members" in reminded
    assert f'href="/queues/{workstream.fallback_queue_id}/"' in reminded


def test_only_queues_of_the_type_are_offered(as_administrator, page):
    make_queue("Lines", type="voice")

    form = as_administrator.get(f"{page}fallback-queue/").context["form"]

    assert "Lines" not in [queue.name for queue in form.fields["fallback_queue"].queryset]


COMMANDS = ["rename/", "distribution/", "copy/", "delete/", "fallback-queue/"]


@pytest.mark.parametrize("command", [*COMMANDS, "channel-instances/new/"])
def test_only_administrators_change(as_supervisor, client, page, command):
    assert as_supervisor.get(f"{page}{command}").status_code == 403
    assert as_supervisor.post(f"{page}{command}").status_code == 403
    assert client.post(f"{page}{command}").status_code == 302


@pytest.mark.parametrize("command", [*COMMANDS, "channel-instances/new/"])
def test_a_dialog_has_one_root(as_administrator, page, command):
    content = as_administrator.get(f"{page}{command}", headers={"HX-Request": "true"}).content

    assert content.count(b'id="dialog-content"') == 1
    assert b"<html" not in content

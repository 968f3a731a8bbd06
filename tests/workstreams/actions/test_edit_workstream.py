"""Changing the settings of a workstream."""

import pytest

from tests.factories import make_profile, make_workstream
from workstreams.actions.edit_workstream import edit_workstream
from workstreams.actions.refusals import InvalidSettings
from workstreams.exceptions import Immutable, SavedMeanwhile


@pytest.fixture
def edit(administrator, now):
    """Edits as the administrator."""

    def edit(workstream, **settings):
        return edit_workstream(workstream=workstream, by=administrator, now=now, **settings)

    return edit


def test_settings_that_are_given_change_and_others_stay(edit, workstream):
    edited = edit(workstream, name="Web chat", capacity_units=5)

    workstream.refresh_from_db()
    assert (workstream.name, workstream.capacity_units) == ("Web chat", 5)
    assert workstream.skill_matching == "exact"
    assert edited.revision == workstream.revision == 2


def test_capacity_by_profiles_takes_the_profiles(edit, workstream):
    profile = make_profile("Chats")

    edit(workstream, capacity_format="profile", capacity_profiles=[profile])

    assert list(workstream.capacity_profiles.all()) == [profile]


def test_capacity_by_units_lets_go_of_the_profiles(edit, workstream):
    profile = make_profile("Chats")
    edit(workstream, capacity_format="profile", capacity_profiles=[profile])

    edit(workstream, capacity_format="unit", capacity_units=2)

    assert not workstream.capacity_profiles.exists()


def test_wrap_up_by_time_is_set_and_given_up(edit, workstream):
    edit(workstream, wrap_up_block="custom", wrap_up_seconds=60)
    edited = edit(workstream, wrap_up_block="never")

    assert (edited.wrap_up_block, edited.wrap_up_seconds) == ("never", None)


@pytest.mark.parametrize(
    ("settings", "field"),
    [
        ({"name": ""}, "name"),
        ({"type": "voice"}, "type"),
        ({"channel": "sms"}, "channel"),
        ({"persistent_chat": True}, "persistent_chat"),
        ({"capacity_units": -1}, "capacity_units"),
        ({"capacity_units": 1001}, "capacity_units"),
        ({"capacity_format": "profile"}, "capacity_profiles"),
        ({"capacity_format": "hours"}, "capacity_format"),
        ({"wrap_up_block": "custom", "wrap_up_seconds": 29}, "wrap_up_seconds"),
        ({"wrap_up_block": "custom", "wrap_up_seconds": 3601}, "wrap_up_seconds"),
        ({"wrap_up_block": "custom"}, "wrap_up_seconds"),
        ({"wrap_up_block": "never", "wrap_up_seconds": 60}, "wrap_up_seconds"),
        ({"allowed_presences": []}, "allowed_presences"),
        ({"allowed_presences": ["inactive"]}, "allowed_presences"),
        ({"skill_matching": "fuzzy"}, "skill_matching"),
        ({"auto_close_after_minutes": 60}, "auto_close_after_minutes"),
    ],
)
def test_impossible_settings_are_refused_by_field(edit, workstream, settings, field):
    with pytest.raises(InvalidSettings) as refusal:
        edit(workstream, **settings)

    assert refusal.value.errors.keys() == {field}
    workstream.refresh_from_db()
    assert workstream.revision == 1


def test_the_distribution_mode_stays(edit, workstream):
    with pytest.raises(Immutable):
        edit(workstream, distribution_mode="pick")

    edit(workstream, distribution_mode="push", name="Same mode")


def test_picked_work_keeps_no_agent(edit, queue):
    workstream = make_workstream(mode="pick", queue=queue)

    with pytest.raises(InvalidSettings):
        edit(workstream, keep_same_agent=True)


def test_sms_closes_after_inactivity(edit, queue):
    workstream = make_workstream(channel="sms", queue=queue)

    assert edit(workstream, auto_close_after_minutes=480).auto_close_after_minutes == 480
    with pytest.raises(InvalidSettings):
        edit(workstream, auto_close_after_minutes=0)


def test_a_taken_name_is_refused(edit, workstream, queue):
    make_workstream("Calls", queue=queue)

    with pytest.raises(InvalidSettings):
        edit(workstream, name="CALLS")


def test_saving_over_somebody_elses_change_is_refused(edit, workstream):
    edit(workstream, revision=1, name="First")

    with pytest.raises(SavedMeanwhile):
        edit(workstream, revision=1, name="Second")

    workstream.refresh_from_db()
    assert workstream.name == "First"


def test_a_deleted_workstream_cannot_be_saved(edit, workstream):
    workstream.__class__.objects.filter(pk=workstream.pk).delete()

    with pytest.raises(SavedMeanwhile):
        edit(workstream, name="Late")

"""Setting up, changing and removing the ways in."""

from typing import Any

import pytest

from tests.factories import make_chat_widget, make_item, make_workstream
from workstreams.actions.create_channel_instance import create_channel_instance
from workstreams.actions.delete_channel_instance import delete_channel_instance
from workstreams.actions.edit_channel_instance import edit_channel_instance
from workstreams.actions.refusals import InvalidSettings
from workstreams.exceptions import InUse, SavedMeanwhile
from workstreams.models import ChannelInstance


@pytest.fixture
def set_up(administrator, now):
    """Sets up as the administrator."""

    def set_up(workstream, name="Web shop", **settings):
        return create_channel_instance(
            workstream=workstream, name=name, by=administrator, now=now, **settings
        )

    return set_up


def test_a_chat_gets_its_address_from_its_name(set_up, workstream):
    first = set_up(workstream, "Web shop")
    second = set_up(workstream, "Web Shop!")

    assert (first.slug, second.slug) == ("web-shop", "web-shop-2")
    assert first.greeting


@pytest.mark.parametrize(
    ("settings", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "EARLY"}, "name"),
        ({"slug": "Not an address"}, "slug"),
        ({"slug": "early"}, "slug"),
        ({"greeting": "x" * 501}, "greeting"),
        ({"allowed_origins": ["example.org"]}, "allowed_origins"),
        ({"allowed_origins": ["https://example.org/path"]}, "allowed_origins"),
        ({"allowed_origins": ["javascript:alert(1)"]}, "allowed_origins"),
        ({"allowed_origins": ["https://[broken"]}, "allowed_origins"),
    ],
)
def test_an_impossible_chat_is_refused_by_field(set_up, workstream, settings, field):
    make_chat_widget(workstream, "early", name="Early")

    with pytest.raises(InvalidSettings) as refusal:
        set_up(workstream, **settings)

    assert refusal.value.errors.keys() == {field}


def test_a_phone_number_is_written_with_its_country(set_up):
    voice = make_workstream(type="voice")

    with pytest.raises(InvalidSettings):
        set_up(voice, settings={"phone_number": "030 123456"})
    line = set_up(voice, settings={"phone_number": "+4930123456"})

    assert line.settings == {"phone_number": "+4930123456"}


def test_records_come_in_by_rules(set_up):
    with pytest.raises(InvalidSettings):
        set_up(make_workstream(type="record"))


def test_an_edit_changes_what_is_given(workstream, administrator, now):
    chat = make_chat_widget(workstream, "shop")

    edit_channel_instance(
        instance=chat,
        is_enabled=False,
        allowed_origins=["https://example.org:8443"],
        by=administrator,
        now=now,
    )

    chat.refresh_from_db()
    assert (chat.slug, chat.is_enabled) == ("shop", False)
    assert chat.allowed_origins == ["https://example.org:8443"]


def test_a_removed_instance_cannot_be_edited(workstream, administrator, now):
    chat = make_chat_widget(workstream)
    ChannelInstance.objects.all().delete()

    with pytest.raises(SavedMeanwhile):
        edit_channel_instance(instance=chat, name="Late", by=administrator, now=now)


def test_unfinished_work_keeps_its_instance(workstream, administrator, now):
    chat = make_chat_widget(workstream)
    item = make_item(workstream, channel_instance=chat, title="Help")

    with pytest.raises(InUse) as refusal:
        delete_channel_instance(instance=chat, by=administrator, now=now)

    dependencies: Any = refusal.value.details["dependencies"]
    assert [each["name"] for each in dependencies] == [f"Help (#{item.pk} · Customer)"]


def test_finished_work_stays_without_its_instance(workstream, administrator, now):
    chat = make_chat_widget(workstream)
    item = make_item(workstream, channel_instance=chat, state="closed", closed_at=now)

    delete_channel_instance(instance=chat, by=administrator, now=now)
    delete_channel_instance(instance=chat, by=administrator, now=now)

    item.refresh_from_db()
    assert item.channel_instance is None
    assert not ChannelInstance.objects.exists()


def test_what_rules_compare_with_keeps_its_name_and_stays(set_up, workstream, administrator, now):
    shop = set_up(workstream, "Web shop")
    when = {"not": {"field": "engagement.instance", "op": "equals", "value": "web shop"}}
    ruleset = workstream.rulesets.create(kind="classification", name="Sort")
    ruleset.rules.create(name="Elsewhere", when=when, then={"priority": 1})

    with pytest.raises(InvalidSettings, match="Elsewhere"):
        edit_channel_instance(instance=shop, name="Store", by=administrator, now=now)
    edit_channel_instance(instance=shop, name="WEB shop", by=administrator, now=now)
    with pytest.raises(InUse) as refused:
        delete_channel_instance(instance=shop, by=administrator, now=now)

    assert "Elsewhere" in str(refused.value.details["dependencies"])

"""Setting up channels on the workstream's page."""

import pytest

from tests.factories import make_chat_widget, make_item, make_workstream
from workstreams.models import ChannelInstance

COMMON = {"locale": "en", "agent_name": "first_name", "is_enabled": "on"}
CHAT = {"name": "Web shop", "greeting": "Hello", "when_closed": "shown", **COMMON}


@pytest.fixture
def instances(workstream):
    """The address below which instances are."""
    return f"/workstreams/{workstream.pk}/channel-instances/"


def test_a_chat_is_set_up(as_administrator, workstream, instances):
    response = as_administrator.post(
        f"{instances}new/", CHAT | {"allowed_origins": "https://Example.org/\nhttps://b.org"}
    )

    chat = ChannelInstance.objects.get()
    assert (response.status_code, response.url) == (303, f"/workstreams/{workstream.pk}/#channel")
    assert (chat.slug, chat.greeting) == ("web-shop", "Hello")
    assert chat.allowed_origins == ["https://example.org", "https://b.org"]


def test_errors_stand_at_their_fields(as_administrator, instances):
    response = as_administrator.post(
        f"{instances}new/", CHAT | {"slug": "no way", "allowed_origins": "example.org/path"}
    )

    assert response.status_code == 422
    assert "slug" in response.context["form"].errors
    assert response.context["form"]["name"].value() == "Web shop"


def test_a_site_with_a_path_is_refused(as_administrator, instances):
    response = as_administrator.post(
        f"{instances}new/", CHAT | {"allowed_origins": "https://example.org/path"}
    )

    assert response.context["form"].errors.keys() == {"allowed_origins"}


def test_a_phone_number_is_kept_in_the_settings(as_administrator):
    voice = make_workstream("Calls", type="voice")

    as_administrator.post(
        f"/workstreams/{voice.pk}/channel-instances/new/",
        {"name": "Support line", "phone_number": "+49 30 123456", **COMMON},
    )

    assert ChannelInstance.objects.get().settings == {"phone_number": "+4930123456"}


@pytest.mark.parametrize(
    ("channel", "key", "value"),
    [
        ("sms", "sms_number", "+49 30 123456"),
        ("whatsapp", "whatsapp_number", "+49 30 123456"),
        ("facebook", "page", "1048576"),
        ("line", "line_channel", "1657"),
        ("wechat", "official_account", "gh_1"),
        ("teams", "app", "3f1e"),
    ],
)
def test_channels_without_an_adapter_keep_their_account(as_administrator, channel, key, value):
    workstream = make_workstream("Texts", channel=channel)
    address = f"/workstreams/{workstream.pk}/channel-instances/new/"

    asked = as_administrator.get(address)
    as_administrator.post(address, {"name": "Line 1", key: value, **COMMON})

    assert b"through the API" in asked.content
    assert ChannelInstance.objects.get().settings == {key: value.replace(" ", "")}


def test_a_custom_channel_has_a_name_only(as_administrator):
    workstream = make_workstream("Forum", channel="custom")

    as_administrator.post(
        f"/workstreams/{workstream.pk}/channel-instances/new/", {"name": "Forum", **COMMON}
    )

    assert ChannelInstance.objects.get().settings == {}


def test_a_custom_channel_is_named_in_words(as_administrator):
    workstream = make_workstream("Forum", channel="custom")
    page = f"/workstreams/{workstream.pk}/"

    empty = as_administrator.get(page).content.decode()
    asked = as_administrator.get(f"{page}channel-instances/new/").content.decode()
    make_chat_widget(workstream, "line-1")

    assert "Set up custom channel" in empty
    assert "Add custom channel" in empty
    assert "Set up a custom channel" in asked
    assert "There is no adapter for custom channels yet" in asked
    assert "no adapter for custom channels yet" in as_administrator.get(page).content.decode()


def test_sms_has_its_article(as_administrator):
    workstream = make_workstream("Texts", channel="sms")

    asked = as_administrator.get(f"/workstreams/{workstream.pk}/channel-instances/new/")

    assert "Set up an SMS channel" in asked.content.decode()


def test_several_numbers_share_a_workstream(as_administrator):
    voice = make_workstream("Calls", type="voice")
    address = f"/workstreams/{voice.pk}/channel-instances/new/"

    for name, number in (("One", "+4930123456"), ("Two", "+4930123457")):
        as_administrator.post(address, {"name": name, "phone_number": number, **COMMON})

    assert voice.channel_instances.count() == 2


def test_a_number_has_one_workstream_which_is_named(as_administrator):
    first, second = (make_workstream(name, type="voice") for name in ("Calls", "Sales calls"))
    make_chat_widget(first, settings={"phone_number": "+4930123456"})

    response = as_administrator.post(
        f"/workstreams/{second.pk}/channel-instances/new/",
        {"name": "Mine", "phone_number": "+49 30 123456", **COMMON},
    )

    assert response.status_code == 422
    [sentence] = response.context["form"].errors["phone_number"]
    assert "Calls" in sentence
    assert f'href="/workstreams/{first.pk}/#channel"' in sentence
    assert f'<a href="/workstreams/{first.pk}/#channel">'.encode() in response.content


def test_records_have_no_channel_to_set_up(as_administrator):
    cases = make_workstream("Cases", type="record")

    response = as_administrator.get(f"/workstreams/{cases.pk}/channel-instances/new/")

    assert response.url == f"/workstreams/{cases.pk}/#channel"


def test_the_page_shows_the_request_that_brings_work_in(as_administrator):
    workstream = make_workstream("Texts of O'Neill", channel="sms")
    make_chat_widget(workstream, "line-1", settings={"sms_number": "+4930123456"})

    content = as_administrator.get(f"/workstreams/{workstream.pk}/").content.decode()

    assert "There is no adapter for SMS yet" in content
    assert "/api/v1/work-items" in content
    assert "&quot;channel_instance&quot;: &quot;line-1&quot;" in content
    assert "+4930123456" in content


def test_a_chat_is_edited_and_switched_off(as_administrator, workstream, instances):
    chat = make_chat_widget(workstream, "shop")

    as_administrator.post(
        f"{instances}{chat.pk}/edit/",
        {
            "revision": 1,
            "name": "Store",
            "slug": "shop",
            "greeting": "Hi",
            "locale": "de-AT",
            "agent_name": "nickname",
            "when_closed": "hidden",
        },
    )

    chat.refresh_from_db()
    assert (chat.name, chat.greeting, chat.is_enabled) == ("Store", "Hi", False)
    assert (chat.locale, chat.agent_name, chat.revision) == ("de-AT", "nickname", 2)


def test_somebody_elses_edit_is_shown(as_administrator, workstream, instances):
    chat = make_chat_widget(workstream, "shop")
    address, entries = f"{instances}{chat.pk}/edit/", CHAT | {"slug": "shop", "revision": 1}
    as_administrator.post(address, entries | {"name": "Theirs"})

    response = as_administrator.post(address, entries | {"name": "Mine"})

    assert response.status_code == 422
    [name] = response.context["conflict"].values
    assert (name.label, name.theirs, name.mine) == ("Name", "Theirs", "Mine")


@pytest.mark.parametrize(
    ("wrong", "field"), [({"locale": "no language"}, "locale"), ({"agent_name": "x"}, "agent_name")]
)
def test_wrong_entries_stand_at_their_fields(as_administrator, instances, wrong, field):
    response = as_administrator.post(f"{instances}new/", CHAT | wrong)

    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {field}


def test_a_chat_with_unfinished_work_stays(as_administrator, workstream, instances):
    chat = make_chat_widget(workstream)
    item = make_item(workstream, channel_instance=chat, title="Help me")

    refused = as_administrator.post(f"{instances}{chat.pk}/delete/")
    item.delete()
    deleted = as_administrator.post(f"{instances}{chat.pk}/delete/")

    assert refused.status_code == 409
    assert b"Help me" in refused.content
    assert deleted.status_code == 303


def test_an_instance_is_found_below_its_own_workstream_only(as_administrator, instances):
    strange = make_chat_widget(make_workstream("Other"))

    assert as_administrator.get(f"{instances}{strange.pk}/edit/").status_code == 404


def test_a_chat_says_what_who_waits_is_told(as_administrator, instances):
    told = {"tells_wait": "on", "tells_position": "on"}

    as_administrator.post(f"{instances}new/", CHAT | told)

    chat = ChannelInstance.objects.get()
    assert (chat.tells_wait, chat.tells_position, chat.tells_average_wait) == (True, True, False)

"""Setting up channels on the workstream's page."""

import pytest

from tests.factories import make_chat_widget, make_item, make_workstream
from workstreams.models import ChannelInstance

CHAT = {"name": "Web shop", "greeting": "Hello", "is_enabled": "on"}


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
        {"name": "Support line", "phone_number": "+49 30 123456", "is_enabled": "on"},
    )

    assert ChannelInstance.objects.get().settings == {"phone_number": "+4930123456"}


def test_other_channels_say_that_work_comes_by_the_api(as_administrator):
    sms = make_workstream("Texts", channel="sms")

    page = as_administrator.get(f"/workstreams/{sms.pk}/channel-instances/new/")

    assert b"through the API" in page.content


def test_a_chat_is_edited_and_switched_off(as_administrator, workstream, instances):
    chat = make_chat_widget(workstream, "shop")

    as_administrator.post(
        f"{instances}{chat.pk}/edit/", {"name": "Store", "slug": "shop", "greeting": "Hi"}
    )

    chat.refresh_from_db()
    assert (chat.name, chat.greeting, chat.is_enabled) == ("Store", "Hi", False)


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

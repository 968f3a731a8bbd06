"""Pages of versions."""

import pytest
from django.urls import reverse

from routing import configuration
from routing.models import ConfigurationVersion

LIST = "/configuration/versions/"


@pytest.fixture
def second_version(workstream, administrator, now):
    """Version 2, in which Ada keeps agents."""
    configuration.publish(by=None, now=now)
    workstream.keep_same_agent = True
    workstream.save()
    return configuration.publish(by=administrator, now=now, note="Keep <agents>.")


def get(client, user, url):
    client.force_login(user)
    return client.get(url)


def test_versions_are_listed_newest_first(client, supervisor, second_version):
    response = get(client, supervisor, LIST)

    text = response.content.decode()
    assert text.index("Version 2") < text.index("Version 1")
    assert "Keep &lt;agents&gt;." in text
    assert "ada" in text


def test_the_list_says_what_each_version_changed(
    client, supervisor, second_version, workstream, now
):
    workstream.delete()
    configuration.publish(by=None, now=now)

    text = " ".join(get(client, supervisor, LIST).content.decode().split())

    assert "Workstream “Chat” changed </td>" in text
    assert "Workstream “Chat” removed" in text
    assert 'added <span class="text-secondary">(+' in text


def test_a_list_without_notes_has_no_column_for_them(client, supervisor, now):
    configuration.publish(by=None, now=now)

    assert ">Note<" not in get(client, supervisor, LIST).content.decode()


def test_a_version_says_what_it_changed(client, administrator, second_version):
    response = get(client, administrator, reverse("routing:version-detail", args=[2]))

    text = response.content.decode()
    assert "Workstream “Chat”" in text
    assert "keep same agent" in text


def test_the_first_version_added_everything(client, supervisor, second_version):
    response = get(client, supervisor, reverse("routing:version-detail", args=[1]))

    assert "added" in response.content.decode()


def test_an_unknown_version_is_not_found(client, supervisor, second_version):
    assert get(client, supervisor, reverse("routing:version-detail", args=[9])).status_code == 404


def test_before_the_first_version_the_list_says_so(client, supervisor):
    assert "Nothing is published yet" in get(client, supervisor, LIST).content.decode()


def test_a_version_that_changed_nothing_says_so(client, supervisor, now):
    ConfigurationVersion.objects.create(number=1, at=now)

    response = get(client, supervisor, reverse("routing:version-detail", args=[1]))

    assert "Nothing differs" in response.content.decode()


def test_agents_are_told_that_versions_are_not_for_them(client, agent):
    assert get(client, agent.user, LIST).status_code == 403


@pytest.mark.django_db
def test_signed_out_people_are_sent_to_sign_in(client):
    response = client.get(LIST)

    assert response.status_code == 302
    assert "/accounts/login/" in response["Location"]


def test_versions_are_only_read(client, supervisor):
    client.force_login(supervisor)

    assert client.post(LIST).status_code == 405


def test_the_list_has_a_query_budget(
    client, supervisor, second_version, now, django_assert_max_num_queries
):
    client.force_login(supervisor)

    with django_assert_max_num_queries(7):
        client.get(LIST)


@pytest.mark.parametrize("url", [LIST, f"{LIST}2/"])
def test_who_published_is_named_as_people_call_him(client, administrator, second_version, url):
    administrator.first_name, administrator.last_name = "Grace", "Hopper"
    administrator.save()

    assert "Grace Hopper" in get(client, administrator, url).content.decode().split("<main")[1]


def test_who_was_deleted_since_keeps_his_username(
    client, supervisor, administrator, second_version
):
    administrator.delete()

    assert "by ada" in " ".join(get(client, supervisor, f"{LIST}2/").content.decode().split())

"""Two people save the same workstream: who did what, both values, reload or apply mine."""

import pytest
from django.test import Client

from agents.terms import Role
from tests.factories import make_profile, make_user

DISTRIBUTION = {
    "capacity_format": "unit",
    "capacity_units": 2,
    "wrap_up_block": "always",
    "allowed_presences": ["available", "busy"],
    "skill_matching": "exact",
}


@pytest.fixture
def address(workstream):
    """The form both have open."""
    return f"/workstreams/{workstream.pk}/distribution/"


@pytest.fixture
def faster(workstream, address):
    """Somebody else, who saved first."""
    person, browser = make_user("grace", Role.ADMINISTRATOR), Client()
    person.first_name, person.last_name = "Grace", "Hopper"
    person.save()
    browser.force_login(person)
    saved = browser.post(
        address, DISTRIBUTION | {"revision": 1, "capacity_units": 7, "skill_matching": "closest"}
    )
    assert saved.status_code == 303
    return browser


def both_values(response):
    return {each.label: (each.theirs, each.mine) for each in response.context["conflict"].values}


def test_both_values_and_who_saved_are_shown(as_administrator, address, faster):
    response = as_administrator.post(address, DISTRIBUTION | {"revision": 1})

    assert response.status_code == 422
    assert response.context["conflict"].who == "Grace Hopper"
    assert response.context["conflict"].at is not None
    assert both_values(response) == {
        "Units": ("7", "2"),
        "Default skill matching algorithm": ("Closest match", "Exact match"),
    }
    assert "Grace Hopper saved this workstream" in " ".join(response.content.decode().split())


def test_nothing_is_saved_before_a_choice_is_made(as_administrator, workstream, address, faster):
    as_administrator.post(address, DISTRIBUTION | {"revision": 1})

    workstream.refresh_from_db()
    assert (workstream.capacity_units, workstream.revision) == (7, 2)


def test_mine_is_applied_by_sending_it_again(as_administrator, workstream, address, faster):
    shown = as_administrator.post(address, DISTRIBUTION | {"revision": 1})
    revision = shown.context["form"]["revision"].value()

    response = as_administrator.post(address, DISTRIBUTION | {"revision": revision})

    workstream.refresh_from_db()
    assert b"Apply mine" in shown.content
    assert response.status_code == 303
    assert (workstream.capacity_units, workstream.skill_matching) == (2, "exact")


def test_another_save_meanwhile_is_another_conflict(as_administrator, address, faster):
    as_administrator.post(address, DISTRIBUTION | {"revision": 1})
    faster.post(address, DISTRIBUTION | {"revision": 2, "capacity_units": 9})

    response = as_administrator.post(address, DISTRIBUTION | {"revision": 2})

    assert response.status_code == 422
    assert both_values(response) == {"Units": ("9", "2")}


def test_reloading_shows_what_was_saved(as_administrator, address, faster):
    shown = as_administrator.post(address, DISTRIBUTION | {"revision": 1})

    form = as_administrator.get(shown.context["conflict"].reload_url).context["form"]

    assert (form["capacity_units"].value(), form["revision"].value()) == (7, 2)


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "dialog"])
def test_page_and_dialog_show_it(as_administrator, address, faster, headers):
    response = as_administrator.post(address, DISTRIBUTION | {"revision": 1}, headers=headers)

    assert response.content.count(b'id="conflict"') == 1
    assert (b'hx-target="#dialog-content"' in response.content) == bool(headers)


def test_rows_are_called_by_their_names(as_administrator, address, faster):
    mine = {
        "revision": 1,
        "capacity_format": "profile",
        "capacity_profiles": make_profile("Chats").pk,
    }

    values = both_values(as_administrator.post(address, DISTRIBUTION | mine))

    assert values["Capacity profiles"] == ("(empty)", "Chats")
    assert values["Capacity"] == ("Unit based", "Profile based")


def test_a_revision_that_is_none_is_refused(as_administrator, address):
    response = as_administrator.post(address, DISTRIBUTION | {"revision": "soon"})

    assert response.status_code == 422
    assert response.context["conflict"] is None


def test_pages_of_configuration_show_both_values_too(as_administrator, queue):
    address, entries = (
        f"/queues/{queue.pk}/edit/",
        {
            "name": "Mine",
            "type": "messaging",
            "priority": 1,
            "assignment_method": "highest_capacity",
        },
    )
    as_administrator.post(address, entries | {"name": "Theirs", "loaded_version": "1"})

    response = as_administrator.post(address, entries | {"loaded_version": "1"})
    applied = as_administrator.post(address, entries | {"loaded_version": "2"})

    assert response.status_code == 422
    assert both_values(response) == {"Name": ("Theirs", "Mine")}
    assert response.context["conflict"].who == "ada"
    assert applied.status_code == 303

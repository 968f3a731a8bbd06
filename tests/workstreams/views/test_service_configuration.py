"""The switches of the whole service."""

import pytest
from django.db import IntegrityError

from workstreams.models import ServiceConfiguration

PAGE = "/service-configuration/"


def service():
    return ServiceConfiguration.objects.get(pk=1)


def test_records_are_switched_on_and_stay_on(as_administrator):
    first = as_administrator.post(
        PAGE, {"maximum_declines": 3, "revision": 1, "routes_records": "on"}
    )
    since = service().record_routing_enabled_at
    second = as_administrator.post(
        PAGE, {"maximum_declines": 3, "revision": 2, "personal_quick_replies": "on"}
    )

    assert (first.status_code, second.status_code) == (303, 303)
    assert since is not None
    assert service().record_routing_enabled_at == since
    assert b"stays on" in as_administrator.get(PAGE).content


def test_personal_quick_replies_are_switched_off_and_on(as_administrator):
    as_administrator.post(PAGE, {"maximum_declines": 3, "revision": 1})
    assert not service().personal_quick_replies

    as_administrator.post(
        PAGE, {"maximum_declines": 3, "revision": 2, "personal_quick_replies": "on"}
    )
    assert service().personal_quick_replies


def test_another_persons_save_is_shown(as_administrator):
    as_administrator.post(PAGE, {"maximum_declines": 3, "revision": 1, "routes_records": "on"})

    response = as_administrator.post(
        PAGE, {"maximum_declines": 3, "revision": 1, "personal_quick_replies": "on"}
    )

    assert response.status_code == 422
    assert response.context["conflict"].who == "ada"


def test_supervisors_see_the_switches_only(as_supervisor, as_agent):
    shown = as_supervisor.get(PAGE)

    assert b"Unified routing for records" in shown.content
    assert b'type="checkbox"' not in shown.content
    assert as_supervisor.post(PAGE, {"maximum_declines": 3, "revision": 1}).status_code == 403
    assert as_agent.get(PAGE).status_code == 403


def test_the_number_of_declines_is_changed_and_read(as_administrator, as_supervisor):
    as_administrator.post(PAGE, {"maximum_declines": 5, "revision": 1})

    assert service().maximum_declines == 5
    assert b"Declines of one agent" in as_supervisor.get(PAGE).content


@pytest.mark.parametrize("number", ["", "0", "6", "many"])
def test_a_number_of_declines_that_is_none_is_refused_at_its_field(as_administrator, number):
    response = as_administrator.post(PAGE, {"maximum_declines": number, "revision": 1})

    assert response.status_code == 422
    assert response.context["form"].errors["maximum_declines"]


@pytest.mark.parametrize("revision", ["", "soon", "9" * 5000])
def test_a_strange_revision_saves_nothing(as_administrator, revision):
    response = as_administrator.post(
        PAGE, {"maximum_declines": 3, "revision": revision, "routes_records": "on"}
    )

    assert response.status_code == 422
    assert service().record_routing_enabled_at is None


def test_whom_agents_may_choose_is_set_and_read(as_administrator, as_supervisor):
    chosen = {
        "transfer_agents": "queue",
        "transfer_queues": "own",
        "consult_agents": "supervisors",
        "consult_queues": "related",
        "messaging_search_seconds": "45",
        "transfers_to_agents": "on",
    }

    as_administrator.post(PAGE, {"maximum_declines": 3, "revision": 1, **chosen})

    saved = service()
    shown = as_supervisor.get(PAGE).content.decode()
    assert saved.transfers_to_agents
    assert not saved.asks_queues
    assert (saved.transfer_agents, saved.transfer_queues) == ("queue", "own")
    assert (saved.consult_agents, saved.consult_queues) == ("supervisors", "related")
    assert (saved.messaging_search_seconds, saved.voice_search_seconds) == (45, None)
    assert "45 seconds" in shown
    assert "Members of the work item&#x27;s queue" in shown


def test_what_is_not_sent_of_whom_they_choose_stays(as_administrator):
    sent = {"maximum_declines": 3, "transfer_agents": "queue"}
    as_administrator.post(PAGE, {**sent, "revision": 1})

    as_administrator.post(PAGE, {"maximum_declines": 3, "revision": 2})

    assert service().transfer_agents == "queue"


@pytest.mark.parametrize(
    ("name", "value"),
    [("transfer_agents", "friends"), ("voice_search_seconds", "4"), ("consult_queues", "4")],
)
def test_what_is_no_choice_is_refused_at_its_field(as_administrator, name, value):
    response = as_administrator.post(PAGE, {"maximum_declines": 3, "revision": 1, name: value})

    assert response.status_code == 422
    assert response.context["form"].errors[name]


def test_the_database_knows_the_words_too(db):
    with pytest.raises(IntegrityError):
        ServiceConfiguration.objects.update_or_create(pk=1, defaults={"transfer_agents": "friends"})

"""A supervisor who is an agent, too, and what he does with work of his own."""

from datetime import datetime

import pytest
from django.test import Client

from agents.models import Agent, User
from agents.terms import Role
from routing import service
from tests.api.conftest import Caller
from tests.factories import make_agent, make_workstream
from tests.scenarios import in_conversation, offered
from workstreams.actions.send_message import send_message
from workstreams.models import Queue, ServiceConfiguration, WorkItem, Workstream
from workstreams.terms import Author, Channel


@pytest.fixture
def sven(queue: Queue) -> Agent:
    return make_agent("sven", role=Role.SUPERVISOR, queues=[queue])


@pytest.fixture
def talk(sven: Agent, queue: Queue, now: datetime) -> WorkItem:
    """Of him and a customer who may rest."""
    return in_conversation(make_workstream(queue=queue, channel=Channel.SMS), sven, now)


def test_he_closes_what_is_offered_to_himself(
    sven: Agent, workstream: Workstream, now: datetime
) -> None:
    item = offered(workstream, now)

    response = Caller(sven.user).post(f"/work-items/{item.pk}/close")

    assert response.json()["reason"] == "force_closed_by_supervisor"


def test_closing_his_own_conversation_twice_leaves_it_waiting_for_the_customer(
    sven: Agent, talk: WorkItem
) -> None:
    answers = [Caller(sven.user).post(f"/work-items/{talk.pk}/close").json() for _ in range(2)]

    assert [each["state"] for each in answers] == ["waiting", "waiting"]


def test_closing_a_live_conversation_twice_leaves_it_to_its_queue(
    sven: Agent, queue: Queue, now: datetime
) -> None:
    item = in_conversation(make_workstream(queue=queue), sven, now)

    answers = [Caller(sven.user).post(f"/work-items/{item.pk}/close") for _ in range(2)]

    item.refresh_from_db()
    assert [each.json()["state"] for each in answers] == ["open", "open"]
    assert (item.state, item.agent) == ("open", None)


def test_closing_twice_ends_nothing_that_the_customer_has_taken_up_meanwhile(
    sven: Agent, talk: WorkItem, now: datetime
) -> None:
    path, read = f"/work-items/{talk.pk}/close", {"read_until": 0}
    Caller(sven.user).post(path, read)
    send_message(item_id=talk.pk, author=Author.CUSTOMER, text="One more thing", now=now)

    again = Caller(sven.user).post(path, read)

    talk.refresh_from_db()
    assert (again.status_code, talk.state) == (409, "open")


def test_closing_twice_ends_nothing_that_a_colleague_has_taken_up_meanwhile(
    sven: Agent, queue: Queue, now: datetime
) -> None:
    item = in_conversation(make_workstream(queue=queue), sven, now)
    path, caller = f"/work-items/{item.pk}", Caller(sven.user)
    caller.post(f"{path}/close")
    colleague = make_agent("dora", queues=[queue])
    service.assign(item_id=item.pk, agent=colleague, by=sven.user, override=True)
    service.accept(item_id=item.pk, by=colleague)

    again = caller.post(f"{path}/close")

    item.refresh_from_db()
    assert (again.status_code, item.state, item.agent) == (409, "active", colleague)
    assert caller.post(f"{path}/close", {"force": True}).json()["state"] == "closed"


@pytest.mark.parametrize("before", ["active", "waiting", "wrap_up"])
def test_he_closes_his_own_for_good_by_force(sven: Agent, talk: WorkItem, before: str) -> None:
    path, caller = f"/work-items/{talk.pk}", Caller(sven.user)
    verb = {"waiting": "close", "wrap_up": "end"}.get(before)
    state = caller.post(f"{path}/{verb}").json()["state"] if verb else "active"

    closed = caller.post(f"{path}/close", {"force": True, "read_until": 0}).json()

    assert state == before
    assert (closed["state"], closed["reason"]) == ("closed", "force_closed_by_supervisor")


def test_supervisors_close_that_of_others_by_force_too(
    supervisor: User, agent: Agent, workstream: Workstream, now: datetime
) -> None:
    item = in_conversation(workstream, agent, now)

    closed = Caller(supervisor).post(f"/work-items/{item.pk}/close", {"force": True}).json()

    assert closed["reason"] == "force_closed_by_supervisor"


def test_he_does_not_where_that_is_switched_off(sven: Agent, talk: WorkItem) -> None:
    ServiceConfiguration.objects.update_or_create(pk=1, defaults={"supervisors_force_close": False})

    refused = Caller(sven.user).post(f"/work-items/{talk.pk}/close", {"force": True})

    talk.refresh_from_db()
    assert (refused.status_code, refused.json()["type"]) == (403, "not-for-supervisors")
    assert talk.state == "active"


def test_agents_close_nothing_by_force(agent: Agent, workstream: Workstream, now: datetime) -> None:
    item = in_conversation(workstream, agent, now)

    refused = Caller(agent.user).post(f"/work-items/{item.pk}/close", {"force": True})

    item.refresh_from_db()
    assert (refused.status_code, item.state) == (403, "active")


def test_the_documents_say_what_force_does(client: Client) -> None:
    schemas = client.get("/api/v1/openapi.json").json()["components"]["schemas"]

    assert "closed for good, whoever has it" in schemas["CloseIn"]["description"]
    assert schemas["CloseIn"]["properties"]["force"]["default"] is False

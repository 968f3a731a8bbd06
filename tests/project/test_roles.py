"""Who may do what (B 13.1), row by row: pages and API, for each of the three roles,
and for an agent who may change secure columns.

Two rulings stand beside the table. Administrators may do all that supervisors may. Agents view
people, presences, queues and workstreams on their desk, and not the configuration of them.
"""

from typing import Any, Final

import pytest
from django.db import transaction
from django.test import Client

from agents.models import User
from config.models import ApiToken
from routing.models import RoutingDecision
from tests.factories import make_profile
from tests.factories.learning import make_model
from tests.project.roles import ROWS, Ask, Row
from tests.scenarios import arrive

pytestmark = pytest.mark.django_db
NO: Final = 403


@pytest.fixture
def people(administrator, supervisor, agent, agent_of_another_queue) -> dict[str, User]:
    configurer = agent_of_another_queue.user
    configurer.may_change_secure_columns = True
    configurer.save(update_fields=["may_change_secure_columns"])
    return {
        "administrator": administrator,
        "supervisor": supervisor,
        "agent": agent.user,
        "configurer": configurer,
    }


@pytest.fixture
def ids(agent, second_agent, queue, workstream, now) -> dict[str, Any]:
    make_profile("Chats")
    item = arrive(workstream, now)
    return {
        "agent": second_agent.pk,
        "queue": queue.pk,
        "workstream": workstream.pk,
        "item": item.pk,
        "decision": RoutingDecision.objects.get(work_item_id=item.pk).pk,
        "model": make_model().pk,
    }


def answer(person: User, ask: Ask, ids: dict[str, Any]) -> Any:
    """What the person gets; nothing of it stays."""
    address = ask.address.format(**ids)
    with transaction.atomic():
        client = Client()
        if address.startswith("/api/"):
            headers = {"Authorization": f"Bearer {ApiToken.issue(person)}"}
            given: Any = client.generic(
                ask.method, address, ask.json(), content_type="application/json", headers=headers
            )
        else:
            client.force_login(person)
            given = client.get(address) if ask.method == "GET" else client.post(address, ask.body)
        transaction.set_rollback(True)
    return given


@pytest.mark.parametrize("row", ROWS, ids=[row.privilege for row in ROWS])
def test_each_role_may_what_the_table_says(row: Row, people, ids) -> None:
    for role, person in people.items():
        for ask in row.asks:
            given = answer(person, ask, ids)
            told = (role, ask.method, ask.address, given.status_code)
            assert (given.status_code != NO) is (role in row.may), told
            assert given.status_code in (NO, *ask.good), told
            assert given.status_code != NO or b"only " in given.content.lower(), told

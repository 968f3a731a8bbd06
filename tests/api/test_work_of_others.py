"""What is with somebody else is neither shown nor moved through the API."""

from typing import Any, Final

import pytest

from config.models import Event
from routing.models import Assignment
from tests.factories import make_workstream
from tests.scenarios import arrive
from workstreams.models import WorkItem

pytestmark = pytest.mark.django_db
ASKS: Final[dict[str, tuple[str, str, Any]]] = {
    "look": ("GET", "", None),
    "explanation": ("GET", "/explanation", None),
    "messages": ("GET", "/messages", None),
    "consults": ("GET", "/consults", None),
    "write": ("POST", "/messages", {"text": "Hi"}),
    "pick": ("POST", "/pick", None),
    "accept": ("POST", "/accept", None),
    "decline": ("POST", "/decline", None),
    "release": ("POST", "/release", None),
    "end": ("POST", "/end", None),
    "close": ("POST", "/close", None),
    "reopen": ("POST", "/reopen-session", None),
    "to a queue": ("POST", "/transfer", {"queue": "Elsewhere"}),
    "to himself": ("POST", "/transfer", {"agent": "charlie"}),
    "consult": ("POST", "/consults", {"agent": "charlie"}),
    "skills": ("PATCH", "/skills", {"remove": []}),
    "customer": ("PATCH", "/customer", {"contact": None}),
}
TOO_LATE: Final = {"pick", "accept", "decline", "release", "end"}


@pytest.fixture
def item(queue, as_agent, as_stranger, now):
    """With alice; charlie serves another queue."""
    item = arrive(make_workstream("Picked", mode="pick", queue=queue), now)
    assert as_agent.post(f"/work-items/{item.pk}/pick").status_code == 200
    return item


def all_there_is() -> Any:
    return (
        list(WorkItem.objects.values()),
        list(Assignment.objects.values()),
        list(Event.objects.values_list("pk", flat=True)),
    )


@pytest.mark.parametrize("name", ASKS)
def test_to_strangers_it_is_as_unknown_as_any(as_stranger, item, name):
    method, path, body = ASKS[name]
    before = all_there_is()

    there, nowhere = (
        as_stranger(method, f"/work-items/{number}{path}", body) for number in (item.pk, 999_999)
    )

    assert there.status_code == nowhere.status_code == 404
    assert there.json() == nowhere.json()
    assert all_there_is() == before


@pytest.mark.parametrize("name", ASKS)
def test_who_serves_its_queue_hears_that_it_is_gone_or_nothing(as_second_agent, item, name):
    method, path, body = ASKS[name]
    before = all_there_is()

    answer = as_second_agent(method, f"/work-items/{item.pk}{path}", body)

    assert answer.status_code == (409 if name in TOO_LATE else 404)
    assert all_there_is() == before


@pytest.mark.parametrize("name", ["assign", "monitor", "join"])
def test_agents_do_not_steer_even_what_is_theirs(as_agent, item, name):
    before = all_there_is()

    answer = as_agent.post(f"/work-items/{item.pk}/{name}", {"agent": "alice"})

    assert answer.status_code == 403
    assert all_there_is() == before

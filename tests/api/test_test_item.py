"""POST /workstreams/{id}/test-item."""

import pytest

from routing import configuration
from tests.factories import make_skill
from tests.factories.bots import make_bot, with_bot
from workstreams.models import WorkItem


@pytest.fixture
def path(workstream, agent, now):
    configuration.publish(by=None, now=now)
    return f"/workstreams/{workstream.pk}/test-item"


def test_it_explains_and_creates_nothing(as_administrator, path):
    response = as_administrator.post(path, {"title": "Help", "context": {"tier": "gold"}})

    explained = response.json()
    assert response.status_code == 200
    assert (explained["queue"], explained["would_be_offered_to"]) == ("Support", "alice")
    assert {each["stage"] for each in explained["stages"]} == {"classification", "route_to_queue"}
    assert not WorkItem.objects.exists()


@pytest.mark.parametrize(("is_enabled", "named"), [(True, "Helper"), (False, None)])
def test_it_names_the_bot_that_would_talk_first(
    as_administrator, path, workstream, is_enabled, named
):
    with_bot(workstream, make_bot("Helper", is_enabled=is_enabled))

    assert as_administrator.post(path, {}).json()["bot"] == named


@pytest.mark.parametrize(
    "body",
    [
        {"skills": [{"skill": "Juggling"}]},
        {"channel_instance": "nowhere"},
        {"context": {"x": {"deep": 1}}},
        {"colour": "red"},
    ],
)
def test_wrong_values_get_422(as_administrator, path, body):
    assert as_administrator.post(path, body).status_code == 422


@pytest.mark.parametrize("path_of", ["/workstreams/{}/test-item", "/try"])
def test_a_rating_off_the_scale_gets_422(as_administrator, workstream, path, path_of):
    make_skill("French")
    needed = {"skills": [{"skill": "French", "rating": 30}]}
    whose = {"workstream": workstream.name} if path_of == "/try" else {}

    problem = as_administrator.post(path_of.format(workstream.pk), needed | whose)

    assert (problem.status_code, problem.json()["type"]) == (422, "rating-out-of-range")


def test_supervisors_may_and_agents_may_not(as_supervisor, as_agent, path):
    assert as_supervisor.post(path, {}).status_code == 200
    assert as_agent.post(path, {}).status_code == 403
    assert as_supervisor.post("/workstreams/999/test-item", {}).status_code == 404

"""/work-items/{id}/skills."""

import pytest

from agents.models import AgentSkill
from tests.factories import make_skill
from tests.scenarios import arrive, in_conversation
from workstreams.models import ServiceConfiguration


@pytest.fixture
def item(workstream, agent, now):
    make_skill("French")
    make_skill("Repair")
    AgentSkill.objects.create(agent=agent, skill=make_skill("French"), rating=5)
    return in_conversation(workstream, agent, now, skills={make_skill("French"): 2})


def test_a_supervisor_changes_skills(as_supervisor, item) -> None:
    changes = {"add": [{"skill": "Repair", "rating": 3}], "remove": ["French"]}

    answer = as_supervisor.patch(f"/work-items/{item.pk}/skills", changes)

    assert answer.json()["skills"] == [{"skill": "Repair", "rating": 3}]


def test_an_agent_does_while_the_switch_is_on(as_agent, item) -> None:
    address, changes = f"/work-items/{item.pk}/skills", {"remove": ["French"]}

    assert as_agent.patch(address, changes).status_code == 403
    ServiceConfiguration.objects.update_or_create(pk=1, defaults={"agents_change_skills": True})
    assert as_agent.patch(address, changes).json()["skills"] == []


def test_an_agent_changes_his_own_work_only(as_agent, item, workstream, now) -> None:
    ServiceConfiguration.objects.update_or_create(pk=1, defaults={"agents_change_skills": True})
    other = arrive(workstream, now)

    assert as_agent.patch(f"/work-items/{other.pk}/skills", {"remove": []}).status_code == 409


@pytest.mark.parametrize(
    "changes",
    [
        {"add": [{"skill": "Nobody's"}]},
        {"remove": ["Nobody's"]},
        {"add": [{"skill": "French", "rating": 99}]},
        {"add": [{"skill": "French"}], "remove": ["French"]},
        {"add": "French"},
        {"skills": []},
    ],
)
def test_what_makes_no_sense_gets_422(as_supervisor, item, changes) -> None:
    assert as_supervisor.patch(f"/work-items/{item.pk}/skills", changes).status_code == 422

"""What the router remembers of agents is what their rows say, whatever changes them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agents.models import (
    Agent,
    AgentAttribute,
    AgentAttributeValue,
    AgentCapacityProfile,
    AgentPresence,
    AgentSkill,
    CapacityProfile,
    User,
)
from routing import configuration, service
from routing.dispatcher.candidates import Candidates, LeaseLost
from routing.models import AgentChange, AgentLoad, Alarm, ProfileLoad, RouterLease
from routing.queries.agent_facts import load_agents
from tests.factories import (
    make_agent,
    make_profile,
    make_queue,
    make_skill,
    make_workstream,
)
from tests.scenarios import arrive, in_conversation
from workstreams.models import Queue, QueueMembership, WorkItem, Workstream

pytestmark = pytest.mark.django_db


def remembered(candidates: Candidates, now: datetime) -> dict[int, Any]:
    configuration.publish(by=None, now=now)
    return {each.id: each for each in candidates.refresh(configuration.current())}


def in_rows() -> dict[int, Any]:
    ids = list(Agent.objects.values_list("pk", flat=True))
    found = load_agents(published=configuration.current(), agent_ids=ids)
    return {each.id: each for each in found}


CHANGES: dict[str, Callable[[Agent], Any]] = {
    "goes away": lambda a: AgentPresence.objects.filter(agent=a).update(base="away"),
    "loses his presence": lambda a: AgentPresence.objects.filter(agent=a).delete(),
    "chooses his presence": lambda a: AgentPresence.objects.filter(agent=a).update(is_manual=True),
    "is disabled": lambda a: Agent.objects.filter(pk=a.pk).update(is_enabled=False),
    "gets a new limit": lambda a: Agent.objects.filter(pk=a.pk).update(capacity_units=9),
    "is called otherwise": lambda a: User.objects.filter(agent=a).update(username="dorothea"),
    "becomes a supervisor": lambda a: User.objects.filter(agent=a).update(role="supervisor"),
    "learns": lambda a: AgentSkill.objects.create(agent=a, skill=make_skill("French"), rating=1),
    "gets better": lambda a: AgentSkill.objects.filter(agent=a).update(rating=9),
    "forgets": lambda a: AgentSkill.objects.filter(agent=a).delete(),
    "gets an attribute": lambda a: AgentAttributeValue.objects.create(
        agent=a, attribute=AgentAttribute.objects.get(name="Level"), value=1
    ),
    "has another value": lambda a: AgentAttributeValue.objects.filter(agent=a).update(value="Bonn"),
    "loses an attribute": lambda a: AgentAttributeValue.objects.filter(agent=a).delete(),
    "gets a nickname": lambda a: Agent.objects.filter(pk=a.pk).update(nickname="Dodo"),
    "joins a queue": lambda a: QueueMembership.objects.create(agent=a, queue=make_queue()),
    "leaves his queues": lambda a: QueueMembership.objects.filter(agent=a).delete(),
    "gets a profile": lambda a: AgentCapacityProfile.objects.create(
        agent=a, profile=make_profile("Calls")
    ),
    "gets a limit of his own": lambda a: a.capacity_profiles.update(custom_limit=7),
    "loses a profile": lambda a: a.capacity_profiles.all().delete(),
    "has a profile with a new limit": lambda a: CapacityProfile.objects.update(work_item_limit=2),
    "has a profile that blocks": lambda a: CapacityProfile.objects.update(blocks_assignment=True),
    "holds more": lambda a: AgentLoad.objects.filter(agent=a).update(units_used=1),
    "holds more of a profile": lambda a: ProfileLoad.objects.create(
        agent=a, profile=CapacityProfile.objects.get(name="Cases"), used=1
    ),
    "is deleted": lambda a: _delete(a),
}


def _delete(agent: Agent) -> None:
    AgentLoad.objects.filter(agent=agent).delete()
    agent.delete()


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_the_next_cycle_sees_an_agent_who(
    change: Callable[[Agent], Any], candidates: Candidates, dora: Agent, now: datetime
) -> None:
    before = remembered(candidates, now)
    known = before[dora.pk]

    change(dora)

    after = remembered(candidates, now)
    assert after == in_rows() != before
    (queue_id,) = known.memberships
    serving = [each for each in after.values() if queue_id in each.memberships]
    assert [*candidates.staff.members(queue_id)] == serving


def test_what_a_batch_gives_is_remembered_without_reading_it(
    candidates: Candidates, workstream: Workstream, queue: Queue, dora: Agent, now: datetime
) -> None:
    by_profile = make_workstream(queue=queue, capacity_format="profile")
    by_profile.capacity_profiles.add(CapacityProfile.objects.get(name="Cases"))
    for each in (workstream, by_profile):
        arrive(each, now)
    remembered(candidates, now)

    result = service.run_cycle(now=now, candidates=candidates, epoch=candidates.epoch)

    assert (result.assigned, AgentChange.objects.count()) == (2, 0)
    assert {each.id: each for each in candidates.staff} == in_rows()


def test_a_batch_that_fails_in_the_end_leaves_nothing_in_memory(
    candidates: Candidates,
    workstream: Workstream,
    dora: Agent,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    arrive(workstream, now)
    before = remembered(candidates, now)
    with monkeypatch.context() as patch:
        patch.setattr("routing.dispatcher.commit.DecisionStage", None)
        with pytest.raises(AttributeError):
            service.run_cycle(now=now, candidates=candidates, epoch=candidates.epoch)

    after = remembered(candidates, now)

    assert after == before == in_rows()
    result = service.run_cycle(now=now, candidates=candidates, epoch=candidates.epoch)
    assert result.assigned == 1


def test_a_quiet_cycle_reads_no_agent(
    candidates: Candidates, workstream: Workstream, dora: Agent, now: datetime
) -> None:
    arrive(workstream, now)
    remembered(candidates, now)

    with CaptureQueriesContext(connection) as queries:
        service.run_cycle(now=now, candidates=candidates, epoch=candidates.epoch)

    assert not [each for each in queries.captured_queries if "queries.agent_facts" in each["sql"]]


def test_who_did_not_fit_is_read_again(
    candidates: Candidates, workstream: Workstream, queue: Queue, agent: Agent, now: datetime
) -> None:
    other = make_agent(queues=[queue], units=1)
    item = arrive(workstream, now)
    remembered(candidates, now)
    AgentLoad.objects.filter(agent=agent).update(units_used=3)
    AgentChange.objects.all().delete()

    cycles = [service.run_cycle(now=now, candidates=candidates) for _ in range(2)]

    assert [(each.proposed, each.assigned) for each in cycles] == [(1, 0), (1, 1)]
    assert WorkItem.objects.get(pk=item.pk).agent == other


def test_a_published_name_is_known_from_the_next_cycle(
    candidates: Candidates, dora: Agent, now: datetime
) -> None:
    remembered(candidates, now)
    skill = make_skill("Spanish")
    skill.name = "Castilian"
    skill.save()

    assert list(remembered(candidates, now)[dora.pk].skills) == ["Castilian"]


def test_another_routers_changes_are_not_taken_away(
    candidates: Candidates, agent: Agent, now: datetime
) -> None:
    remembered(candidates, now)
    RouterLease.objects.update(epoch=candidates.epoch + 1)

    CHANGES["goes away"](agent)
    remembered(candidates, now)

    assert list(AgentChange.objects.values_list("agent_id", flat=True)) == [agent.pk]


def test_an_error_while_changes_are_read_costs_one_reading_of_everybody(
    candidates: Candidates, agent: Agent, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    remembered(candidates, now)
    CHANGES["goes away"](agent)
    with monkeypatch.context() as patch:
        patch.setattr("routing.dispatcher.candidates.load_agents", None)
        with pytest.raises(TypeError):
            remembered(candidates, now)

    assert remembered(candidates, now) == in_rows()


def test_comparing_finds_nothing_after_work_and_changes(
    candidates: Candidates, workstream: Workstream, dora: Agent, now: datetime
) -> None:
    remembered(candidates, now)
    in_conversation(workstream, dora, now)
    CHANGES["gets better"](dora)

    assert service.compare_candidates(candidates=candidates, now=now) == 0
    assert not Alarm.objects.exists()


def test_a_change_that_nothing_told_of_is_mended_and_raises_an_alarm(
    candidates: Candidates, dora: Agent, now: datetime
) -> None:
    remembered(candidates, now)
    CHANGES["gets better"](dora)
    AgentChange.objects.all().delete()

    wrong = [service.compare_candidates(candidates=candidates, now=now) for _ in range(2)]

    assert wrong == [1, 0]
    assert Alarm.objects.get().kind == "candidates_drifted"
    assert {each.id: each for each in candidates.staff} == in_rows()


def test_who_lost_the_lease_takes_what_the_next_router_does_for_no_fault(
    candidates: Candidates, dora: Agent, now: datetime
) -> None:
    remembered(candidates, now)
    RouterLease.objects.update(epoch=candidates.epoch + 1)
    CHANGES["gets better"](dora)

    with pytest.raises(LeaseLost):
        service.compare_candidates(candidates=candidates, now=now)

    assert not Alarm.objects.exists()


def test_comparing_goes_through_everybody_in_turn(
    candidates: Candidates, queue: Queue, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("routing.dispatcher.candidates.COMPARED_AT_ONCE", 2)
    monkeypatch.setattr("routing.dispatcher.candidates.SLICE", 2)
    everybody = [make_agent(queues=[queue]) for _ in range(5)]
    remembered(candidates, now)
    CHANGES["goes away"](everybody[4])
    AgentChange.objects.all().delete()

    assert [service.compare_candidates(candidates=candidates, now=now) for _ in range(4)] == [
        0, 0, 1, 0,
    ]  # fmt: skip

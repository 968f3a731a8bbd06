"""Two administrators who change the same agents at once: everything both said, and no deadlock."""

from datetime import datetime

from agents.actions.edit_agent import edit_agent
from agents.actions.set_agent_skills import set_agent_skills
from agents.models import Agent, AgentSkill, Presence, User
from routing import service
from routing.models import AgentLoad
from routing.sweeps import recount_capacity
from tests.factories import make_agent, make_profile, make_queue, make_skill
from tests.races.together import queued_behind
from tests.scenarios import offered, presence_of
from workstreams.actions.change_agents import change_agents
from workstreams.agent_changes import AgentChange
from workstreams.models import QueueMembership, Workstream


def test_both_changes_are_there(administrator: User, now: datetime) -> None:
    ids = [make_agent(skills={"German": 1}).pk for _ in range(20)]
    french, german = make_skill("French"), make_skill("German")
    sales, profile = make_queue("Sales"), make_profile("Chats")
    one = AgentChange(skills={french: 4}, queues_joined=[sales], profiles={profile: 3})
    other = AgentChange(skills={french: 2, german: 5}, queues_joined=[sales], profiles={profile: 8})

    def change(wanted: AgentChange, chosen: list[int]) -> list[str]:
        plans = change_agents(agent_ids=chosen, change=wanted, by=administrator, now=now)
        return [plan.changes[0] for plan in plans]

    first, second = queued_behind(
        Agent.objects.filter(pk=ids[10]),
        lambda: change(one, ids),
        lambda: change(other, ids[::-1]),
    )

    # Whoever was second found what the first had left, and says so.
    assert {first[0], second[0]} in (
        {"skill French (4)", "skill French: 2 instead of 4"},
        {"skill French (2)", "skill French: 4 instead of 2"},
    )
    ratings = set(AgentSkill.objects.filter(skill=french).values_list("rating", flat=True))
    assert len(ratings) == 1
    assert set(AgentSkill.objects.filter(skill=german).values_list("rating", flat=True)) == {5}
    assert QueueMembership.objects.filter(queue=sales).count() == len(ids)
    assert recount_capacity.sweep(now=now, limit=100) == 0


def test_one_agents_own_form_and_a_bulk_change_wait_for_each_other(
    administrator: User, now: datetime
) -> None:
    agents = [make_agent() for _ in range(3)]
    french, german = make_skill("French"), make_skill("German")

    queued_behind(
        Agent.objects.filter(pk=agents[1].pk),
        lambda: set_agent_skills(agent=agents[1], skills=[(german, 1)], by=administrator, now=now),
        lambda: change_agents(
            agent_ids=[agent.pk for agent in agents],
            change=AgentChange(skills={french: 4}, presence=Presence.objects.get(name="busy")),
            by=administrator,
            now=now,
        ),
    )

    names = set(agents[1].skills.values_list("skill__name", flat=True))
    # The form says what there is: it comes first and keeps its skill, or last and is all there is.
    assert names in ({"French", "German"}, {"German"})
    assert agents[0].skills.get().skill == french


def test_disabling_an_agent_and_an_acceptance_wait_in_one_order(
    workstream: Workstream, agent: Agent, administrator: User, now: datetime
) -> None:
    item = offered(workstream, now)

    accepted, _ = queued_behind(
        AgentLoad.objects.filter(agent=agent),
        lambda: service.accept(item_id=item.pk, by=agent),
        lambda: edit_agent(agent=agent, by=administrator, now=now, is_enabled=False),
    )

    # Nobody was chosen as the victim of a deadlock.
    assert accepted.outcome == "accepted"
    assert presence_of(agent) == ("offline", False)


def test_a_bulk_change_of_presence_and_limits_and_an_acceptance_wait_in_one_order(
    workstream: Workstream, agent: Agent, administrator: User, now: datetime
) -> None:
    item, away = offered(workstream, now), Presence.objects.get(name="away")
    change = AgentChange(presence=away, profiles={make_profile("Chats"): 3})

    accepted, plans = queued_behind(
        AgentLoad.objects.filter(agent=agent),
        lambda: service.accept(item_id=item.pk, by=agent),
        lambda: change_agents(agent_ids=[agent.pk], change=change, by=administrator, now=now),
    )

    assert (accepted.outcome, len(plans[0].changes)) == ("accepted", 2)
    assert presence_of(agent) == ("away", True)

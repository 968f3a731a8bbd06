"""Skills, profiles and queues of one agent."""

import pytest

from agents.actions.set_agent_capacity_profiles import set_agent_capacity_profiles
from agents.actions.set_agent_skills import set_agent_skills
from agents.exceptions import RatingOutOfRange
from agents.models import AgentCapacityProfile, AgentSkill
from agents.signals import capacity_changed, skills_changed
from config.models import Event
from tests.agents.actions.heard import heard
from tests.factories import make_profile, make_queue, make_skill
from workstreams.actions.set_agent_queues import set_agent_queues
from workstreams.signals import queue_members_changed


def skills_of(agent) -> dict[str, int]:
    return dict(AgentSkill.objects.filter(agent=agent).values_list("skill__name", "rating"))


def test_skills_are_replaced_all_at_once(agent, administrator, now) -> None:
    french, german = make_skill("French"), make_skill("German")
    set_agent_skills(agent=agent, skills=[(french, 4)], by=administrator, now=now)

    set_agent_skills(agent=agent, skills=[(german, 7)], by=administrator, now=now)

    assert skills_of(agent) == {"German": 7}
    assert Event.objects.filter(
        kind="skills-changed", data={"skills": {"German": 7}, "by": "ada"}
    ).exists()


def test_changed_skills_are_announced_and_same_ones_are_not(agent, administrator, now) -> None:
    french = make_skill("French")

    with heard(skills_changed) as calls:
        set_agent_skills(agent=agent, skills=[(french, 4)], by=administrator, now=now)
        set_agent_skills(agent=agent, skills=[(french, 4)], by=administrator, now=now)

    assert calls == [{"agent_ids": [agent.pk], "now": now}]
    assert Event.objects.filter(kind="skills-changed").count() == 1


@pytest.mark.parametrize("rating", [0, 11])
def test_a_rating_off_the_scale_is_refused(agent, administrator, now, rating) -> None:
    with pytest.raises(RatingOutOfRange, match="French is rated from 1 to 10"):
        set_agent_skills(
            agent=agent, skills=[(make_skill("French"), rating)], by=administrator, now=now
        )

    assert skills_of(agent) == {}


def test_a_deactivated_skill_stays_so_until_said_otherwise(agent, administrator, now) -> None:
    french = make_skill("French")
    set_agent_skills(
        agent=agent, skills=[(french, 4)], inactive=[french], by=administrator, now=now
    )

    set_agent_skills(agent=agent, skills=[(french, 5)], by=administrator, now=now)
    assert AgentSkill.objects.get(agent=agent).is_active is False

    set_agent_skills(agent=agent, skills=[(french, 5)], inactive=[], by=administrator, now=now)
    assert AgentSkill.objects.get(agent=agent).is_active is True


def test_profiles_carry_their_own_or_a_custom_limit(agent, administrator, now) -> None:
    high, low = make_profile("High", limit=2), make_profile("Low", limit=4)

    with heard(capacity_changed) as calls:
        set_agent_capacity_profiles(
            agent=agent, profiles=[(high, None), (low, 6)], by=administrator, now=now
        )

    rows = AgentCapacityProfile.objects.filter(agent=agent)
    assert {row.profile.name: row.limit for row in rows} == {"High": 2, "Low": 6}
    assert Event.objects.get(kind="capacity-changed").data["limits"] == {"High": 2, "Low": 6}
    assert calls == [{"agent_ids": [agent.pk], "now": now}]


def test_the_same_profiles_again_are_no_news(agent, administrator, now) -> None:
    high = make_profile("High")
    set_agent_capacity_profiles(agent=agent, profiles=[(high, 1)], by=administrator, now=now)

    with heard(capacity_changed) as calls:
        set_agent_capacity_profiles(agent=agent, profiles=[(high, 1)], by=administrator, now=now)

    assert calls == []


def test_an_emptied_custom_limit_is_the_profiles_own_again(agent, administrator, now) -> None:
    high = make_profile("High", limit=2)
    set_agent_capacity_profiles(agent=agent, profiles=[(high, 9)], by=administrator, now=now)

    set_agent_capacity_profiles(agent=agent, profiles=[(high, None)], by=administrator, now=now)

    assert AgentCapacityProfile.objects.get(agent=agent).limit == 2


def test_an_agents_queues_are_replaced_and_both_sides_told(
    agent, queue, administrator, now
) -> None:
    sales = make_queue("Sales")

    with heard(queue_members_changed) as calls:
        set_agent_queues(agent=agent, queues=[sales], by=administrator, now=now)

    assert list(agent.queues.all()) == [sales]
    assert calls == [{"queue_ids": [sales.pk, queue.pk], "agent_ids": [agent.pk], "now": now}]
    events = Event.objects.filter(kind="queue-members-changed")
    assert {event.queue_id: event.data["joined"] for event in events} == {
        sales.pk: True,
        queue.pk: False,
    }


def test_the_same_queues_again_are_no_news(agent, queue, administrator, now) -> None:
    with heard(queue_members_changed) as calls:
        set_agent_queues(agent=agent, queues=[queue], by=administrator, now=now)

    assert calls == []

"""What an agent can do: skills, profiles and queues."""

from agents.models import AgentCapacityProfile, AgentSkill
from tests.agents.views.agent_pages import page_of
from tests.factories import (
    make_profile,
    make_queue,
    make_skill,
)


def test_whether_a_skill_counts_is_asked_once_it_is_rated(as_administrator, agent) -> None:
    french, german = make_skill("French"), make_skill("German")
    AgentSkill.objects.create(agent=agent, skill=french, rating=3, is_active=False)
    address = page_of(agent, "skills")

    content = as_administrator.get(address).content.decode()
    as_administrator.post(address, {f"rating-{french.pk}": "3", f"rating-{german.pk}": "4"})

    assert f"active-{french.pk}" in content
    assert f"active-{german.pk}" not in content
    stored = dict(AgentSkill.objects.values_list("skill__name", "is_active"))
    assert stored == {"French": False, "German": True}


def test_skills_are_rated_on_one_form(as_administrator, agent) -> None:
    french, german = make_skill("French"), make_skill("German")
    ratings = {
        f"rating-{french.pk}": "7",
        f"active-{french.pk}": "on",
        f"rating-{german.pk}": "",
    }

    response = as_administrator.post(page_of(agent, "skills"), ratings)

    assert response.status_code == 303
    row = AgentSkill.objects.get(agent=agent)
    assert (row.skill, row.rating, row.is_active) == (french, 7, True)


def test_a_rating_off_the_scale_stands_at_its_field(as_administrator, agent) -> None:
    french = make_skill("French")

    response = as_administrator.post(page_of(agent, "skills"), {f"rating-{french.pk}": "11"})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [f"rating-{french.pk}"]
    assert not AgentSkill.objects.exists()


def test_profiles_may_have_a_limit_of_the_agents_own(as_administrator, agent) -> None:
    cases = make_profile("Cases", limit=2)

    as_administrator.post(
        page_of(agent, "profiles"), {f"has-{cases.pk}": "on", f"limit-{cases.pk}": "5"}
    )

    assert AgentCapacityProfile.objects.get(agent=agent).limit == 5


def test_queues_are_ticked(as_administrator, agent) -> None:
    sales = make_queue("Sales")

    as_administrator.post(page_of(agent, "queues"), {"queues": [sales.pk]})

    assert [queue.name for queue in agent.queues.all()] == ["Sales"]

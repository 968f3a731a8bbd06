"""Where skills and capacity profiles are used."""

import pytest
from django.urls import reverse

from routing.models import ProfileLoad, Rule, Ruleset
from routing.terms import RulesetKind
from tests.factories import make_agent, make_item, make_profile, make_skill


@pytest.fixture
def triage(workstream):
    """A classification ruleset."""
    return Ruleset.objects.create(
        kind=RulesetKind.CLASSIFICATION, workstream=workstream, name="Triage"
    )


def profile_page(profile) -> str:
    return reverse("agents:capacity-profile-detail", args=[profile.pk])


def skill_page(skill) -> str:
    return reverse("agents:skill-detail", args=[skill.pk])


def test_a_profile_shows_who_holds_how_much(as_supervisor, workstream, triage) -> None:
    chats = make_profile("Chats", limit=4)
    amira, bruno = make_agent("amira", profiles=[chats]), make_agent("bruno", profiles=[chats])
    left = make_agent("chloe")
    bruno.capacity_profiles.update(custom_limit=1)
    for agent, used in ((amira, 3), (bruno, 1), (left, 2)):
        ProfileLoad.objects.create(agent=agent, profile=chats, used=used)
    workstream.capacity_profiles.add(chats)
    Rule.objects.create(ruleset=triage, name="Gold", then={"capacity_profiles": ["Chats"]})

    html = " ".join(as_supervisor.get(profile_page(chats)).content.decode().split())

    assert "6 in use now, 1 agent at the limit" in html
    assert html.index(">amira<") < html.index(">bruno<")
    assert "3 / 4" in html
    assert "own limit, lower" in html
    assert "Still held by agents who have it no more" in html
    assert "chloe" in html
    assert reverse("workstreams:workstream-detail", args=[workstream.pk]) in html
    assert "Rule “Gold”" in html


def test_a_skill_shows_agents_rules_and_work(as_supervisor, workstream, triage) -> None:
    french = make_skill("French")
    make_agent("amira", skills={"French": 8})
    make_agent("bruno", skills={"French": 3}).skills.update(is_active=False)
    make_item(workstream, required_skills=[[french.pk, 3]])
    make_item(workstream, required_skills=[[make_skill("Repair").pk, None]])
    Rule.objects.create(
        ruleset=triage, name="Gold", then={"skills": [{"skill": "French", "rating": 2}]}
    )

    html = " ".join(as_supervisor.get(skill_page(french)).content.decode().split())

    assert html.index(">amira<") < html.index(">bruno<")
    assert "Not for now" in html
    assert "1 unfinished work item needs it." in html
    assert "Rule “Gold”" in html


def test_what_nobody_uses_says_so(as_supervisor, db) -> None:
    assert "No agent has this skill" in as_supervisor.get(skill_page(make_skill())).content.decode()
    html = as_supervisor.get(profile_page(make_profile())).content.decode()
    assert "No agent has this profile" in html


@pytest.mark.parametrize("count", [2, 60])
def test_the_pages_cost_the_same_however_many_agents(
    as_supervisor, db, count, django_assert_max_num_queries
) -> None:
    profile, skill = make_profile("Chats"), make_skill("French")
    for _ in range(count):
        make_agent(profiles=[profile], skills={"French": 1})

    with django_assert_max_num_queries(14):
        as_supervisor.get(profile_page(profile))
    with django_assert_max_num_queries(14):
        as_supervisor.get(f"{skill_page(skill)}?page=2")


def test_agents_do_not_see_them(as_agent) -> None:
    assert as_agent.get(skill_page(make_skill())).status_code == 403
    assert as_agent.get(profile_page(make_profile())).status_code == 403

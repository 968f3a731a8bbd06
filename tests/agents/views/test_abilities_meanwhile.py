"""What another one gives an agent meanwhile is not taken away by a dialog that was open."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.urls import reverse

from agents.actions.set_agent_attributes import set_agent_attributes
from agents.actions.set_agent_capacity_profiles import set_agent_capacity_profiles
from agents.actions.set_agent_skills import set_agent_skills
from tests.factories import make_agent, make_attribute, make_profile, make_queue, make_skill
from workstreams.actions.set_agent_queues import set_agent_queues


def address_of(agent, noun: str) -> str:
    return reverse(f"agents:agent-{noun}", args=[agent.pk])


def form_of(page: Any) -> dict[str, Any]:
    """What a browser sends back of the dialog when nothing is typed."""
    values = {each.html_name: each.value() for each in page.context["form"]}
    return {name: value for name, value in values.items() if value not in (None, False)}


def save_over(browser, agent, noun: str, meanwhile, changes: Mapping[str, Any]) -> None:
    sent = form_of(browser.get(address_of(agent, noun)))
    meanwhile()
    sent |= changes
    left = {name: value for name, value in sent.items() if value is not None}
    assert browser.post(address_of(agent, noun), left).status_code == 303


def test_queues_are_joined_and_left_one_by_one(as_administrator, now) -> None:
    kept, left, theirs, gone, mine = (make_queue(name) for name in "abcde")
    agent = make_agent("dora", queues=[kept, left, gone])

    save_over(
        as_administrator,
        agent,
        "queues",
        lambda: set_agent_queues(agent=agent, queues=[kept, left, theirs], by=None, now=now),
        {"queues": [kept.pk, gone.pk, mine.pk]},
    )

    assert set(agent.queues.all()) == {kept, theirs, mine}


def test_skills_that_were_not_touched_stay(as_administrator, now) -> None:
    french, _, spanish = (make_skill(name) for name in ("French", "German", "Spanish"))
    agent = make_agent("dora", skills={"French": 3, "German": 2})

    save_over(
        as_administrator,
        agent,
        "skills",
        lambda: set_agent_skills(agent=agent, skills=[(french, 5), (spanish, 1)], by=None, now=now),
        {f"active-{french.pk}": None},
    )

    rows = agent.skills.values_list("skill__name", "rating", "is_active")
    assert set(rows) == {("French", 5, False), ("Spanish", 1, True)}


def test_profiles_that_were_not_touched_stay(as_administrator, now) -> None:
    chats, calls, mails = (make_profile(name) for name in ("Chats", "Calls", "Mails"))
    agent = make_agent("dora", profiles=[chats, calls])

    save_over(
        as_administrator,
        agent,
        "profiles",
        lambda: set_agent_capacity_profiles(
            agent=agent, profiles=[(chats, 1), (mails, None)], by=None, now=now
        ),
        {},
    )

    rows = agent.capacity_profiles.values_list("profile__name", "custom_limit")
    assert set(rows) == {("Chats", 1), ("Mails", None)}


@pytest.mark.parametrize(("ticked", "left"), [("on", {("Calls", 9)}), (None, set())])
def test_a_limit_that_is_typed_keeps_the_profile_as_it_is_ticked(
    as_administrator, now, ticked, left
) -> None:
    calls = make_profile("Calls")
    agent = make_agent("dora", profiles=[calls])

    save_over(
        as_administrator,
        agent,
        "profiles",
        lambda: set_agent_capacity_profiles(agent=agent, profiles=[], by=None, now=now),
        {f"limit-{calls.pk}": 9, f"has-{calls.pk}": ticked},
    )

    assert set(agent.capacity_profiles.values_list("profile__name", "custom_limit")) == left


@pytest.mark.parametrize(
    ("given", "before", "theirs"),
    [
        ({"type": "text"}, "Rome", "Oslo"),
        ({"type": "number"}, 1, 2),
        ({"type": "boolean"}, True, False),
        ({"type": "date"}, "2026-03-02", "2026-03-03"),
        ({"type": "choice", "options": ["Red", "Blue"]}, "Red", "Blue"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_attributes_that_were_not_touched_stay(
    as_administrator, agent, now, given, before, theirs
) -> None:
    first, second = make_attribute("First", **given), make_attribute("Second", **given)

    def give(values) -> None:
        set_agent_attributes(agent=agent, values=values, by=None, now=now)

    give({first: before, second: before})
    page = as_administrator.get(address_of(agent, "attributes"))
    [mine] = [each.html_name for each in page.context["form"] if each.label == "Second"]
    save_over(as_administrator, agent, "attributes", lambda: give({first: theirs}), {mine: None})

    assert dict(agent.attributes.values_list("attribute__name", "value")) == {"First": theirs}

"""What is given to people while it is changed itself: they have it as it is in the end."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from agents.actions.delete_definition import delete_definition
from agents.actions.note_window import note_window
from agents.actions.save_definition import save_definition
from agents.actions.set_agent_skills import set_agent_skills
from agents.actions.set_presence import set_presence
from agents.actions.sign_in_agent import sign_in_agent
from agents.exceptions import PresenceNotSelectable
from agents.models import Agent, AgentPresence, Presence, RatingModel, Skill, User
from config.refusal import Refusal
from routing import configuration
from routing.sweeps import carry_bases
from tests.api.conftest import Caller
from tests.factories import make_skill
from tests.races.together import (
    Elsewhere,
    before_the_commit,
    queued_behind,
    waiting_for_nobody,
)
from workstreams.actions.change_agents import change_agents
from workstreams.agent_changes import AgentChange

Give = Callable[[Agent, Any, User, datetime], Any]


def chooses(agent: Agent, lunch: Presence, by: User, now: datetime) -> None:
    set_presence(agent=agent, presence=lunch, by=by, now=now)


def signs_in(agent: Agent, lunch: Presence, by: User, now: datetime) -> None:
    sign_in_agent(agent=agent, now=now)


def comes_back(agent: Agent, lunch: Presence, by: User, now: datetime) -> None:
    note_window(agent=agent, key=uuid4(), now=now)


def is_one_of_many(agent: Agent, lunch: Presence, by: User, now: datetime) -> None:
    change = AgentChange(presence=lunch)
    change_agents(agent_ids=[agent.pk], change=change, by=by, now=now)


COMES: Final = [signs_in, comes_back]
IS_GIVEN: Final = [chooses, is_one_of_many]


@pytest.fixture
def lunch(db: None) -> Presence:
    """A presence of the organisation's own, during which work arrives."""
    return Presence.objects.create(name="lunch", text="Lunch", base="available")


@pytest.fixture
def away(agent: Agent, lunch: Presence, now: datetime) -> Agent:
    """Left long ago, and has lunch whenever he comes."""
    agent.default_presence = lunch
    agent.save()
    left = {"presence": Presence.objects.get(name="offline"), "base": "offline", "left_at": now}
    AgentPresence.objects.filter(agent=agent).update(**left)
    return agent


def no_work_at(lunch: Presence, by: User, now: datetime, **also: bool) -> None:
    changed = Presence(pk=lunch.pk, name="lunch", text="Lunch", base="away", **also)
    save_definition(row=changed, by=by, now=now)


@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize("gets", IS_GIVEN)
def test_who_gets_a_presence_as_its_base_changes_has_the_new_base(
    gets: Give, is_first: bool, away: Agent, lunch: Presence, administrator: User, now: datetime
) -> None:
    moves = [
        lambda: gets(away, lunch, administrator, now),
        lambda: no_work_at(lunch, administrator, now),
    ]

    before_the_commit(*(moves if is_first else moves[::-1]))

    row = AgentPresence.objects.get(agent=away)
    assert (row.presence, row.base) == (lunch, "away")


@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize("comes", COMES)
def test_who_comes_waits_for_no_change_of_his_presence_and_has_its_base_soon_after(
    comes: Give, is_first: bool, away: Agent, lunch: Presence, administrator: User, now: datetime
) -> None:
    moves = [
        lambda: comes(away, lunch, administrator, now),
        lambda: no_work_at(lunch, administrator, now),
    ]

    with waiting_for_nobody():
        elsewhere = Elsewhere(moves[0] if is_first else moves[1])
        moves[1 if is_first else 0]()
    elsewhere.commit()
    swept = carry_bases.sweep(now=now, limit=10)

    row = AgentPresence.objects.get(agent=away)
    assert (row.presence, row.base, swept) == (lunch, "away", 1)


@pytest.mark.parametrize("is_first", [True, False])
def test_who_comes_back_to_a_presence_as_its_base_changes_has_the_new_base(
    is_first: bool, agent: Agent, lunch: Presence, administrator: User, now: datetime
) -> None:
    left = {"presence": Presence.objects.get(name="offline"), "base": "offline", "left_at": now}
    had = {"before": lunch, "before_is_manual": True}
    AgentPresence.objects.filter(agent=agent).update(**left, **had)
    moves = [
        lambda: comes_back(agent, lunch, administrator, now),
        lambda: no_work_at(lunch, administrator, now),
    ]

    before_the_commit(*(moves if is_first else moves[::-1]))

    row = AgentPresence.objects.get(agent=agent)
    assert (row.presence, row.base, row.is_manual) == (lunch, "away", True)


@pytest.mark.parametrize("gets", IS_GIVEN)
def test_nobody_is_given_a_presence_that_only_the_system_sets_by_then(
    gets: Give, agent: Agent, lunch: Presence, administrator: User, now: datetime
) -> None:
    _, answer = before_the_commit(
        lambda: no_work_at(lunch, administrator, now, agents_may_set=False),
        lambda: gets(agent, lunch, administrator, now),
    )

    assert isinstance(answer, PresenceNotSelectable)


@pytest.mark.parametrize("gets", [*IS_GIVEN, *COMES])
def test_who_waits_for_a_presence_does_not_hold_the_agent(
    gets: Give, away: Agent, lunch: Presence, administrator: User, now: datetime
) -> None:
    queued_behind(
        Presence.objects.filter(pk=lunch.pk),
        lambda: gets(away, lunch, administrator, now),
        then=lambda: AgentPresence.objects.select_for_update(nowait=True).get(agent=away),
    )

    assert AgentPresence.objects.get(agent=away).presence == lunch


def is_rated(agent: Agent, skill: Skill, by: User, now: datetime) -> None:
    set_agent_skills(agent=agent, skills=[(skill, 9)], by=by, now=now)


def is_rated_with_others(agent: Agent, skill: Skill, by: User, now: datetime) -> None:
    change = AgentChange(skills={skill: 9})
    change_agents(agent_ids=[agent.pk], change=change, by=by, now=now)


def is_rated_by_a_program(agent: Agent, skill: Skill, by: User, now: datetime) -> None:
    rated = {"skills": [{"skill": skill.name, "rating": 9}]}
    assert Caller(by).patch(f"/agents/{agent}", rated).status_code == 200


def is_rated_on_his_page(agent: Agent, skill: Skill, by: User, now: datetime) -> None:
    client = Client()
    client.force_login(by)
    page = reverse("agents:agent-skills", args=[agent.pk])
    assert client.post(page, {f"rating-{skill.pk}": 9}).status_code == 303


@pytest.fixture
def german(db: None) -> Skill:
    """Rated from 1 to 10, and read with its scale."""
    skill = make_skill("German")
    return Skill.objects.select_related("rating_model").get(pk=skill.pk)


def on_its_page(scale: RatingModel, by: User, now: datetime) -> None:
    save_definition(row=scale, by=by, now=now)


def by_an_import(scale: RatingModel, by: User, now: datetime) -> None:
    entry = {"name": scale.name, "min": scale.minimum, "max": scale.maximum}
    configuration.import_document({"format": 2, "rating_models": [entry]}, by=by, now=now)


@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize("narrows", [on_its_page, by_an_import])
@pytest.mark.parametrize("gets", [is_rated, is_rated_with_others])
def test_ratings_fit_a_scale_that_is_narrowed_meanwhile(
    gets: Give,
    narrows: Callable[[RatingModel, User, datetime], None],
    is_first: bool,
    agent: Agent,
    german: Skill,
    administrator: User,
    now: datetime,
) -> None:
    scale = RatingModel.objects.get(pk=german.rating_model_id)
    scale.maximum = 5
    moves = [
        lambda: gets(agent, german, administrator, now),
        lambda: narrows(scale, administrator, now),
    ]

    _, second = before_the_commit(*(moves if is_first else moves[::-1]))

    assert isinstance(second, Refusal)
    scale.refresh_from_db()
    ratings = list(agent.skills.values_list("rating", flat=True))
    assert (ratings, scale.maximum) == (([9], 10) if is_first else ([], 5))


@pytest.mark.parametrize(
    "gets", [is_rated, is_rated_with_others, is_rated_by_a_program, is_rated_on_his_page]
)
def test_who_waits_for_a_skill_does_not_hold_the_agent(
    gets: Give, agent: Agent, german: Skill, administrator: User, now: datetime
) -> None:
    queued_behind(
        Skill.objects.filter(pk=german.pk),
        lambda: gets(agent, german, administrator, now),
        then=lambda: Agent.objects.select_for_update(nowait=True, no_key=True).get(pk=agent.pk),
    )

    assert agent.skills.get().rating == 9


def test_a_skill_that_is_deleted_meanwhile_refuses_nobody_who_did_not_rate_it(
    agent: Agent, german: Skill, administrator: User, now: datetime
) -> None:
    dutch = make_skill("Dutch")

    before_the_commit(
        lambda: delete_definition(row=dutch, by=administrator, now=now),
        lambda: is_rated_on_his_page(agent, german, administrator, now),
    )

    assert agent.skills.get().rating == 9

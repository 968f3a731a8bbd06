"""Changing something while somebody deletes it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

import pytest

from agents.actions.delete_agent import delete_agent
from agents.actions.edit_agent import edit_agent
from agents.actions.save_definition import save_definition
from agents.exceptions import DefinitionGone
from agents.models import Agent, Presence, RatingModel, SkillType, User
from config.models import Event
from tests.factories import make_agent, make_profile, make_skill
from tests.races.together import queued_behind

MADE: Final[dict[str, Callable[[], Any]]] = {
    "skill": make_skill,
    "skill type": lambda: SkillType.objects.create(name="Products"),
    "scale": lambda: RatingModel.objects.create(name="Stars", minimum=1, maximum=5),
    "profile": make_profile,
    "presence": lambda: Presence.objects.create(name="lunch", text="Lunch", base="away"),
}


@pytest.mark.parametrize("kind", MADE)
def test_what_is_deleted_meanwhile_does_not_come_back(
    administrator: User, now: datetime, kind: str
) -> None:
    row = MADE[kind]()
    itself = type(row)._default_manager.filter(pk=row.pk)

    [answer] = queued_behind(
        itself,
        lambda: save_definition(row=row, by=administrator, now=now),
        then=lambda: itself.delete(),
    )

    assert type(answer) is DefinitionGone
    assert not itself.exists()


def test_who_is_deleted_while_somebody_edits_him_is_told_of(
    administrator: User, now: datetime
) -> None:
    agent = make_agent("dora")

    [answer] = queued_behind(
        User.objects.filter(pk=agent.user_id),
        lambda: edit_agent(agent=agent, by=administrator, now=now, nickname="Dor"),
        then=lambda: delete_agent(agent=agent, by=administrator, now=now),
    )

    assert type(answer) is DefinitionGone


def test_who_is_deleted_by_two_at_once_is_deleted_once(administrator: User, now: datetime) -> None:
    agent = make_agent("dora")

    def delete() -> None:
        delete_agent(agent=Agent.objects.get(pk=agent.pk), by=administrator, now=now)

    answers = queued_behind(User.objects.filter(pk=agent.user_id), delete, delete)

    assert answers == [None, None]
    assert not User.objects.filter(pk=agent.user_id).exists()
    assert Event.objects.filter(kind="agent-deleted").count() == 1

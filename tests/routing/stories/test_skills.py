"""What skills do to work on its way: through a transfer, and while skills change (A 11)."""

from datetime import datetime, timedelta

import pytest

from agents.actions.save_definition import save_definition
from agents.actions.set_agent_skills import set_agent_skills
from agents.models import Agent, RatingModel, Skill, User
from routing import configuration, service
from routing.models import Assignment, WakeUp
from tests.factories import make_agent, make_item, make_queue, make_skill
from workstreams.models import Queue, WorkItem, Workstream

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


@pytest.fixture
def spanish(workstream: Workstream) -> Skill:
    """Asked for with exact matching."""
    workstream.skill_matching = "exact"
    workstream.save()
    return make_skill("Spanish")


def asks(workstream: Workstream, skill: Skill, rating: int, now: datetime) -> WorkItem:
    """An item that waits for somebody who has the skill."""
    configuration.publish(by=None, now=now)
    return make_item(
        workstream,
        at=now,
        required_skills=[[skill.pk, rating]],
        requirement_key=f"{skill.pk} {rating}",
    )


def offered_to(item: WorkItem, now: datetime) -> Agent | None:
    service.run_cycle(now=now)
    offer = Assignment.objects.filter(item=item, ended_at=None).first()
    return offer.agent if offer else None


def test_what_it_needs_goes_with_it_to_another_queue(
    workstream: Workstream, queue: Queue, spanish: Skill, supervisor: User, now: datetime
) -> None:
    first = make_agent("ann", queues=[queue], skills={"Spanish": 5})
    other = make_queue("Second level")
    make_agent("ben", queues=[other], units=9)
    expert = make_agent("eva", queues=[other], units=1, skills={"Spanish": 8})
    item = asks(workstream, spanish, 5, now)
    offered_to(item, now)
    service.accept(item_id=item.pk, by=first, now=now)

    service.transfer(item_id=item.pk, by=first.user, queue=other, now=now)

    assert offered_to(item, now) == expert


def test_a_deactivated_skill_does_not_count_until_it_is_active_again(
    workstream: Workstream, queue: Queue, spanish: Skill, administrator: User, now: datetime
) -> None:
    agent = make_agent("ann", queues=[queue], skills={"Spanish": 5})
    skills = [(spanish, 5)]
    set_agent_skills(agent=agent, skills=skills, inactive=[spanish], by=administrator, now=now)
    item = asks(workstream, spanish, 3, now)

    while_off = offered_to(item, now)
    WakeUp.objects.all().delete()
    set_agent_skills(agent=agent, skills=skills, inactive=[], by=administrator, now=now)
    wakes = WakeUp.objects.exists()

    assert (while_off, wakes, offered_to(item, now + MINUTE)) == (None, True, agent)


def test_a_changed_scale_leaves_waiting_work_as_it_is(
    workstream: Workstream, queue: Queue, administrator: User, now: datetime
) -> None:
    """It may go on waiting for a rating that is given no more; it is not lost."""
    scale = RatingModel.objects.create(name="Stars", minimum=1, maximum=5)
    skill = make_skill("Spanish")
    skill.rating_model = scale
    skill.save()
    workstream.skill_matching = "exact"
    workstream.save()
    make_agent("ann", queues=[queue], skills={"Spanish": 3})
    item = asks(workstream, skill, 5, now)

    scale.maximum = 4
    save_definition(row=scale, by=administrator, now=now)
    configuration.publish(by=None, now=now)

    item.refresh_from_db()
    assert item.required_skills == [[skill.pk, 5]]
    assert offered_to(item, now) is None


def test_where_skills_are_not_asked_anybody_gets_it(
    workstream: Workstream, agent: Agent, spanish: Skill, now: datetime
) -> None:
    workstream.skill_matching = "none"
    workstream.save()

    assert offered_to(asks(workstream, spanish, 9, now), now) == agent

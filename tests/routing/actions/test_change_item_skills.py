"""People say which skills a work item needs."""

import pytest

from agents.exceptions import RatingOutOfRange
from agents.models import AgentSkill, Skill
from routing import configuration, service
from routing.exceptions import AlreadyOver, NotYourItem, SkillsAreFixed, TooManySkills
from routing.models import WakeUp
from routing.queries.waiting import waiting_because
from routing.terms import SKILLS_CHANGED
from tests.factories import make_skill
from tests.scenarios import arrive, in_conversation, in_wrap_up
from workstreams.models import ServiceConfiguration, WorkItemEvent
from workstreams.terms import SkillMatching


@pytest.fixture(autouse=True)
def switch(db) -> None:
    """Agents change skills."""
    ServiceConfiguration.objects.update_or_create(pk=1, defaults={"agents_change_skills": True})


@pytest.fixture
def french(agent) -> Skill:
    AgentSkill.objects.create(agent=agent, skill=make_skill("French"), rating=5)
    return make_skill("French")


def test_an_agent_adds_and_removes_skills_of_his_work(workstream, agent, now, french) -> None:
    item = in_conversation(workstream, agent, now, skills={make_skill("French"): 2})
    repair = make_skill("Repair")

    service.change_skills(
        item_id=item.pk, add={repair: 3}, remove=[french], by=agent.user, agent=agent, now=now
    )

    item.refresh_from_db()
    assert item.required_skills == [[repair.pk, 3]]
    event = WorkItemEvent.objects.get(kind=SKILLS_CHANGED)
    assert (event.work_item_id, event.agent_id) == (item.pk, agent.pk)
    assert event.data == {
        "by": "alice",
        "before": [{"id": french.pk, "skill": "French", "rating": 2}],
        "after": [{"id": repair.pk, "skill": "Repair", "rating": 3}],
    }


def test_another_rating_takes_the_place_of_the_first(workstream, agent, now, french) -> None:
    item = in_conversation(workstream, agent, now, skills={make_skill("French"): 2})

    service.change_skills(item_id=item.pk, add={french: None}, by=agent.user, agent=agent, now=now)

    item.refresh_from_db()
    assert item.required_skills == [[french.pk, None]]


def test_the_same_again_is_no_event(workstream, agent, now, french) -> None:
    item = in_conversation(workstream, agent, now, skills={make_skill("French"): 2})

    for skill, rating in ((french, 2), (french, 2)):
        service.change_skills(
            item_id=item.pk, add={skill: rating}, by=agent.user, agent=agent, now=now
        )

    assert not WorkItemEvent.objects.filter(kind=SKILLS_CHANGED).exists()


def test_a_waiting_item_is_looked_at_again_at_once(
    workstream, agent, supervisor, now, french
) -> None:
    workstream.skill_matching = SkillMatching.EXACT
    workstream.save()
    item = arrive(workstream, now, skills={make_skill("French"): 9})
    service.run_cycle(now=now)
    item.refresh_from_db()
    key = item.requirement_key
    assert item.agent is None
    WakeUp.objects.all().delete()

    service.change_skills(item_id=item.pk, remove=[french], by=supervisor, now=now)

    item.refresh_from_db()
    assert item.requirement_key != key
    assert WakeUp.objects.get().queue_id == item.queue_id
    service.run_cycle(now=now)
    item.refresh_from_db()
    assert item.agent == agent


def test_a_personal_key_stays_personal(workstream, agent, supervisor, now, french) -> None:
    item = arrive(workstream, now)
    type(item).objects.filter(pk=item.pk).update(requirement_key=f"abc:{item.pk}")

    service.change_skills(item_id=item.pk, add={french: 1}, by=supervisor, now=now)

    item.refresh_from_db()
    assert item.requirement_key.endswith(f":{item.pk}")
    assert not item.requirement_key.startswith("abc:")


def test_agents_change_nothing_while_the_switch_is_off(workstream, agent, now, french) -> None:
    item = in_conversation(workstream, agent, now)
    ServiceConfiguration.objects.update(agents_change_skills=False)

    with pytest.raises(SkillsAreFixed):
        service.change_skills(item_id=item.pk, add={french: 1}, by=agent.user, agent=agent, now=now)


def test_the_work_of_others_is_not_changed(workstream, agent, second_agent, now, french) -> None:
    item = arrive(workstream, now)

    with pytest.raises(NotYourItem):
        service.change_skills(
            item_id=item.pk, add={french: 1}, by=second_agent.user, agent=second_agent, now=now
        )


def test_what_is_closed_stays(workstream, agent, supervisor, now, french) -> None:
    item = in_wrap_up(workstream, agent, now)
    service.close(item_id=item.pk, by=agent, now=now)

    with pytest.raises(AlreadyOver):
        service.change_skills(item_id=item.pk, add={french: 1}, by=supervisor, now=now)


@pytest.mark.parametrize("rating", [0, 11])
def test_a_rating_off_the_scale_is_refused(workstream, supervisor, now, french, rating) -> None:
    item = arrive(workstream, now)

    with pytest.raises(RatingOutOfRange):
        service.change_skills(item_id=item.pk, add={french: rating}, by=supervisor, now=now)


def test_fifty_skills_are_enough(workstream, supervisor, now) -> None:
    item = arrive(workstream, now)

    with pytest.raises(TooManySkills):
        service.change_skills(
            item_id=item.pk, add={make_skill(): None for _ in range(51)}, by=supervisor, now=now
        )


def test_what_was_deleted_goes_with_any_change_and_is_told(
    workstream, agent, supervisor, now
) -> None:
    skill = make_skill("Klingon")
    item = arrive(workstream, now, skills={make_skill("Klingon"): None})
    Skill.objects.filter(pk=skill.pk).delete()
    configuration.publish(by=None, now=now)

    [blocker] = waiting_because(item)
    service.change_skills(item_id=item.pk, by=supervisor, now=now)

    item.refresh_from_db()
    assert blocker["sentence"] == "1 of 1 member lacks a skill that was deleted."
    assert blocker["would_help"] == "Take the deleted skill off the work item."
    assert item.required_skills == []
    assert WorkItemEvent.objects.get(kind=SKILLS_CHANGED).data["before"] == [
        {"id": skill.pk, "skill": "a skill that was deleted", "rating": None}
    ]
    service.run_cycle(now=now)
    item.refresh_from_db()
    assert item.agent == agent

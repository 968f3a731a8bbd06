"""Two people who change the skills of a work item at once both get what they said."""

from datetime import datetime

from agents.models import Agent, User
from routing import service
from routing.requirement import requirement_key
from routing.terms import SKILLS_CHANGED
from tests.factories import make_skill
from tests.races.together import queued_behind
from tests.scenarios import in_conversation
from workstreams.models import ServiceConfiguration, WorkItem, WorkItemEvent, Workstream


def test_no_skill_is_lost(
    workstream: Workstream, agent: Agent, supervisor: User, now: datetime
) -> None:
    ServiceConfiguration.objects.update_or_create(pk=1, defaults={"agents_change_skills": True})
    item = in_conversation(workstream, agent, now)
    french, repair = make_skill("French"), make_skill("Repair")

    def add_french() -> None:
        service.change_skills(item_id=item.pk, add={french: 1}, by=agent.user, agent=agent, now=now)

    def add_repair() -> None:
        service.change_skills(item_id=item.pk, add={repair: 2}, by=supervisor, now=now)

    queued_behind(WorkItem.objects.filter(pk=item.pk), add_french, add_repair)

    item.refresh_from_db()
    assert sorted(item.required_skills) == [[french.pk, 1], [repair.pk, 2]]
    assert item.requirement_key == requirement_key(item)
    first, second = WorkItemEvent.objects.filter(kind=SKILLS_CHANGED).order_by("id")
    assert second.data["before"] == first.data["after"]


def test_a_skill_is_changed_before_or_after_the_item_goes(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    ServiceConfiguration.objects.update_or_create(pk=1, defaults={"agents_change_skills": True})
    item = in_conversation(workstream, agent, now)
    french = make_skill("French")

    def add() -> None:
        service.change_skills(item_id=item.pk, add={french: 1}, by=agent.user, agent=agent, now=now)

    queued_behind(
        WorkItem.objects.filter(pk=item.pk),
        add,
        lambda: service.release(item_id=item.pk, by=agent, now=now),
    )

    item.refresh_from_db()
    assert item.requirement_key == requirement_key(item, is_personal=True)

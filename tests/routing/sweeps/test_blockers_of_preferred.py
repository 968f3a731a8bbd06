"""Work that waits for preferred agents alone is on the list of what blocks once none of them is
there, and hides nothing else."""

from datetime import datetime, timedelta
from typing import Any, Final

import pytest

from agents.models import Agent, AgentPresence
from routing import configuration
from routing.models import AgentLoad, Blocker
from routing.queries.blockers import blockers
from routing.sweeps import note_blockers
from tests.factories import make_agent, make_item, make_method, make_queue, make_skill
from tests.routing.engine.methods import row
from workstreams.actions.change_preferred_agents import set_preferred_agents
from workstreams.models import Contact, Queue, ServiceConfiguration, Workstream

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_agent")]
MINUTE: Final = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def waits_for_them(db: None) -> None:
    switches = {"preferred_agents": True, "waits_for_preferred_agent": True}
    ServiceConfiguration.objects.update_or_create(pk=1, defaults=switches)


def waiting(
    workstream: Workstream,
    *agents: Agent,
    now: datetime,
    waited: timedelta = 15 * MINUTE,
    **fields: Any,
) -> None:
    """Work of a customer who prefers these agents."""
    customer = Contact.objects.create(name="Grace")
    set_preferred_agents(contact_id=customer.pk, agents=list(agents), now=now)
    make_item(workstream, at=now - waited, contact=customer, required_units=1, **fields)
    configuration.publish(by=None, now=now)


def is_in(agent: Agent, base: str, *, by_himself: bool = True) -> None:
    AgentPresence.objects.filter(agent=agent).update(base=base, is_manual=by_himself)


def causes(now: datetime) -> list[tuple[str, str, int]]:
    note_blockers.sweep(now=now, limit=100)
    return [(row.cause, row.detail, row.number_of_items) for row in Blocker.objects.order_by("pk")]


@pytest.mark.parametrize("base", ["offline", "away", "busy_dnd"])
def test_what_waits_long_for_an_agent_who_is_not_there_is_on_the_list(
    workstream: Workstream, agent: Agent, now: datetime, base: str
) -> None:
    is_in(agent, base)
    waiting(workstream, agent, now=now)

    assert causes(now) == [("preferred_away", "", 1)]
    [row], _ = blockers(now)
    assert row.sentence == (
        "Work of Support waits for preferred agents of its customers, none of whom is there for it."
    )
    assert [link.label for link in row.links] == ["Its agents now", "Members of the queue"]


def test_it_is_not_before_it_has_waited_for_long(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    is_in(agent, "offline")
    waiting(workstream, agent, now=now, waited=9 * MINUTE)

    assert causes(now) == []
    assert causes(now + MINUTE) == [("preferred_away", "", 1)]


@pytest.mark.parametrize(("base", "used"), [("available", 3), ("busy", 3), ("busy_dnd", 10)])
def test_what_waits_for_an_agent_who_is_there_but_full_is_not_on_it(
    workstream: Workstream, agent: Agent, now: datetime, base: str, used: int
) -> None:
    is_in(agent, base, by_himself=False)
    AgentLoad.objects.filter(agent=agent).update(units_used=used, items_held=used)
    waiting(workstream, agent, now=now)

    assert causes(now) == []


def test_nor_is_what_waits_for_one_of_whom_another_is_there(
    workstream: Workstream, agent: Agent, second_agent: Agent, now: datetime
) -> None:
    is_in(agent, "offline")
    waiting(workstream, agent, second_agent, now=now)

    assert causes(now) == []


def test_it_goes_when_the_agent_comes(workstream: Workstream, agent: Agent, now: datetime) -> None:
    is_in(agent, "offline")
    waiting(workstream, agent, now=now)
    before = causes(now)

    is_in(agent, "available")

    assert (len(before), causes(now + MINUTE)) == (1, [])


def test_all_of_it_is_counted_and_hides_nothing_that_waits_behind_it(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    is_in(agent, "offline")
    welsh = make_skill("Welsh")
    Workstream.objects.update(skill_matching="exact")
    for number in range(note_blockers.GROUPS_OF_QUEUE + 1):
        key = f"as asked {number}:{number % 2 or ''}"
        waiting(workstream, agent, now=now, requirement_key=key)
    alike = {"required_skills": [[welsh.pk, None]], "requirement_key": "welsh"}
    make_item(workstream, at=now - 15 * MINUTE, required_units=1, **alike)
    configuration.publish(by=None, now=now)

    assert causes(now) == [
        ("preferred_away", "", note_blockers.GROUPS_OF_QUEUE + 1),
        ("skill", "Welsh", 1),
    ]
    assert not Blocker.objects.filter(is_at_least=True).exists()


def test_all_of_it_is_counted_where_a_method_tells_work_apart_that_is_its_own(
    workstream: Workstream, queue: Queue, agent: Agent, now: datetime
) -> None:
    rules = [{"name": "Ours", "when": row("agent.locale", "equals", item="title")}]
    method = make_method(rulesets=[{"name": "All", "rules": rules}])
    Queue.objects.filter(pk=queue.pk).update(custom_method=method)
    elsewhere = make_agent("ellen", queues=[make_queue("Elsewhere")])
    is_in(agent, "offline")
    for title in ("xx", "de"):
        waiting(workstream, agent, now=now, title=title)
        waiting(workstream, elsewhere, now=now, title=title)

    assert sorted(causes(now)) == [("preferred_away", "", 2), ("preferred_gone", "", 2)]
    assert not Blocker.objects.filter(is_at_least=True).exists()


def test_what_waits_for_such_as_have_left_is_counted_apart(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    elsewhere = make_agent("ellen", queues=[make_queue("Elsewhere")])
    for _ in range(2):
        waiting(workstream, elsewhere, now=now)
    is_in(agent, "away")
    waiting(workstream, elsewhere, agent, now=now)
    make_item(workstream, at=now - 15 * MINUTE, required_units=1)

    assert sorted(causes(now)) == [("preferred_away", "", 1), ("preferred_gone", "", 2)]
    [gone] = [row for row in blockers(now)[0] if row.row.cause == "preferred_gone"]
    assert gone.sentence.endswith("customers, none of whom gets work of the queue.")
    assert [link.label for link in gone.links] == ["Members of the queue"]

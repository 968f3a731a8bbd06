"""Many agents at once: what changes, what is refused and why, and how few statements it takes."""

import pytest

from agents.actions.set_presence import set_presence
from agents.exceptions import (
    DefinitionGone,
    LimitOutOfRange,
    PresenceNotSelectable,
    RatingOutOfRange,
    TooManyAgents,
)
from agents.models import (
    Agent,
    AgentAttribute,
    AgentAttributeValue,
    AgentPresence,
    OperatingHours,
    Presence,
)
from agents.signals import attributes_changed, capacity_changed, presence_changed, skills_changed
from config.models import Event
from routing.models import WakeUp
from routing.sweeps import recount_capacity
from tests.agents.actions.heard import heard
from tests.factories import make_agent, make_attribute, make_profile, make_queue, make_skill
from tests.scenarios import in_conversation, units_used
from workstreams.actions.change_agents import change_agents, preview_change
from workstreams.agent_changes import KEEP, AgentChange
from workstreams.signals import queue_members_changed


def everything() -> AgentChange:
    """Something of every sort."""
    return AgentChange(
        skills={make_skill("French"): 4},
        skills_removed=[make_skill("German")],
        queues_joined=[make_queue("Sales")],
        queues_left=[make_queue("Night")],
        profiles={make_profile("Chats"): 7},
        profiles_removed=[make_profile("Calls")],
        attributes={make_attribute("Site"): "Rome", make_attribute("Shoe", "number"): None},
        presence=Presence.objects.get(name="busy"),
        default_presence=Presence.objects.get(name="away"),
        operating_hours=OperatingHours.objects.create(name="Office"),
    )


def inactive() -> Presence:
    """The one that the system sets."""
    return Presence.objects.get(name="inactive")


def ready_for(change: AgentChange, count: int) -> list[int]:
    """Agents for whom every part of the change is one."""
    agents = [
        make_agent(
            skills={"German": 3},
            queues=list(change.queues_left),
            profiles=list(change.profiles_removed),
        )
        for _ in range(count)
    ]
    shoe = AgentAttribute.objects.get(name="Shoe")
    AgentAttributeValue.objects.bulk_create(
        AgentAttributeValue(agent=agent, attribute=shoe, value=40) for agent in agents
    )
    return [agent.pk for agent in agents]


def test_all_of_it_is_done_and_said(administrator, now) -> None:
    change = everything()
    ids = ready_for(change, 2)

    plans = change_agents(agent_ids=ids, change=change, by=administrator, now=now)

    agent = Agent.objects.get(pk=ids[0])
    assert list(agent.skills.values_list("skill__name", "rating", "is_active")) == [
        ("French", 4, True)
    ]
    assert [queue.name for queue in agent.queues.all()] == ["Sales"]
    assert list(agent.capacity_profiles.values_list("profile__name", "custom_limit")) == [
        ("Chats", 7)
    ]
    assert list(agent.attributes.values_list("attribute__name", "value")) == [("Site", "Rome")]
    presence = AgentPresence.objects.get(agent=agent)
    assert (presence.base, presence.is_manual, presence.since) == ("busy", True, now)
    assert str(agent.default_presence) == "Appear away"
    assert str(agent.operating_hours) == "Office"
    assert plans[0].changes == (
        "skill French (4)",
        "no skill German",
        "joins Sales",
        "leaves Night",
        "profile Chats (own limit 7)",
        "no profile Calls",
        "Site: Rome",
        "no Shoe",
        "presence Busy",
        "default presence Appear away",
        "operating hours Office",
    )
    assert plans[0].refused == ()


def test_who_left_gets_a_presence_and_is_not_waited_for(supervisor, now):
    agent = make_agent()
    leave = {"presence": Presence.objects.get(name="offline"), "base": "offline", "left_at": now}
    AgentPresence.objects.filter(agent=agent).update(
        **leave, before=Presence.objects.get(name="busy"), after="missed"
    )

    busy = AgentChange(presence=Presence.objects.get(name="busy"))
    change_agents(agent_ids=[agent.pk], change=busy, by=supervisor, now=now)

    presence = AgentPresence.objects.get(agent=agent)
    assert (presence.base, presence.is_manual, presence.after) == ("busy", True, "")
    assert (presence.left_at, presence.is_set_while_gone) == (None, True)


def test_a_presence_that_answers_a_refusal_is_a_choice_once_it_is_chosen(supervisor, now):
    agent, presence = make_agent(), Presence.objects.get(name="busy_dnd")
    set_presence(agent=agent, presence=presence, by=None, now=now, after="declined")

    change = AgentChange(presence=presence)
    [plan] = change_agents(agent_ids=[agent.pk], change=change, by=supervisor, now=now)

    row = AgentPresence.objects.get(agent=agent)
    assert (row.base, row.is_manual, row.after, plan.changes) == ("busy_dnd", True, "", ())


def test_five_hundred_agents_take_as_many_statements_as_five(
    administrator, now, django_assert_max_num_queries
) -> None:
    change = everything()
    ids = ready_for(change, 500)

    with django_assert_max_num_queries(45) as captured:
        plans = change_agents(agent_ids=ids[:5], change=change, by=administrator, now=now)
    few = len(captured)
    with django_assert_max_num_queries(few):
        plans = change_agents(agent_ids=ids[5:], change=change, by=administrator, now=now)

    assert len(plans) == 495
    assert all(len(plan.changes) == 11 for plan in plans)
    assert Event.objects.filter(kind="skills-changed").count() == 500


def test_every_change_is_announced_and_wakes_the_router(administrator, now) -> None:
    change = everything()
    ids = ready_for(change, 3)
    WakeUp.objects.all().delete()

    with (
        heard(skills_changed) as skills,
        heard(attributes_changed) as attributes,
        heard(presence_changed) as presences,
        heard(capacity_changed) as limits,
        heard(queue_members_changed) as members,
    ):
        change_agents(agent_ids=ids, change=change, by=administrator, now=now)

    assert skills == attributes == presences == limits == [{"agent_ids": ids, "now": now}]
    queues = sorted(queue.pk for queue in [*change.queues_joined, *change.queues_left])
    assert members == [{"queue_ids": queues, "agent_ids": ids, "now": now}]
    told = Event.objects.filter(kind="presence-changed").values_list("data__by", flat=True)
    assert set(told) == {administrator.username}
    for kind in ("skills", "attributes", "presence"):
        woken = WakeUp.objects.filter(kind=kind).values_list("agent_id", flat=True)
        assert sorted(pk for pk in woken if pk) == ids


def test_the_same_again_changes_and_announces_nothing(administrator, now) -> None:
    change = everything()
    ids = ready_for(change, 2)
    change_agents(agent_ids=ids, change=change, by=administrator, now=now)
    events = Event.objects.count()

    with heard(skills_changed) as skills, heard(presence_changed) as presences:
        plans = change_agents(agent_ids=ids, change=change, by=administrator, now=now)

    assert [plan.changes for plan in plans] == [(), ()]
    assert skills == presences == []
    assert Event.objects.count() == events


def test_what_cannot_be_done_is_said_and_the_rest_is_done(administrator, now) -> None:
    french = make_skill("French")
    has, has_not, disabled = make_agent(skills={"French": 2}), make_agent(), make_agent()
    Agent.objects.filter(pk=disabled.pk).update(is_enabled=False)
    change = AgentChange(
        skills_deactivated=[french], presence=Presence.objects.get(name="busy"), profiles={}
    )

    plans = change_agents(
        agent_ids=[has.pk, has_not.pk, disabled.pk], change=change, by=administrator, now=now
    )

    said = {plan.before.agent_id: (plan.changes, plan.refused) for plan in plans}
    assert said[has.pk] == (("skill French does not count for now", "presence Busy"), ())
    assert said[has_not.pk] == (("presence Busy",), ("has no skill French",))
    refused = ("has no skill French", "is disabled, so the presence stays")
    assert said[disabled.pk] == ((), refused)
    assert not has.skills.get().is_active
    assert AgentPresence.objects.get(agent=disabled).base == "available"


@pytest.mark.parametrize(
    ("limit", "expected"), [(9, 9), (None, None), (KEEP, 5)], ids=["own", "default", "kept"]
)
def test_limits_are_set_reset_or_kept(administrator, now, limit, expected) -> None:
    profile = make_profile("Chats")
    agent = make_agent(profiles=[profile])
    agent.capacity_profiles.update(custom_limit=5)
    change = AgentChange(profiles={profile: limit})

    change_agents(agent_ids=[agent.pk], change=change, by=administrator, now=now)

    assert agent.capacity_profiles.get().custom_limit == expected


def test_a_rating_changes_and_the_skill_stays_switched_off(administrator, now) -> None:
    agent = make_agent(skills={"French": 2})
    agent.skills.update(is_active=False)
    change = AgentChange(skills={make_skill("French"): 9})

    change_agents(agent_ids=[agent.pk], change=change, by=administrator, now=now)

    row = agent.skills.get()
    assert (row.rating, row.is_active) == (9, False)


def test_what_agents_hold_stays_counted(workstream, agent, administrator, now) -> None:
    in_conversation(workstream, agent, now)
    change = AgentChange(queues_left=[workstream.fallback_queue], profiles={make_profile(): 0})

    change_agents(agent_ids=[agent.pk], change=change, by=administrator, now=now)

    assert units_used(agent) == 1
    assert recount_capacity.sweep(now=now, limit=100) == 0


def test_a_preview_says_the_same_and_writes_nothing(administrator, now) -> None:
    change = everything()
    ids = ready_for(change, 2)

    preview = preview_change(agent_ids=ids, change=change)

    assert not Event.objects.exists()
    assert Agent.objects.get(pk=ids[0]).skills.get().skill.name == "German"
    assert preview == change_agents(agent_ids=ids, change=change, by=administrator, now=now)


def test_an_agent_who_is_gone_is_left_out(administrator, now) -> None:
    agent = make_agent()
    change = AgentChange(skills={make_skill("French"): 1})

    plans = change_agents(agent_ids=[agent.pk, 999_999], change=change, by=administrator, now=now)

    assert [plan.before.agent_id for plan in plans] == [agent.pk]


@pytest.mark.parametrize(
    ("of", "refusal"),
    [
        (lambda: AgentChange(skills={make_skill("French"): 11}), RatingOutOfRange),
        (lambda: AgentChange(profiles={make_profile(): -1}), LimitOutOfRange),
        (lambda: AgentChange(presence=inactive()), PresenceNotSelectable),
        (lambda: AgentChange(default_presence=inactive()), PresenceNotSelectable),
    ],
    ids=["rating", "limit", "presence", "default presence"],
)
def test_what_is_wrong_for_everybody_is_refused_as_a_whole(administrator, now, of, refusal) -> None:
    agent = make_agent()

    with pytest.raises(refusal):
        change_agents(agent_ids=[agent.pk], change=of(), by=administrator, now=now)


def test_a_skill_that_was_deleted_meanwhile_is_refused(administrator, now) -> None:
    agent, skill = make_agent(), make_skill("French")
    change = AgentChange(skills={skill: 1})
    type(skill).objects.filter(pk=skill.pk).delete()

    with pytest.raises(DefinitionGone):
        change_agents(agent_ids=[agent.pk], change=change, by=administrator, now=now)


def test_two_thousand_agents_are_enough(administrator, now) -> None:
    with pytest.raises(TooManyAgents):
        change_agents(agent_ids=range(2001), change=AgentChange(), by=administrator, now=now)

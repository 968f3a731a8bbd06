"""Presences that follow capacity, and choices that last (A 14)."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from agents.actions.edit_agent import edit_agent
from agents.actions.reset_presence import reset_presence
from agents.actions.sign_in_agent import sign_in_agent
from agents.actions.sign_out_agent import sign_out_agent
from agents.exceptions import NotSignedIn
from agents.models import Agent, AgentCapacityProfile, Presence, User
from agents.queries.presence_choices import presence_control
from routing import service
from routing.sweeps import release_wrap_up
from tests.factories import make_agent, make_profile, make_workstream
from tests.scenarios import (
    arrive,
    choose_presence,
    in_conversation,
    in_wrap_up,
    offered,
    presence_of,
)
from workstreams.actions.change_agents import change_agents
from workstreams.agent_changes import AgentChange
from workstreams.models import Queue, Workstream

pytestmark = pytest.mark.django_db


@pytest.fixture
def small_agent(agent: Agent) -> Agent:
    """Room for two units."""
    agent.capacity_units = 2
    agent.save()
    return agent


def test_an_offer_alone_changes_no_presence(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    offered(workstream, now)

    assert presence_of(agent) == ("available", False)


def test_presence_follows_what_is_accepted_and_closed(
    workstream: Workstream, small_agent: Agent, now: datetime
) -> None:
    first = in_conversation(workstream, small_agent, now)
    partly = presence_of(small_agent)
    second = in_conversation(workstream, small_agent, now)
    fully = presence_of(small_agent)
    for item in (first, second):
        service.end(item_id=item.pk, by=small_agent, now=now)
        service.close(item_id=item.pk, by=small_agent, now=now)

    assert (partly[0], fully[0], presence_of(small_agent)[0]) == ("busy", "busy_dnd", "available")


def test_giving_work_away_frees_its_agent(
    workstream: Workstream, small_agent: Agent, second_agent: Agent, now: datetime
) -> None:
    """Whoever picks is busy, and available again once it is released or transferred."""
    Workstream.objects.filter(pk=workstream.pk).update(may_be_picked=True)
    item = arrive(Workstream.objects.get(pk=workstream.pk), now)

    service.pick(item_id=item.pk, by=small_agent, now=now)
    seen = [presence_of(small_agent)[0]]
    service.release(item_id=item.pk, by=small_agent, now=now)
    seen.append(presence_of(small_agent)[0])
    service.pick(item_id=item.pk, by=small_agent, now=now)
    service.transfer(item_id=item.pk, by=small_agent.user, agent=second_agent, now=now)
    seen.append(presence_of(small_agent)[0])

    assert seen == ["busy", "available", "available"]


def test_picking_past_the_limit_makes_an_agent_undisturbed(
    queue, small_agent: Agent, now: datetime
) -> None:
    mail = make_workstream("Mail", mode="pick", queue=queue)
    for _ in range(3):
        service.pick(item_id=arrive(mail, now).pk, by=small_agent, now=now)

    assert presence_of(small_agent) == ("busy_dnd", False)


def test_who_picks_work_of_a_profile_that_he_was_never_given_is_busy(
    queue: Queue, agent: Agent, now: datetime
) -> None:
    mail = make_workstream("Mail", mode="pick", queue=queue, capacity_format="profile")
    mail.capacity_profiles.add(make_profile("Mail"))
    item = arrive(mail, now)

    service.pick(item_id=item.pk, by=agent, now=now)
    picked = presence_of(agent)
    service.release(item_id=item.pk, by=agent, now=now)

    assert (picked[0], presence_of(agent)[0]) == ("busy", "available")


def test_who_loses_a_profile_keeps_the_presence_of_the_work_in_hand(
    queue: Queue, agent: Agent, administrator: User, now: datetime
) -> None:
    profile = make_profile("Mail")
    AgentCapacityProfile.objects.create(agent=agent, profile=profile)
    mail = make_workstream("Mail", queue=queue, capacity_format="profile")
    mail.capacity_profiles.add(profile)
    in_conversation(mail, agent, now)

    change = AgentChange(profiles_removed=[profile])
    change_agents(agent_ids=[agent.pk], change=change, by=administrator, now=now)

    assert presence_of(agent) == ("busy", False)


def test_presence_is_reset_when_a_timed_wrap_up_is_over(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    Workstream.objects.update(wrap_up_block="custom", wrap_up_seconds=60)
    in_wrap_up(Workstream.objects.get(pk=workstream.pk), agent, now)
    during = presence_of(agent)

    release_wrap_up.sweep(now=now + timedelta(seconds=60), limit=10)

    assert (during[0], presence_of(agent)[0]) == ("busy", "available")


@pytest.mark.parametrize("name", ["available", "busy"])
def test_a_chosen_presence_lasts_until_work_is_accepted(
    workstream: Workstream, agent: Agent, now: datetime, name: str
) -> None:
    choose_presence(agent, name, now)
    item = offered(workstream, now)
    service.decline(item_id=item.pk, by=agent, now=now)
    declined = presence_of(agent)

    in_conversation(workstream, agent, now + timedelta(minutes=5))

    assert declined == (name, True)
    assert presence_of(agent) == ("busy", False)


def test_a_chosen_presence_lasts_until_work_is_closed(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item, _ = (in_conversation(workstream, agent, now) for _ in range(2))
    choose_presence(agent, "available", now)
    service.end(item_id=item.pk, by=agent, now=now)
    ended = presence_of(agent)

    service.close(item_id=item.pk, by=agent, now=now)

    assert (ended, presence_of(agent)) == (("available", True), ("busy", False))


@pytest.mark.parametrize(
    "block",
    [{"wrap_up_block": "never"}, {"wrap_up_block": "custom", "wrap_up_seconds": 60}],
    ids=["never", "custom"],
)
def test_it_ends_with_closing_though_the_capacity_comes_back_before_or_later(
    queue: Queue, agent: Agent, now: datetime, block: dict[str, Any]
) -> None:
    item = in_wrap_up(make_workstream(queue=queue, **block), agent, now)
    choose_presence(agent, "busy", now)

    service.close(item_id=item.pk, by=agent, now=now)

    assert presence_of(agent)[1] is False


def test_a_choice_ends_with_signing_out(agent: Agent, now: datetime) -> None:
    choose_presence(agent, "busy_dnd", now)
    sign_out_agent(agent=agent, now=now)

    assert sign_in_agent(agent=agent, now=now).base == "available"


def test_advice_changes_no_presence(workstream: Workstream, agent: Agent, now: datetime) -> None:
    item = in_conversation(workstream, agent, now)
    adviser = make_agent("ada", presence="available")
    consult = service.consult(item_id=item.pk, by=agent, agent=adviser, now=now)

    service.accept_consult(consult_id=consult.pk, by=adviser, now=now)

    assert (presence_of(agent)[0], presence_of(adviser)[0]) == ("busy", "available")


@pytest.mark.parametrize("name", ["busy_dnd", "away", "offline"])
def test_who_wants_to_be_left_alone_stays_so(
    workstream: Workstream, agent: Agent, now: datetime, name: str
) -> None:
    item = in_conversation(workstream, agent, now)
    choose_presence(agent, name, now)

    service.end(item_id=item.pk, by=agent, now=now)
    service.close(item_id=item.pk, by=agent, now=now)

    assert presence_of(agent) == (name, True)


def test_a_reset_follows_capacity_again(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    in_conversation(workstream, agent, now)
    choose_presence(agent, "busy_dnd", now)

    reset_presence(agent=agent, by=agent.user, now=now)

    assert presence_of(agent) == ("busy", False)


def test_nobody_who_is_offline_is_brought_back_by_a_reset(agent: Agent, now: datetime) -> None:
    sign_out_agent(agent=agent, now=now)

    with pytest.raises(NotSignedIn):
        reset_presence(agent=agent, by=agent.user, now=now)


def test_signing_in_with_work_in_hand_gives_its_presence(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    in_conversation(workstream, agent, now)
    sign_out_agent(agent=agent, now=now)

    assert sign_in_agent(agent=agent, now=now).base == "busy"


@pytest.mark.parametrize("name", ["available", "busy", "busy_dnd"])
def test_a_default_that_follows_capacity_does_so_from_signing_in_on(
    agent: Agent, now: datetime, name: str
) -> None:
    sign_out_agent(agent=agent, now=now)
    agent.default_presence = Presence.objects.get(name=name)

    assert sign_in_agent(agent=agent, now=now).base == "available"


@pytest.mark.parametrize("name", ["away", "offline"])
def test_a_default_of_being_away_stays_whatever_is_in_hand(
    workstream: Workstream, agent: Agent, now: datetime, name: str
) -> None:
    in_conversation(workstream, agent, now)
    sign_out_agent(agent=agent, now=now)
    agent.default_presence = Presence.objects.get(name=name)

    assert sign_in_agent(agent=agent, now=now).base == name


@pytest.mark.parametrize(
    ("base", "after_pick"), [("available", "busy"), ("busy", "busy"), ("busy_dnd", "busy_dnd")]
)
def test_a_default_of_the_organisations_own_lasts_like_a_choice(
    queue: Queue, agent: Agent, administrator: User, now: datetime, base: str, after_pick: str
) -> None:
    sign_out_agent(agent=agent, now=now)
    agent.default_presence = Presence.objects.create(name="training", text="Training", base=base)
    agent.save()
    sign_in_agent(agent=agent, now=now)

    edit_agent(agent=agent, by=administrator, now=now, capacity_units=9)
    agent.presence.refresh_from_db()
    limited = agent.presence.presence
    item = arrive(make_workstream(mode="pick", queue=queue), now)
    service.pick(item_id=item.pk, by=agent, now=now)

    assert (limited, presence_of(agent)[0]) == (agent.default_presence, after_pick)


def test_a_default_of_the_organisations_own_is_reset_like_a_choice(
    agent: Agent, now: datetime
) -> None:
    sign_out_agent(agent=agent, now=now)
    training = Presence.objects.create(name="training", text="Training", base="busy_dnd")
    agent.default_presence = training
    sign_in_agent(agent=agent, now=now)

    offered_a_reset = presence_control(agent.pk).may_reset
    reset_presence(agent=agent, by=agent.user, now=now)

    assert (offered_a_reset, presence_of(agent)) == (True, ("available", False))

"""Presences that follow capacity, choices that last, and what refused offers bring (A 12, A 14)."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from agents.actions.reset_presence import reset_presence
from agents.actions.set_presence import set_presence
from agents.actions.sign_in_agent import sign_in_agent
from agents.actions.sign_out_agent import sign_out_agent
from agents.exceptions import NotSignedIn
from agents.models import Agent, AgentPresence, Presence
from routing import configuration, service
from routing.sweeps import miss_offers, release_wrap_up
from tests.factories import make_agent, make_workstream
from tests.scenarios import arrive, in_conversation, in_wrap_up, offered
from workstreams.models import Queue, ServiceConfiguration, Workstream

pytestmark = pytest.mark.django_db

COUNTDOWN = timedelta(seconds=120)


def presence(agent: Agent) -> tuple[str, bool]:
    """Its base, and whether somebody chose it."""
    row = AgentPresence.objects.get(agent=agent)
    return row.base, row.is_manual


def choose(agent: Agent, name: str, now: datetime) -> None:
    set_presence(agent=agent, presence=Presence.objects.get(name=name), by=agent.user, now=now)


def allow(workstream: Workstream, base: str, now: datetime) -> None:
    """Beside who is available, whoever is of this presence gets work of it."""
    Workstream.objects.filter(pk=workstream.pk).update(allowed_presences=["available", base])
    configuration.publish(by=None, now=now)
    workstream.refresh_from_db()


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

    assert presence(agent) == ("available", False)


def test_presence_follows_what_is_accepted_and_closed(
    workstream: Workstream, small_agent: Agent, now: datetime
) -> None:
    first = in_conversation(workstream, small_agent, now)
    partly = presence(small_agent)
    second = in_conversation(workstream, small_agent, now)
    fully = presence(small_agent)
    for item in (first, second):
        service.end(item_id=item.pk, by=small_agent, now=now)
        service.close(item_id=item.pk, by=small_agent, now=now)

    assert (partly[0], fully[0], presence(small_agent)[0]) == ("busy", "busy_dnd", "available")


def test_giving_work_away_frees_its_agent(
    workstream: Workstream, small_agent: Agent, second_agent: Agent, now: datetime
) -> None:
    """Whoever picks is busy, and available again once it is released or transferred."""
    Workstream.objects.filter(pk=workstream.pk).update(may_be_picked=True)
    item = arrive(Workstream.objects.get(pk=workstream.pk), now)

    service.pick(item_id=item.pk, by=small_agent, now=now)
    seen = [presence(small_agent)[0]]
    service.release(item_id=item.pk, by=small_agent, now=now)
    seen.append(presence(small_agent)[0])
    service.pick(item_id=item.pk, by=small_agent, now=now)
    service.transfer(item_id=item.pk, by=small_agent.user, agent=second_agent, now=now)
    seen.append(presence(small_agent)[0])

    assert seen == ["busy", "available", "available"]


def test_picking_past_the_limit_makes_an_agent_undisturbed(
    queue, small_agent: Agent, now: datetime
) -> None:
    mail = make_workstream("Mail", mode="pick", queue=queue)
    for _ in range(3):
        service.pick(item_id=arrive(mail, now).pk, by=small_agent, now=now)

    assert presence(small_agent) == ("busy_dnd", False)


def test_presence_is_reset_when_a_timed_wrap_up_is_over(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    Workstream.objects.update(wrap_up_block="custom", wrap_up_seconds=60)
    in_wrap_up(Workstream.objects.get(pk=workstream.pk), agent, now)
    during = presence(agent)

    release_wrap_up.sweep(now=now + timedelta(seconds=60), limit=10)

    assert (during[0], presence(agent)[0]) == ("busy", "available")


@pytest.mark.parametrize("name", ["available", "busy"])
def test_a_chosen_presence_lasts_until_work_is_accepted(
    workstream: Workstream, agent: Agent, now: datetime, name: str
) -> None:
    choose(agent, name, now)
    item = offered(workstream, now)
    service.decline(item_id=item.pk, by=agent, now=now)
    declined = presence(agent)

    in_conversation(workstream, agent, now + timedelta(minutes=5))

    assert declined == (name, True)
    assert presence(agent) == ("busy", False)


def test_a_chosen_presence_lasts_until_work_is_closed(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item, _ = (in_conversation(workstream, agent, now) for _ in range(2))
    choose(agent, "available", now)
    service.end(item_id=item.pk, by=agent, now=now)
    ended = presence(agent)

    service.close(item_id=item.pk, by=agent, now=now)

    assert (ended, presence(agent)) == (("available", True), ("busy", False))


@pytest.mark.parametrize(
    "block",
    [{"wrap_up_block": "never"}, {"wrap_up_block": "custom", "wrap_up_seconds": 60}],
    ids=["never", "custom"],
)
def test_it_ends_with_closing_though_the_capacity_comes_back_before_or_later(
    queue: Queue, agent: Agent, now: datetime, block: dict[str, Any]
) -> None:
    item = in_wrap_up(make_workstream(queue=queue, **block), agent, now)
    choose(agent, "busy", now)

    service.close(item_id=item.pk, by=agent, now=now)

    assert presence(agent)[1] is False


def test_a_choice_ends_with_signing_out(agent: Agent, now: datetime) -> None:
    choose(agent, "busy_dnd", now)
    sign_out_agent(agent=agent, now=now)

    assert sign_in_agent(agent=agent, now=now).base == "available"


def test_advice_changes_no_presence(workstream: Workstream, agent: Agent, now: datetime) -> None:
    item = in_conversation(workstream, agent, now)
    adviser = make_agent("ada", presence="available")
    consult = service.consult(item_id=item.pk, by=agent, agent=adviser, now=now)

    service.accept_consult(consult_id=consult.pk, by=adviser, now=now)

    assert (presence(agent)[0], presence(adviser)[0]) == ("busy", "available")


@pytest.mark.parametrize("name", ["busy_dnd", "away", "offline"])
def test_who_wants_to_be_left_alone_stays_so(
    workstream: Workstream, agent: Agent, now: datetime, name: str
) -> None:
    item = in_conversation(workstream, agent, now)
    choose(agent, name, now)

    service.end(item_id=item.pk, by=agent, now=now)
    service.close(item_id=item.pk, by=agent, now=now)

    assert presence(agent) == (name, True)


def test_a_reset_follows_capacity_again(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    in_conversation(workstream, agent, now)
    choose(agent, "busy_dnd", now)

    reset_presence(agent=agent, now=now)

    assert presence(agent) == ("busy", False)


def test_nobody_who_is_offline_is_brought_back_by_a_reset(agent: Agent, now: datetime) -> None:
    sign_out_agent(agent=agent, now=now)

    with pytest.raises(NotSignedIn):
        reset_presence(agent=agent, now=now)


def test_signing_in_with_work_in_hand_gives_its_presence(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    in_conversation(workstream, agent, now)
    sign_out_agent(agent=agent, now=now)

    assert sign_in_agent(agent=agent, now=now).base == "busy"


@pytest.mark.parametrize("name", ["away", "offline"])
def test_a_default_of_being_away_stays_whatever_is_in_hand(
    workstream: Workstream, agent: Agent, now: datetime, name: str
) -> None:
    in_conversation(workstream, agent, now)
    sign_out_agent(agent=agent, now=now)
    agent.default_presence = Presence.objects.get(name=name)

    assert sign_in_agent(agent=agent, now=now).base == name


@pytest.fixture
def with_answers() -> None:
    """The organisation answers missed and declined offers."""
    ServiceConfiguration.objects.update_or_create(
        pk=1, defaults={"inactive_after_missed": True, "undisturbed_after_declined": True}
    )


def test_refused_offers_change_no_presence_by_default(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    service.decline(item_id=offered(workstream, now).pk, by=agent, now=now)

    assert presence(agent) == ("available", False)


@pytest.mark.usefixtures("with_answers")
def test_who_misses_an_offer_becomes_inactive_until_it_is_reset(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    offered(workstream, now)
    miss_offers.sweep(now=now + COUNTDOWN, limit=10)
    row = AgentPresence.objects.select_related("presence").get(agent=agent)
    missed = (row.presence.name, row.base, row.after)
    service.run_cycle(now=now + timedelta(minutes=10))
    offers = agent.assignments.count()

    reset_presence(agent=agent, now=now)
    row.refresh_from_db()

    assert missed == ("inactive", "away", "missed")
    assert offers == 1
    assert (row.base, row.after) == ("available", "")


@pytest.mark.usefixtures("with_answers")
def test_who_declines_an_offer_is_not_disturbed_until_a_presence_is_chosen(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    service.decline(item_id=offered(workstream, now).pk, by=agent, now=now)
    row = AgentPresence.objects.get(agent=agent)
    declined = (row.base, row.after)

    choose(agent, "available", now)
    row.refresh_from_db()

    assert declined == ("busy_dnd", "declined")
    assert (row.base, row.after) == ("available", "")


@pytest.mark.usefixtures("with_answers")
@pytest.mark.parametrize(("allowed", "offers"), [("away", 2), ("busy_dnd", 1)])
def test_the_answer_to_a_missed_offer_stops_nothing_where_away_is_allowed(
    workstream: Workstream, agent: Agent, now: datetime, allowed: str, offers: int
) -> None:
    allow(workstream, allowed, now)
    offered(workstream, now)
    miss_offers.sweep(now=now + COUNTDOWN, limit=10)

    service.run_cycle(now=now + timedelta(minutes=10))

    assert presence(agent)[0] == "away"
    assert agent.assignments.count() == offers


@pytest.mark.usefixtures("with_answers")
@pytest.mark.parametrize(("allowed", "offers"), [("busy_dnd", 2), ("away", 1)])
def test_the_answer_to_a_declined_offer_stops_nothing_where_do_not_disturb_is_allowed(
    workstream: Workstream, agent: Agent, now: datetime, allowed: str, offers: int
) -> None:
    allow(workstream, allowed, now)
    service.decline(item_id=offered(workstream, now).pk, by=agent, now=now)

    service.run_cycle(now=now + timedelta(minutes=10))

    assert presence(agent)[0] == "busy_dnd"
    assert agent.assignments.count() == offers


@pytest.mark.usefixtures("with_answers")
def test_a_missed_offer_brings_nobody_back_from_being_offline(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    offered(workstream, now)
    choose(agent, "offline", now)

    miss_offers.sweep(now=now + COUNTDOWN, limit=10)

    assert presence(agent)[0] == "offline"

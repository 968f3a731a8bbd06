"""What missed and declined offers bring their agents (A 12)."""

from datetime import datetime, timedelta

import pytest

from agents.actions.reset_presence import reset_presence
from agents.models import Agent, AgentPresence
from routing import configuration, service
from routing.sweeps import miss_offers
from tests.scenarios import choose_presence, offered, presence_of
from workstreams.models import ServiceConfiguration, Workstream

pytestmark = pytest.mark.django_db

COUNTDOWN = timedelta(seconds=120)


def allow(workstream: Workstream, base: str, now: datetime) -> None:
    """Beside who is available, whoever is of this presence gets work of it."""
    Workstream.objects.filter(pk=workstream.pk).update(allowed_presences=["available", base])
    configuration.publish(by=None, now=now)
    workstream.refresh_from_db()


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

    assert presence_of(agent) == ("available", False)


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

    reset_presence(agent=agent, by=agent.user, now=now)
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

    choose_presence(agent, "available", now)
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

    assert presence_of(agent)[0] == "away"
    assert agent.assignments.count() == offers


@pytest.mark.usefixtures("with_answers")
@pytest.mark.parametrize(("allowed", "offers"), [("busy_dnd", 2), ("away", 1)])
def test_the_answer_to_a_declined_offer_stops_nothing_where_do_not_disturb_is_allowed(
    workstream: Workstream, agent: Agent, now: datetime, allowed: str, offers: int
) -> None:
    allow(workstream, allowed, now)
    service.decline(item_id=offered(workstream, now).pk, by=agent, now=now)

    service.run_cycle(now=now + timedelta(minutes=10))

    assert presence_of(agent)[0] == "busy_dnd"
    assert agent.assignments.count() == offers


@pytest.mark.usefixtures("with_answers")
def test_a_missed_offer_brings_nobody_back_from_being_offline(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    offered(workstream, now)
    choose_presence(agent, "offline", now)

    miss_offers.sweep(now=now + COUNTDOWN, limit=10)

    assert presence_of(agent)[0] == "offline"

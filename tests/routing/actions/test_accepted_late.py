"""What is assigned without asking, and asked for when its countdown is over: the desk does so by
itself, before the clock or after it."""

from datetime import datetime

import pytest

from agents.models import Agent, AgentPresence
from routing import service
from routing.exceptions import OfferExpired
from routing.sweeps import miss_offers
from routing.terms import Outcome
from tests.routing.actions.test_offer_rules import (
    COUNTDOWN,
    assigned_without_asking,
    offer_of,
    use,
)
from tests.scenarios import choose_presence
from workstreams.models import Workstream
from workstreams.terms import ItemState

pytestmark = pytest.mark.django_db


def test_the_page_of_an_agent_who_went_home_gets_nothing_for_him(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item = assigned_without_asking(workstream, now)
    choose_presence(agent, "offline", now)

    with pytest.raises(OfferExpired):
        service.accept(item_id=item.pk, by=agent, now=now + COUNTDOWN)
    miss_offers.sweep(now=now + COUNTDOWN, limit=10)

    item.refresh_from_db()
    assert (item.state, offer_of(item).outcome) == (ItemState.OPEN, Outcome.MISSED)


def test_what_he_opens_himself_before_the_countdown_ends_is_his_though_he_is_offline(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item = assigned_without_asking(workstream, now)
    choose_presence(agent, "offline", now)

    service.accept(item_id=item.pk, by=agent, now=now)

    assert offer_of(item).outcome == Outcome.ACCEPTED


def test_who_is_offline_and_meant_all_the_same_has_it_by_his_page_too(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    use(workstream, allowed_presences=["available", "offline"])
    AgentPresence.objects.filter(agent=agent).update(base="offline")
    item = assigned_without_asking(workstream, now)

    service.accept(item_id=item.pk, by=agent, now=now + COUNTDOWN)

    assert offer_of(item).outcome == Outcome.ACCEPTED

"""An answer to an offer meets the end of its countdown."""

from datetime import timedelta

import pytest

from config.clock import database_now
from routing import service
from routing.actions.end_offer import end_offer
from routing.exceptions import OfferExpired
from routing.models import AgentLoad, Assignment
from routing.terms import Outcome
from tests.factories import make_agent, make_notification_template, make_workstream
from tests.races.together import queued_behind, together
from tests.scenarios import offered
from workstreams.models import WorkItem, WorkItemEvent
from workstreams.terms import ItemState

pytestmark = pytest.mark.slow

COUNTDOWN = timedelta(seconds=120)


@pytest.fixture
def now(transactional_db):
    """So long ago that the countdown is over: no event may tell of the future."""
    return database_now() - 2 * COUNTDOWN


@pytest.fixture
def offer(transactional_db, now):
    """Makes an offer by a template."""

    def make(**template):
        workstream = make_workstream()
        make_agent("alice", queues=[workstream.fallback_queue])
        workstream.notification_template = make_notification_template(**template)
        workstream.save()
        return Assignment.objects.select_related("agent").get(item=offered(workstream, now))

    return make


def test_accepting_as_the_countdown_assigns_is_one_acceptance(offer, now):
    made = offer(auto_assign=True)

    outcomes = both_orders(made, now + COUNTDOWN)

    assert not [each for each in outcomes if isinstance(each, Exception)]
    accepted = WorkItemEvent.objects.filter(work_item_id=made.item_id, kind="offer-accepted")
    assert accepted.count() == 1
    assert AgentLoad.objects.get(agent=made.agent).units_used == 1


def test_accepting_as_the_offer_runs_out_loses_nothing(offer, now):
    made = offer()

    outcomes = both_orders(made, now + COUNTDOWN)

    assert [type(each) for each in outcomes if isinstance(each, Exception)] == [OfferExpired]
    made.refresh_from_db()
    assert made.outcome == Outcome.MISSED
    assert WorkItem.objects.get(pk=made.item_id).state == ItemState.OPEN
    assert AgentLoad.objects.get(agent=made.agent).units_used == 0


def test_two_routers_end_an_offer_once(offer, now):
    made = offer(auto_assign=True)
    end = ending(made, now + COUNTDOWN)

    assert sorted(together(end, end)) == [False, True]


def both_orders(made, at):
    """Both wait for the item; which is first is the database's choice."""
    accept = lambda: service.accept(item_id=made.item_id, by=made.agent, now=at)  # noqa: E731
    rows = WorkItem.objects.filter(pk=made.item_id)
    return queued_behind(rows, accept, ending(made, at))


def ending(made, at):
    return lambda: end_offer(item_id=made.item_id, assignment_id=made.pk, now=at)

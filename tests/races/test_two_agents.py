"""Two people reach for the same work."""

from datetime import datetime, timedelta

from agents.actions.edit_agent import edit_agent
from agents.models import Agent, AgentPresence, User
from config.clock import database_now
from routing import service
from routing.exceptions import AlreadyTaken, NotYourItem, OfferExpired
from routing.models import AgentLoad, Assignment
from routing.sweeps import miss_offers
from routing.terms import Outcome
from tests.races.together import queued_behind
from tests.scenarios import arrive, in_conversation, offered, units_used
from workstreams.models import Consult, WorkItem, WorkItemEvent, Workstream
from workstreams.terms import ItemState


def row(item: WorkItem):
    return WorkItem.objects.filter(pk=item.pk)


def kinds(outcomes: list[object]) -> set[type]:
    return {type(outcome) for outcome in outcomes}


def test_one_of_two_who_pick_gets_the_item(
    mail: Workstream, both: list[Agent], now: datetime
) -> None:
    item = arrive(mail, now)

    outcomes = queued_behind(
        row(item),
        lambda: service.pick(item_id=item.pk, by=both[0]),
        lambda: service.pick(item_id=item.pk, by=both[1]),
    )

    assert kinds(outcomes) == {Assignment, AlreadyTaken}
    assert sorted(AgentLoad.objects.values_list("units_used", flat=True)) == [0, 1]


def test_who_comes_when_another_has_the_item_waits_for_nobody(
    mail: Workstream, both: list[Agent], now: datetime
) -> None:
    item = arrive(mail, now)
    service.pick(item_id=item.pk, by=both[0])

    (outcome,) = queued_behind(
        row(item), lambda: service.pick(item_id=item.pk, by=both[1]), waiting=0
    )

    assert isinstance(outcome, AlreadyTaken)


def test_one_agent_who_picks_twice_at_once_holds_capacity_once(
    mail: Workstream, agent: Agent, now: datetime
) -> None:
    item = arrive(mail, now)

    outcomes = queued_behind(
        row(item), *[lambda: service.pick(item_id=item.pk, by=agent) for _ in range(2)]
    )

    assert outcomes[0] == outcomes[1]
    assert units_used(agent) == 1


def test_picks_at_the_limit_show_exactly_those_that_passed_it(
    mail: Workstream, agent: Agent, now: datetime
) -> None:
    items = [arrive(mail, now) for _ in range(5)]
    moves = [lambda item=item: service.pick(item_id=item.pk, by=agent) for item in items]

    picks = queued_behind(AgentLoad.objects.filter(agent=agent), *moves)

    assert sorted(pick.is_override for pick in picks) == [False, False, False, True, True]


def test_a_pick_is_measured_by_the_limit_that_stands_when_it_gets_the_load(
    mail: Workstream, agent: Agent, administrator: User, now: datetime
) -> None:
    item = arrive(mail, now)

    (pick,) = queued_behind(
        AgentLoad.objects.filter(agent=agent),
        lambda: service.pick(item_id=item.pk, by=agent),
        then=lambda: edit_agent(agent=agent, by=administrator, now=now, capacity_units=0),
    )

    assert pick.is_override


def test_an_acceptance_and_a_customer_who_leaves_end_in_one_story(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item = offered(workstream, now)

    accepted, left = queued_behind(
        row(item),
        lambda: service.accept(item_id=item.pk, by=agent),
        lambda: service.leave(item_id=item.pk),
    )

    item.refresh_from_db()
    assert left is None
    if isinstance(accepted, OfferExpired):
        assert (item.state, units_used(agent)) == (ItemState.CLOSED, 0)
    else:
        assert (item.state, units_used(agent)) == (ItemState.WRAP_UP, 1)


def test_an_offer_is_either_declined_or_missed(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item = offered(workstream, now - timedelta(minutes=3))

    declined, missed = queued_behind(
        row(item),
        lambda: service.decline(item_id=item.pk, by=agent, now=now),
        lambda: miss_offers.sweep(now=now, limit=10),
    )

    outcome = Assignment.objects.get(item=item).outcome
    assert (type(declined), missed, outcome) in (
        (bool, 0, Outcome.DECLINED),
        (OfferExpired, 1, Outcome.MISSED),
    )
    assert units_used(agent) == 0


def test_an_offer_is_missed_once_by_two_sweeps(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item = offered(workstream, now - timedelta(minutes=3))
    sweep = lambda: miss_offers.sweep(now=now, limit=10)  # noqa: E731

    assert sorted(queued_behind(row(item), sweep, sweep)) == [0, 1]
    assert units_used(agent) == 0


def test_two_items_that_change_places_do_not_block_each_other(
    workstream: Workstream, both: list[Agent], supervisor: User, now: datetime
) -> None:
    items = [in_conversation_of_whom_it_met(workstream, now) for _ in both]
    first, second = items[0].agent, items[1].agent

    outcomes = queued_behind(
        AgentLoad.objects.filter(agent__in=both),
        lambda: service.transfer(item_id=items[0].pk, by=supervisor, agent=second),
        lambda: service.transfer(item_id=items[1].pk, by=supervisor, agent=first),
    )

    assert outcomes == [None, None]
    assert WorkItem.objects.get(pk=items[0].pk).agent == second
    assert WorkItem.objects.get(pk=items[1].pk).agent == first
    assert [units_used(each) for each in both] == [1, 1]


def test_an_item_is_ended_once_and_released_never_after_that(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item = in_conversation(workstream, agent, now)

    ended, released = queued_behind(
        row(item),
        lambda: service.close(item_id=item.pk, by=agent),
        lambda: service.release(item_id=item.pk, by=agent),
    )

    assert kinds([ended, released]) == {ItemState, NotYourItem}
    assert units_used(agent) == 0


def in_conversation_of_whom_it_met(workstream: Workstream, now: datetime) -> WorkItem:
    item = offered(workstream, now)
    assert item.agent is not None
    service.accept(item_id=item.pk, by=item.agent)
    return item


def test_presence_is_that_of_the_load_after_two_changes_at_once(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    first = in_conversation(workstream, agent, now)
    second = offered(workstream, now)

    queued_behind(
        AgentLoad.objects.filter(agent=agent),
        lambda: service.force_close(item_id=first.pk, by=agent.user),
        lambda: service.accept(item_id=second.pk, by=agent, now=now),
    )

    assert units_used(agent) == 1
    assert AgentPresence.objects.get(agent=agent).base == "busy"


def test_a_move_is_of_the_moment_when_its_turn_came(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item = in_conversation(workstream, agent, now)
    freed: list[datetime] = []

    queued_behind(
        row(item),
        lambda: service.end(item_id=item.pk, by=agent),
        then=lambda: freed.append(database_now()),
    )

    assert WorkItemEvent.objects.get(kind="work-item-ended").at > freed[0]


def test_who_ends_behind_a_request_for_advice_ends_it_too(
    workstream: Workstream, both: list[Agent], now: datetime
) -> None:
    item = in_conversation(workstream, both[0], now)

    queued_behind(
        row(item),
        lambda: service.consult(item_id=item.pk, by=both[0], agent=both[1]),
        lambda: service.end(item_id=item.pk, by=both[0]),
    )

    assert Consult.objects.get(item=item).ended_at is not None

"""Wrap-up, closing, releasing, leaving."""

from datetime import datetime, timedelta

import pytest

from agents.models import Agent, User
from routing import service
from routing.actions.lock_item import lock_item
from routing.exceptions import NotYourItem
from routing.models import Assignment
from routing.queries.desk import closed_items
from routing.sweeps import close_inactive, release_wrap_up
from tests.factories import make_agent, make_profile, make_workstream
from tests.scenarios import arrive, in_conversation, in_wrap_up, offered, units_used
from workstreams.actions.send_message import send_message
from workstreams.models import Queue, WorkItem, WorkItemEvent, Workstream
from workstreams.terms import Author, Channel, ItemState, Reason, WrapUpBlock

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


def test_wrap_up_keeps_the_capacity_until_the_item_is_closed(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item = in_wrap_up(workstream, agent, now)
    assert units_used(agent) == 1

    service.close(item_id=item.pk, by=agent, now=now)

    item.refresh_from_db()
    assert (item.state, item.closed_at, units_used(agent)) == (ItemState.CLOSED, now, 0)


def test_wrap_up_that_does_not_block_gives_the_capacity_back_at_once(
    queue: Queue, agent: Agent, now: datetime
) -> None:
    workstream = make_workstream(queue=queue, wrap_up_block=WrapUpBlock.NEVER)

    in_wrap_up(workstream, agent, now)

    assert units_used(agent) == 0


def test_timed_wrap_up_gives_the_capacity_back_by_its_own_timer(
    queue: Queue, agent: Agent, now: datetime
) -> None:
    workstream = make_workstream(queue=queue, wrap_up_block=WrapUpBlock.CUSTOM, wrap_up_seconds=60)
    item = in_wrap_up(workstream, agent, now)

    service.close(item_id=item.pk, by=agent, now=now)
    assert units_used(agent) == 1
    assert release_wrap_up.sweep(now=now + MINUTE, limit=10) == 1
    assert release_wrap_up.sweep(now=now + MINUTE, limit=10) == 0
    assert units_used(agent) == 0


def test_closing_a_live_chat_without_ending_it_returns_it_to_the_queue(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item = in_conversation(workstream, agent, now)

    service.close(item_id=item.pk, by=agent, now=now)

    item.refresh_from_db()
    assert (item.state, units_used(agent)) == (ItemState.OPEN, 0)


def test_a_live_chat_that_was_only_closed_comes_back_to_the_same_agent_where_that_is_wanted(
    queue: Queue, agent: Agent, second_agent: Agent, now: datetime
) -> None:
    workstream = make_workstream(queue=queue, keep_same_agent=True)
    item = offered(workstream, now)
    holder = item.agent
    assert holder is not None
    service.accept(item_id=item.pk, by=holder, now=now)

    service.close(item_id=item.pk, by=holder, now=now)
    service.run_cycle(now=now)

    item.refresh_from_db()
    offer = Assignment.objects.get(item=item, ended_at=None)
    assert (offer.agent, offer.how, offer.may_decline) == (holder, "affinity", True)


def test_an_asynchronous_conversation_waits_for_its_customer_and_comes_back_to_the_same_agent(
    queue: Queue, agent: Agent, second_agent: Agent, now: datetime
) -> None:
    workstream = make_workstream(queue=queue, channel=Channel.SMS, keep_same_agent=True)
    item = offered(workstream, now)
    holder = item.agent
    assert holder is not None
    service.accept(item_id=item.pk, by=holder, now=now)
    service.close(item_id=item.pk, by=holder, now=now)
    item.refresh_from_db()
    assert (item.state, units_used(holder)) == (ItemState.WAITING, 0)

    send_message(item_id=item.pk, author=Author.CUSTOMER, text="Hello again", now=now + MINUTE)
    service.run_cycle(now=now + MINUTE)

    item.refresh_from_db()
    assert item.agent == holder


def test_closing_what_waits_for_its_customer_again_changes_nothing(
    queue: Queue, agent: Agent, agent_of_another_queue: Agent, now: datetime
) -> None:
    item = in_conversation(make_workstream(queue=queue, channel=Channel.SMS), agent, now)
    service.close(item_id=item.pk, by=agent, now=now)

    service.close(item_id=item.pk, by=agent, now=now)

    item.refresh_from_db()
    assert (item.state, item.agent, units_used(agent)) == (ItemState.WAITING, agent, 0)
    with pytest.raises(NotYourItem):
        service.close(item_id=item.pk, by=agent_of_another_queue, now=now)


def test_ending_twice_changes_nothing(workstream: Workstream, agent: Agent, now: datetime) -> None:
    item = in_wrap_up(workstream, agent, now)

    service.end(item_id=item.pk, by=agent, now=now)
    item.refresh_from_db()
    assert item.state == ItemState.WRAP_UP

    for verb in (service.close, service.close, service.end):
        verb(item_id=item.pk, by=agent, now=now)
    moves = WorkItemEvent.objects.filter(work_item_id=item.pk, kind__startswith="work-item-")
    kinds = list(moves.order_by("pk").values_list("kind", flat=True))
    assert kinds[-2:] == ["work-item-ended", "work-item-closed"]


def test_somebody_elses_item_cannot_be_ended(
    workstream: Workstream, agent: Agent, agent_of_another_queue: Agent, now: datetime
) -> None:
    item = in_conversation(workstream, agent, now)

    for verb in (service.end, service.close, service.release):
        with pytest.raises(NotYourItem):
            verb(item_id=item.pk, by=agent_of_another_queue, now=now)
    service.end(item_id=item.pk, by=agent, now=now)
    with pytest.raises(NotYourItem):
        service.end(item_id=item.pk, by=agent_of_another_queue, now=now)


def test_a_released_item_waits_again_with_its_age(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item = in_conversation(workstream, agent, now)

    service.release(item_id=item.pk, by=agent, now=now + MINUTE)

    item.refresh_from_db()
    assert (item.state, item.waiting_since, units_used(agent)) == (ItemState.OPEN, now, 0)


def test_an_asynchronous_conversation_is_as_old_as_what_its_customer_wrote_last(
    queue: Queue, agent: Agent, now: datetime
) -> None:
    workstream = make_workstream(queue=queue, channel=Channel.SMS)
    item = in_conversation(workstream, agent, now)
    days_later = now + timedelta(days=2)
    send_message(item_id=item.pk, author=Author.CUSTOMER, text="Still broken", now=days_later)

    service.release(item_id=item.pk, by=agent, now=days_later + MINUTE)

    item.refresh_from_db()
    assert (item.state, item.waiting_since) == (ItemState.OPEN, days_later)


def test_a_customer_who_leaves_before_an_agent_came_closes_the_item(
    workstream: Workstream, now: datetime
) -> None:
    item = arrive(workstream, now)

    service.leave(item_id=item.pk, now=now)

    item.refresh_from_db()
    assert (item.state, item.reason) == (ItemState.CLOSED, Reason.CUSTOMER_LEFT_OPEN)


def test_a_customer_who_leaves_while_it_is_offered_takes_the_offer_back(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item = offered(workstream, now)

    service.leave(item_id=item.pk, now=now)

    item.refresh_from_db()
    assert (item.state, item.agent, units_used(agent)) == (ItemState.CLOSED, None, 0)
    closed = WorkItemEvent.objects.get(kind="work-item-closed")
    assert (closed.agent_id, closed.data["from_agent_id"]) == (None, agent.pk)
    assert not closed_items(agent, since=now)


def test_a_customer_who_leaves_a_conversation_sends_it_to_wrap_up(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item = in_conversation(workstream, agent, now)

    service.leave(item_id=item.pk, now=now)
    service.leave(item_id=item.pk, now=now)

    item.refresh_from_db()
    assert item.state == ItemState.WRAP_UP


def test_a_supervisor_closes_any_unfinished_item(
    workstream: Workstream, agent: Agent, supervisor: User, now: datetime
) -> None:
    item = in_conversation(workstream, agent, now)

    service.force_close(item_id=item.pk, by=supervisor, now=now)
    service.force_close(item_id=item.pk, by=supervisor, now=now)

    item.refresh_from_db()
    assert (item.state, item.reason) == (ItemState.CLOSED, Reason.FORCE_CLOSED)
    assert units_used(agent) == 0


def test_a_live_chat_that_nobody_takes_is_closed_after_twenty_minutes(
    workstream: Workstream, now: datetime
) -> None:
    item = arrive(workstream, now)

    assert close_inactive.sweep(now=now + 19 * MINUTE, limit=10) == 0
    assert close_inactive.sweep(now=now + 20 * MINUTE, limit=10) == 1
    item.refresh_from_db()
    assert (item.state, item.reason) == (ItemState.CLOSED, Reason.AUTO_CLOSED)


def test_wrap_up_that_nobody_closes_ends_by_itself(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    in_wrap_up(workstream, agent, now)

    assert close_inactive.sweep(now=now + 15 * MINUTE, limit=10) == 1
    assert units_used(agent) == 0


def test_a_waiting_conversation_is_closed_after_the_workstreams_own_time(
    queue: Queue, agent: Agent, now: datetime
) -> None:
    workstream = make_workstream(queue=queue, channel=Channel.SMS, auto_close_after_minutes=60)
    item = in_conversation(workstream, agent, now)
    service.close(item_id=item.pk, by=agent, now=now)

    assert close_inactive.sweep(now=now + 59 * MINUTE, limit=10) == 0
    assert close_inactive.sweep(now=now + 60 * MINUTE, limit=10) == 1


def test_wrap_up_is_not_cut_short_where_the_workstream_gives_it_longer(
    queue: Queue, agent: Agent, now: datetime
) -> None:
    workstream = make_workstream(
        queue=queue, wrap_up_block=WrapUpBlock.CUSTOM, wrap_up_seconds=3600
    )
    in_wrap_up(workstream, agent, now)

    assert close_inactive.sweep(now=now + 59 * MINUTE, limit=10) == 0
    assert close_inactive.sweep(now=now + 60 * MINUTE, limit=10) == 1


def test_capacity_comes_back_even_when_its_profile_was_deleted_meanwhile(
    queue: Queue, now: datetime
) -> None:
    profile = make_profile("Chats")
    holder = make_agent(queues=[queue], profiles=[profile])
    workstream = make_workstream(queue=queue, capacity_format="profile")
    workstream.capacity_profiles.add(profile)
    item = in_conversation(workstream, holder, now)
    workstream.capacity_profiles.clear()
    holder.capacity_profiles.all().delete()
    profile.delete()

    service.end(item_id=item.pk, by=holder, now=now)
    service.close(item_id=item.pk, by=holder, now=now)

    assert not Assignment.objects.filter(capacity_released_at=None).exists()


def test_one_bad_row_does_not_hold_up_the_rest_of_a_sweep(
    workstream: Workstream, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = arrive(workstream, now), arrive(workstream, now)

    def fail_for_the_bad_one(item_id: int) -> WorkItem:
        if item_id == bad.pk:
            raise ValueError
        return lock_item(item_id)

    monkeypatch.setattr("routing.sweeps.close_inactive.lock_item", fail_for_the_bad_one)
    assert close_inactive.sweep(now=now + 20 * MINUTE, limit=10) == 1

    good.refresh_from_db()
    assert good.state == ItemState.CLOSED

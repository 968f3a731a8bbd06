"""Overflow on arrival: looked at exactly once, and what becomes of the item."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from agents.models import OperatingHours
from routing import configuration, service
from routing.models import Assignment, RoutingDecision, Rule, RuleOverflow, Ruleset
from routing.queries.would_route import TestItem, would_route
from routing.terms import Outcome
from tests.factories import (
    make_agent,
    make_item,
    make_overflow,
    make_queue,
    make_route,
    make_workstream,
)
from tests.factories.bots import make_bot, with_bot
from tests.scenarios import arrive, in_conversation
from workstreams.actions.release_from_bot import release_from_bot
from workstreams.actions.send_message import send_message
from workstreams.models import BotConversation, Message, Queue, WorkItem, Workstream
from workstreams.terms import (
    Author,
    BotOutcome,
    Channel,
    ItemState,
    OverflowAction,
    OverflowCondition,
    Reason,
    WorkstreamType,
)

pytestmark = pytest.mark.django_db
LIMIT = OverflowCondition.ITEM_LIMIT
END = OverflowAction.END
ENDED = "We cannot take your request at the moment"
CLOSED_NOW = "You have reached us outside our operating hours."


def rule_to(workstream: Workstream, *queues: Queue) -> list[Rule]:
    """Route-to-queue rules that always match, in this order."""
    return [make_route(workstream, queue) for queue in queues]


def never_open(name: str = "Never") -> OperatingHours:
    return OperatingHours.objects.create(name=name, time_zone="UTC")


def overflow_of(item: WorkItem) -> Any:
    decision = RoutingDecision.objects.filter(work_item_id=item.pk, stage="routing").latest("id")
    [stage] = [each for each in decision.document["stages"] if each["stage"] == "route_to_queue"]
    return stage.get("overflow")


def texts(item: WorkItem) -> list[str]:
    messages = Message.objects.filter(item=item, author=Author.SYSTEM).order_by("id")
    return list(messages.values_list("text", flat=True))


@pytest.fixture
def full(workstream: Workstream, now: datetime) -> Queue:
    """Two items wait in it, as many as may; the workstream's one rule leads there."""
    full = make_queue("Full")
    rule_to(workstream, full)
    for _ in range(2):
        make_item(workstream, queue=full)
    return full


def test_the_item_beyond_the_limit_goes_to_the_queue_of_the_transfer(workstream, full, now):
    spare = make_queue("Spare")
    make_overflow(full, LIMIT, threshold=2, to=spare)

    item = arrive(workstream, now)

    assert (item.queue, item.overflow_transfer_count) == (spare, 1)
    assert overflow_of(item)["sentence"] == "2 wait, and the limit is 2: transferred to Spare."


def test_a_test_item_says_where_overflow_would_lead_and_counts_for_nothing(workstream, full, now):
    make_overflow(full, LIMIT, threshold=2, to=make_queue("Spare"))
    configuration.publish(by=None, now=now)

    answers = [would_route(TestItem(workstream=workstream), now=now) for _ in range(2)]

    assert [each["queue"] for each in answers] == ["Spare", "Spare"]
    assert WorkItem.objects.count() == 2


def test_below_the_limit_it_is_queued_and_nothing_is_said_of_overflow(workstream, full, now):
    make_overflow(full, LIMIT, threshold=3, to=make_queue("Spare"))

    item = arrive(workstream, now)

    assert (item.queue, item.overflow_transfer_count, overflow_of(item)) == (full, 0, None)


def test_the_queue_that_a_transfer_leads_to_is_not_asked_in_turn(workstream, full, now):
    spare = make_queue("Spare")
    make_overflow(full, LIMIT, threshold=1, to=spare)
    make_overflow(spare, LIMIT, END, threshold=1)
    make_item(workstream, queue=spare)

    item = arrive(workstream, now)

    assert (item.queue, item.state) == (spare, ItemState.OPEN)


def test_a_conversation_is_ended_in_its_queue_and_the_customer_told(workstream, full, now):
    make_overflow(full, LIMIT, END, threshold=2)

    item = arrive(workstream, now)

    assert (item.queue, item.state) == (full, ItemState.CLOSED)
    assert item.reason == Reason.CLOSED_DUE_TO_OVERFLOW
    assert [text for text in texts(item) if text.startswith(ENDED)]
    assert overflow_of(item)["action"] == "end"


def test_after_hours_the_customer_hears_both_that_it_is_closed_and_that_it_ends(workstream, now):
    night = make_queue("Night", operating_hours=never_open())
    night.overflow_rules.update(action=END)
    rule_to(workstream, night)

    item = arrive(workstream, now)

    assert item.state == ItemState.CLOSED
    assert [text[: len(ENDED)] for text in texts(item)][-2:] == [CLOSED_NOW[: len(ENDED)], ENDED]


def test_assigned_anyway_it_waits_in_the_closed_queue(workstream, now):
    night = make_queue("Night", operating_hours=never_open())
    rule_to(workstream, night)

    item = arrive(workstream, now)

    assert (item.queue, item.state) == (night, ItemState.OPEN)
    assert overflow_of(item)["sentence"] == (
        "Outside its operating hours: assigned to the queue anyway."
    )


def test_an_open_queue_of_a_later_rule_is_taken_before_any_action(workstream, queue, now):
    night = make_queue("Night", operating_hours=never_open())
    rule_to(workstream, night, queue)

    assert arrive(workstream, now).queue == queue


def test_the_fallback_queue_is_never_asked(workstream, queue, now):
    make_overflow(queue, LIMIT, END, threshold=1)
    make_item(workstream)

    item = arrive(workstream, now)

    assert (item.queue, item.state) == (queue, ItemState.OPEN)


def test_a_call_overflows_by_the_average_wait(now):
    workstream = make_workstream("Calls", type=WorkstreamType.VOICE)
    busy, spare = (make_queue(name, type="voice") for name in ("Busy", "Spare calls"))
    rule_to(workstream, busy)
    make_overflow(busy, OverflowCondition.AVERAGE_WAIT, threshold=60, to=spare)
    agent = make_agent(queues=[busy])
    for minutes in range(20):
        came = now - timedelta(minutes=60 - minutes)
        taken = make_item(workstream, queue=busy, at=came, state="active", agent=agent)
        Assignment.objects.create(
            item=taken,
            agent=agent,
            queue=busy,
            how="push",
            outcome=Outcome.ACCEPTED,
            units=0,
            offered_at=came,
            decided_at=came + timedelta(seconds=90),
            ended_at=came + timedelta(seconds=90),
            capacity_released_at=came + timedelta(seconds=90),
        )

    item = arrive(workstream, now)

    assert (item.channel, item.queue) == (Channel.VOICE, spare)
    assert overflow_of(item)["measured"] == 90


def test_pairs_of_the_rule_replace_those_of_its_queue(workstream, now):
    vip = make_queue("VIP")
    make_overflow(vip, LIMIT, END, threshold=1)
    [rule] = rule_to(workstream, vip)
    make_item(workstream, queue=vip)
    Rule.objects.filter(pk=rule.pk).update(has_own_overflow=True)
    RuleOverflow.objects.create(rule=rule, condition=LIMIT, threshold=3, action=END)

    second, third, fourth = (arrive(workstream, now) for _ in range(3))

    assert [each.state for each in (second, third, fourth)] == ["open", "open", "closed"]
    assert overflow_of(fourth)["is_of_rule"] is True


def test_who_comes_back_is_not_looked_at_again(now):
    workstream = make_workstream("SMS", channel=Channel.SMS)
    support = make_queue("Texts")
    rule_to(workstream, support)
    agent = make_agent(queues=[support])
    item = in_conversation(workstream, agent, now)
    service.close(item_id=item.pk, by=agent, now=now)
    make_overflow(support, LIMIT, END, threshold=1)
    make_item(workstream, queue=support)

    send_message(item_id=item.pk, author=Author.CUSTOMER, text="Me again", now=now)

    item.refresh_from_db()
    assert (item.state, item.queue) == (ItemState.OPEN, support)


def test_what_a_supervisor_transfers_is_not_looked_at(workstream, full, supervisor, now):
    item = arrive(workstream, now)
    make_agent(queues=[full])
    make_overflow(full, LIMIT, END, threshold=1)

    service.transfer(item_id=item.pk, by=supervisor, queue=full, now=now)

    item.refresh_from_db()
    assert (item.queue, item.state) == (full, ItemState.OPEN)


def test_a_bot_has_its_conversation_first_and_overflow_waits_for_the_escalation(
    workstream, full, now
):
    make_overflow(full, LIMIT, END, threshold=1)
    with_bot(workstream, make_bot())

    item = arrive(workstream, now)
    assert (item.is_with_bot, item.overflow_checked_at) == (True, None)

    conversation = BotConversation.objects.get(item=item, outcome=BotOutcome.TALKING)
    release_from_bot(
        conversation_id=conversation.pk, reason="It gave up.", is_due=lambda held: True, now=now
    )

    item.refresh_from_db()
    assert (item.state, item.reason) == (ItemState.CLOSED, Reason.CLOSED_DUE_TO_OVERFLOW)


def test_hours_open_by_the_clock_of_their_zone(workstream, now):
    hours = never_open("Office")
    hours.periods.create(weekday=0, start="09:00", end="17:00")
    office = make_queue("Office", operating_hours=hours)
    office.overflow_rules.update(action=END)
    rule_to(workstream, office)

    early = arrive(workstream, datetime(2026, 3, 2, 8, 59, tzinfo=UTC))
    in_time = arrive(workstream, datetime(2026, 3, 2, 9, 0, tzinfo=UTC))

    assert [early.state, in_time.state] == [ItemState.CLOSED, ItemState.OPEN]


def test_an_arrival_is_marked_as_looked_at_whether_or_not_queues_have_overflow(workstream, now):
    plain, limited = make_queue("Plain"), make_queue("Limited")
    rule_to(workstream, plain)
    without = arrive(workstream, now)
    Rule.objects.all().delete()
    Ruleset.objects.all().delete()
    make_overflow(limited, LIMIT, END, threshold=99)
    rule_to(workstream, limited)

    assert without.overflow_checked_at == now
    assert arrive(workstream, now).queue == limited

from datetime import timedelta
from typing import Any

import pytest

from routing import configuration
from routing.models import Assignment
from routing.queries.desk import closed_items, my_items, open_items, queue_ids
from routing.queries.desk_item import find_on_desk
from routing.queries.desk_offers import my_offers
from routing.terms import How
from tests.factories import make_agent, make_item, make_queue, make_skill, make_workstream
from workstreams.models import Message
from workstreams.terms import Author, Reason

pytestmark = pytest.mark.django_db


def make_offer(item, agent, now, seconds=60, **rules):
    item.state, item.agent, item.reason = "active", agent, Reason.AWAITING_AGENT_ACCEPTANCE
    item.save()
    return Assignment.objects.create(
        item=item,
        agent=agent,
        queue=item.queue,
        how=How.PUSH,
        offered_at=now,
        deadline_at=now + timedelta(seconds=seconds),
        **rules,
    )


def test_an_offer_tells_what_waits_and_until_when(agent, workstream, now):
    skill = make_skill("French")
    item = make_item(workstream, customer={"name": "Ann"}, required_skills=[[skill.pk, 3]])
    make_offer(item, agent, now, seconds=90)

    (offer,) = my_offers(agent)

    assert offer.item.customer == "Ann"
    assert offer.item.skills == ("French",)
    assert offer.seconds == 90
    assert offer.may_decline


def test_the_offer_that_runs_out_first_is_on_top(agent, workstream, now):
    later = make_offer(make_item(workstream), agent, now, seconds=90)
    sooner = make_offer(make_item(workstream), agent, now, seconds=30)

    assert [offer.assignment_id for offer in my_offers(agent)] == [sooner.pk, later.pk]


def test_an_offer_is_not_yet_my_work(agent, workstream, now):
    make_offer(make_item(workstream), agent, now)

    assert my_items(agent) == []


def test_my_items_are_active_then_wrap_up_then_waiting(agent, workstream):
    fields = {"agent": agent, "reason": Reason.IN_CONVERSATION}
    for state in ("waiting", "wrap_up", "active"):
        make_item(workstream, state=state, **fields)

    assert [item.state for item in my_items(agent)] == ["active", "wrap_up", "waiting"]


def test_an_item_needs_an_answer_when_the_customer_wrote_last(agent, workstream, now):
    item = make_item(workstream, state="active", agent=agent, reason=Reason.IN_CONVERSATION)
    Message.objects.create(item=item, author=Author.CUSTOMER, text="Hello?", created_at=now)
    Message.objects.create(item=item, author=Author.SYSTEM, text="Noted.", created_at=now)

    assert my_items(agent)[0].needs_answer

    Message.objects.create(item=item, author=Author.AGENT, agent=agent, text="Hi", created_at=now)

    assert not my_items(agent)[0].needs_answer


def test_open_items_are_those_of_all_my_queues_the_longest_waiting_first(
    agent, workstream, queue, now
):
    younger = make_item(workstream, at=now)
    older = make_item(workstream, at=now - timedelta(minutes=5))
    make_item(make_workstream("Other"))

    items, count = open_items(agent)

    assert [item.id for item in items] == [older.pk, younger.pk]
    assert count == 2
    assert queue_ids(agent) == [queue.pk]


def test_items_of_pick_workstreams_say_so(agent, queue):
    make_item(make_workstream("Pick", mode="pick", queue=queue))
    make_item(make_workstream("Push", mode="push", queue=queue))

    assert [item.is_pushed for item in open_items(agent)[0]] == [False, True]


def test_pushed_items_may_be_picked_where_the_workstream_says_so(agent, queue):
    make_item(make_workstream("Pick", mode="pick", queue=queue))
    make_item(make_workstream("Push", queue=queue))
    make_item(make_workstream("Both", queue=queue, may_be_picked=True))

    items, _ = open_items(agent)

    assert [item.may_be_picked for item in items] == [True, False, True]
    found = [find_on_desk(item.id, agent) for item in items]
    assert [each is not None and each.may_pick for each in found] == [True, False, True]


def test_a_supervisor_is_not_asked_to_pick_what_waits_in_a_queue_he_does_not_serve(queue):
    item = make_item(make_workstream("Pick", mode="pick", queue=queue))
    stranger = make_agent("sue", role="supervisor")
    member = make_agent("sam", role="supervisor", queues=[queue])

    found = [find_on_desk(item.pk, each) for each in (stranger, member)]

    assert [each is not None and each.may_pick for each in found] == [False, True]


def test_closed_items_are_mine_and_of_today(agent, second_agent, workstream, now):
    mine = make_item(workstream, state="closed", agent=agent, closed_at=now)
    make_item(workstream, state="closed", agent=second_agent, closed_at=now)
    make_item(workstream, state="closed", agent=agent, closed_at=now - timedelta(days=1))

    found = closed_items(agent, since=now - timedelta(hours=1))

    assert [item.id for item in found] == [mine.pk]


@pytest.mark.parametrize("number_of_items", [1, 7])
def test_lists_take_the_same_queries_however_long(
    agent, workstream, now, number_of_items, django_assert_max_num_queries
):
    skill = make_skill()
    for _ in range(number_of_items):
        fields: dict[str, Any] = {"required_skills": [[skill.pk, 1]]}
        make_item(workstream, **fields)
        make_offer(make_item(workstream, **fields), agent, now)
        make_item(workstream, state="active", agent=agent, reason=Reason.IN_CONVERSATION, **fields)
        make_item(workstream, state="closed", agent=agent, closed_at=now, **fields)

    configuration.publish(by=None, now=now)
    configuration.current()

    with django_assert_max_num_queries(10):
        lists = my_offers(agent), my_items(agent), open_items(agent)[0]
        closed = closed_items(agent, since=now)

    assert [len(rows) for rows in (*lists, closed)] == [number_of_items] * 4


def test_an_agent_sees_his_own_and_the_open_items_of_his_queues(
    agent, second_agent, agent_of_another_queue, workstream
):
    waiting = make_item(workstream)
    taken = make_item(workstream, state="active", agent=agent, reason=Reason.IN_CONVERSATION)

    assert find_on_desk(waiting.pk, agent) is not None
    assert find_on_desk(taken.pk, agent) is not None
    assert find_on_desk(taken.pk, second_agent) is None
    assert find_on_desk(waiting.pk, agent_of_another_queue) is None
    assert find_on_desk(0, agent) is None


@pytest.mark.parametrize(
    ("state", "allowed"),
    [
        ("active", {"may_write", "may_end"}),
        ("wrap_up", {"may_close"}),
        ("waiting", set()),
    ],
)
def test_the_state_decides_what_the_holder_may_do(agent, workstream, state, allowed):
    item = make_item(workstream, state=state, agent=agent, reason=Reason.IN_CONVERSATION)

    found = find_on_desk(item.pk, agent)

    verbs = {"may_write", "may_end", "may_close", "may_rest", "may_pick"}
    assert {verb for verb in verbs if getattr(found, verb)} == allowed


def test_a_persistent_chat_may_rest(agent):
    workstream = make_workstream("Persistent", queue=make_queue(), persistent_chat=True)
    item = make_item(workstream, state="active", agent=agent, reason=Reason.IN_CONVERSATION)

    found = find_on_desk(item.pk, agent)

    assert found is not None
    assert found.may_rest


def test_an_offered_item_can_be_answered_but_not_written_to(agent, workstream, now):
    item = make_item(workstream)
    make_offer(item, agent, now)

    found = find_on_desk(item.pk, agent)

    assert found is not None
    assert (found.is_offered_to_me, found.may_write, found.may_end) == (True, False, False)

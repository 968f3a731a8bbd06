"""Every transition of A 17: who triggers it, for what sort of work, and the reason it leaves."""

import pytest

from routing import service
from routing.exceptions import NotYourItem, OnlyAgentsEnd
from tests.factories import make_agent, make_queue, make_workstream
from tests.routing.stories.hands import (
    SORTS,
    World,
    agent_drops,
    assigned,
    by,
    close_later,
    customer_disconnects,
    customer_leaves,
    customer_writes,
    forced,
    offer_runs_out,
    overflows,
    picked,
    pushed,
    record_deleted,
    record_given,
    record_resolved,
    supervisor_moves,
    to_agent,
    to_queue,
)
from tests.scenarios import units_used
from workstreams.exceptions import IllegalMove
from workstreams.lifecycle import MOVES
from workstreams.models import WorkItemEvent
from workstreams.terms import ItemState, Reason

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("record_routing")]


@pytest.fixture
def world(request, now, supervisor):
    sort = request.param
    fields = dict(SORTS[sort])
    kind = fields.get("type", "messaging")
    queue, elsewhere = make_queue("Here", type=kind), make_queue("Elsewhere", type=kind)
    agent = make_agent("alice", queues=[queue])
    return World(
        sort=sort,
        now=now,
        agent=agent,
        other=make_agent("bob", queues=[elsewhere]),
        supervisor=supervisor,
        workstream=make_workstream("Work", queue=queue, **fields),
        elsewhere=elsewhere,
    )


OPEN, OFFERED, ACTIVE = World.open, World.offered, World.active
WAITING, WRAP_UP = World.waiting, World.wrapped_up
CHAT, PERSISTENT, SMS, CALL, RECORD = "chat", "persistent", "sms", "call", "record"
CONVERSATIONS = (CHAT, PERSISTENT, SMS, CALL)
EVERY = (*CONVERSATIONS, RECORD)
# From, who does what, for which sorts of work, to which state for which reason, units held then.
TABLE = [
    (OPEN, picked, EVERY, ItemState.ACTIVE, Reason.IN_CONVERSATION, 1),
    (OPEN, pushed, EVERY, "active", Reason.AWAITING_AGENT_ACCEPTANCE, 1),
    (OPEN, assigned, EVERY, "active", Reason.AWAITING_AGENT_ACCEPTANCE, 1),
    (OPEN, record_given, (RECORD,), "active", Reason.ASSIGNED_BY_SUPERVISOR, 1),
    (OPEN, customer_leaves, (CHAT, SMS, CALL), "closed", Reason.CUSTOMER_LEFT_OPEN, 0),
    (OPEN, customer_disconnects, (CHAT,), "closed", Reason.CUSTOMER_LEFT_OPEN, 0),
    (OPEN, overflows, (CHAT, CALL), "closed", Reason.CLOSED_DUE_TO_OVERFLOW, 0),
    (OPEN, close_later, CONVERSATIONS, "closed", Reason.AUTO_CLOSED, 0),
    (OPEN, forced, EVERY, "closed", Reason.FORCE_CLOSED, 0),
    (OPEN, record_deleted, (RECORD,), "closed", Reason.CLOSED_WITH_RECORD, 0),
    (OFFERED, by("accept"), EVERY, "active", Reason.IN_CONVERSATION, 1),
    (OFFERED, by("decline"), CONVERSATIONS, "open", Reason.AWAITING_AGENT_ASSIGNMENT, 0),
    (OFFERED, offer_runs_out, CONVERSATIONS, "open", Reason.AWAITING_AGENT_ASSIGNMENT, 0),
    (OFFERED, customer_leaves, (CHAT, SMS, CALL), "closed", Reason.CUSTOMER_LEFT_ACTIVE, 0),
    (OFFERED, customer_disconnects, (CHAT,), "closed", Reason.CUSTOMER_LEFT_ACTIVE, 0),
    (OFFERED, supervisor_moves, EVERY, "active", Reason.AWAITING_AGENT_ACCEPTANCE, 0),
    (OFFERED, forced, EVERY, "closed", Reason.FORCE_CLOSED, 0),
    (ACTIVE, by("end"), CONVERSATIONS, "wrap_up", Reason.AGENT_MOVED_TO_WRAP_UP, 1),
    (ACTIVE, by("end"), (RECORD,), "closed", Reason.ENDED_BY_AGENT, 0),
    (ACTIVE, customer_leaves, (CHAT, SMS, CALL), "wrap_up", Reason.CUSTOMER_MOVED_TO_WRAP_UP, 1),
    (ACTIVE, customer_disconnects, (CHAT,), "wrap_up", Reason.CUSTOMER_LEFT_ACTIVE, 1),
    (ACTIVE, agent_drops, (CHAT, CALL), "open", Reason.AWAITING_AGENT_ASSIGNMENT, 0),
    (ACTIVE, by("release"), EVERY, "open", Reason.AWAITING_AGENT_ASSIGNMENT, 0),
    (ACTIVE, to_queue, EVERY, "open", Reason.AWAITING_AGENT_ASSIGNMENT, 0),
    (ACTIVE, to_agent, EVERY, "active", Reason.AWAITING_AGENT_ACCEPTANCE, 0),
    (ACTIVE, supervisor_moves, EVERY, "active", Reason.AWAITING_AGENT_ACCEPTANCE, 0),
    # X without End: live work goes to somebody else, what may rest waits for its customer.
    (ACTIVE, by("close"), (CHAT, CALL, RECORD), "open", Reason.AWAITING_AGENT_ASSIGNMENT, 0),
    (ACTIVE, by("close"), (PERSISTENT, SMS), "waiting", Reason.AWAITING_CUSTOMER_RESPONSE, 0),
    (ACTIVE, record_resolved, (RECORD,), "closed", Reason.CLOSED_WITH_RECORD, 0),
    (ACTIVE, record_deleted, (RECORD,), "closed", Reason.CLOSED_WITH_RECORD, 0),
    (ACTIVE, close_later, (SMS, PERSISTENT), "closed", Reason.AUTO_CLOSED, 0),
    (ACTIVE, close_later, (CALL,), "wrap_up", Reason.AUTO_CLOSED, 1),
    (ACTIVE, forced, EVERY, "closed", Reason.FORCE_CLOSED, 0),
    (WAITING, by("reopen"), (PERSISTENT, SMS), "active", Reason.IN_CONVERSATION, 1),
    (WAITING, customer_writes, (PERSISTENT, SMS), "open", Reason.AWAITING_AGENT_ASSIGNMENT, 0),
    (WAITING, supervisor_moves, (PERSISTENT, SMS), "active", Reason.AWAITING_AGENT_ACCEPTANCE, 0),
    (WAITING, close_later, (PERSISTENT, SMS), "closed", Reason.AUTO_CLOSED_FROM_WAITING, 0),
    (WAITING, customer_leaves, (SMS,), "closed", Reason.CUSTOMER_LEFT_ACTIVE, 0),
    (WAITING, forced, (PERSISTENT, SMS), "closed", Reason.FORCE_CLOSED, 0),
    (WRAP_UP, by("close"), CONVERSATIONS, "closed", Reason.ENDED_BY_AGENT, 0),
    (WRAP_UP, close_later, CONVERSATIONS, "closed", Reason.AUTO_CLOSED, 0),
    (WRAP_UP, forced, CONVERSATIONS, "closed", Reason.FORCE_CLOSED, 0),
]
ROWS = [
    pytest.param(sort, row[0], row[1], *row[3:], id=f"{number}-{sort}-{row[0].__name__}-{row[3]}")
    for number, row in enumerate(TABLE)
    for sort in row[2]
]


@pytest.mark.parametrize(
    ("world", "before", "act", "state", "reason", "units"), ROWS, indirect=["world"]
)
def test_each_transition_has_its_trigger_and_reason(world, before, act, state, reason, units):
    before(world)
    events = WorkItemEvent.objects.filter(work_item_id=world.item.pk).count()

    act(world)

    world.item.refresh_from_db()
    assert (world.item.state, world.item.reason) == (state, reason)
    assert units_used(world.agent) == units
    assert WorkItemEvent.objects.filter(work_item_id=world.item.pk).count() > events


def test_the_table_has_every_move_of_the_lifecycle():
    states = {OPEN: "open", OFFERED: "active", ACTIVE: "active", WAITING: "waiting"}
    told = {(states.get(row[0], "wrap_up"), str(row[3])) for row in TABLE}
    # Routing again and overflow keep an open item open; they have tests of their own.
    allowed = {(of.value, to.value) for of, many in MOVES.items() for to in many}

    assert told == allowed - {("open", "open")}


@pytest.mark.parametrize("world", ["chat"], indirect=True)
def test_what_is_closed_stays_closed(world):
    world.active()
    forced(world)

    for move in (by("accept"), by("release"), by("reopen"), to_queue, supervisor_moves, assigned):
        with pytest.raises(Exception) as refused:  # noqa: PT011  # each by its own refusal
            move(world)
        assert hasattr(refused.value, "slug") or isinstance(refused.value, IllegalMove)
    world.item.refresh_from_db()
    assert world.item.state == ItemState.CLOSED


@pytest.mark.parametrize("world", ["persistent"], indirect=True)
def test_customers_do_not_end_persistent_chats(world):
    world.active()

    with pytest.raises(OnlyAgentsEnd):
        customer_leaves(world)


@pytest.mark.parametrize("world", ["chat"], indirect=True)
def test_nobody_else_ends_or_closes_the_work_of_an_agent(world):
    world.active()

    for verb in ("end", "close", "release", "reopen"):
        with pytest.raises(NotYourItem):
            getattr(service, verb)(item_id=world.item.pk, by=world.other, now=world.now)

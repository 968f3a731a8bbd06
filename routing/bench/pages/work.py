"""An organisation at work: what waits, what agents hold, and what was closed, in bulk."""

from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from config.clock import database_now
from routing.bench.database import fresh_database
from routing.bench.organisation import build_organisation, fill_queues
from workstreams.models import Workstream

# Of every four that an agent holds one is offered, two are answered, one is in wrap-up.
HELD_EACH: Final = 4
CONTACTS: Final = 10_000
MESSAGES_EACH: Final = 10

CUSTOMERS: Final = """
    WITH made AS (
        INSERT INTO workstreams_contact (name, email, phone, is_active, data)
        SELECT 'Customer ' || number, '', '', true, '{}'
        FROM generate_series(1, %(contacts)s) AS number
        RETURNING id
    )
    SELECT min(id) FROM made
"""
# What agents hold, and behind it what was closed: an item each second.
ITEMS: Final = """
    WITH served AS (
        SELECT agent_id, min(queue_id) AS queue_id,
            row_number() OVER (ORDER BY agent_id) - 1 AS place
        FROM workstreams_queuemembership GROUP BY agent_id
    ),
    item AS (
        SELECT *, number >= %(agents)s * %(each)s AS is_closed, number / %(agents)s AS step,
            now() - number * interval '1 second' AS at
        FROM generate_series(0, %(items)s - 1) AS number
        JOIN served ON place = number %% %(agents)s
    )
    INSERT INTO workstreams_workitem (
        workstream_id, kind, channel, title, state, reason, queue_id, is_pushed, priority,
        customer, context, attributes, required_skills, required_units, required_profiles,
        requirement_key, conversation_key, created_at, waiting_since, last_activity_at,
        state_changed_at, configuration_version, agent_id, last_agent_id, contact_id, closed_at
    )
    SELECT
        %(workstream)s, 'conversation', 'live_chat', 'Bench item ' || number,
        CASE WHEN is_closed THEN 'closed' WHEN step = 3 THEN 'wrap_up' ELSE 'active' END,
        CASE
            WHEN is_closed THEN 'conversation_ended_by_agent'
            WHEN step = 3 THEN 'agent_moved_to_wrap_up'
            WHEN step = 0 THEN 'awaiting_agent_acceptance'
            ELSE 'in_conversation'
        END,
        queue_id, true, 0, jsonb_build_object('name', 'Customer ' || number), '{"tier": "gold"}',
        '{}', '[]', 1, '{}', 'bench', gen_random_uuid(), at, at, at, at, 1, agent_id, agent_id,
        %(contact)s + number %% %(contacts)s, CASE WHEN is_closed THEN at END
    FROM item
"""
# Whether its queue was deleted is asked of each row: not here, where none was.
UNWATCHED: Final = (
    "ALTER TABLE workstreams_workitem DISABLE TRIGGER USER",
    ITEMS,
    "ALTER TABLE workstreams_workitem ENABLE TRIGGER USER",
)
RECEIPTS: Final = """
    INSERT INTO routing_assignment (
        item_id, agent_id, queue_id, how, outcome, units, profiles, is_override, epoch,
        offered_at, deadline_at, decided_at
    )
    SELECT
        id, agent_id, queue_id, 'push', CASE WHEN is_offered THEN 'pending' ELSE 'accepted' END, 1,
        '{}', false, 0, created_at, created_at + interval '1 day',
        CASE WHEN NOT is_offered THEN created_at END
    FROM workstreams_workitem, LATERAL (SELECT reason = 'awaiting_agent_acceptance' AS is_offered)
    WHERE state IN ('active', 'wrap_up')
"""
MESSAGES: Final = """
    INSERT INTO workstreams_message (
        item_id, author, agent_id, audience, text, client_key, created_at
    )
    SELECT
        id, CASE number %% 2 WHEN 0 THEN 'agent' ELSE 'customer' END,
        CASE number %% 2 WHEN 0 THEN agent_id END, 'everybody',
        'Where is my parcel? It was to come on day ' || number, gen_random_uuid(), created_at
    FROM workstreams_workitem, generate_series(1, %(messages)s) AS number
    WHERE state IN ('active', 'wrap_up')
"""
EVENTS: Final = """
    INSERT INTO config_event (
        at, kind, work_item_id, workstream_id, queue_id, agent_id, state, reason
    )
    SELECT created_at, told, id, workstream_id, queue_id, agent_id, state, reason
    FROM workstreams_workitem,
        unnest(ARRAY['work-item-arrived', 'work-item-queued', 'offer-made']) AS told
    WHERE state IN ('active', 'wrap_up')
"""
LOADS: Final = "UPDATE routing_agentload SET units_used = %(each)s, items_held = %(each)s"


@dataclass(frozen=True, kw_only=True)
class Size:
    """How large an organisation is; ``items`` are those that wait, are held, or were closed."""

    items: int
    agents: int
    queues: int
    waiting: int

    def __str__(self) -> str:
        return f"{self.items:,} items, {self.agents:,} agents, {self.queues:,} queues"


def build(size: Size) -> None:
    """Everybody available, in five queues, with work; half of what waits asks for a skill."""
    fresh_database()
    workstream = build_organisation(
        agents=size.agents, queues=size.queues, queues_of_agent=5, units=10, skilled=True
    )
    fill_queues(workstream=workstream, waiting=size.waiting, now=database_now())
    _add_work(workstream, size)


def _add_work(workstream: Workstream, size: Size) -> None:
    names: dict[str, Any] = {
        "workstream": workstream.pk,
        "contacts": min(CONTACTS, size.items),
        "each": HELD_EACH,
        "messages": MESSAGES_EACH,
        "items": size.items - size.waiting,
        "agents": size.agents,
    }
    with connection.cursor() as cursor:
        cursor.execute(CUSTOMERS, names)
        names["contact"] = cursor.fetchone()[0]
        for statement in (*UNWATCHED, RECEIPTS, MESSAGES, EVENTS, LOADS, "VACUUM ANALYZE"):
            cursor.execute(statement, names)

"""Looks for broken promises in a database, whatever else happens in it meanwhile.

Every promise holds in every committed state, so one look is one snapshot. Each entry of
``BREACHES`` finds rows that must not exist; those about the past of items can be asked
about a few items only, so that looking often does not cost more as history grows.
"""

from typing import Any, Final, LiteralString

import psycopg

from workstreams.lifecycle import MOVES

Connection = psycopg.Connection[tuple[Any, ...]]

SNAPSHOT: Final = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
# Of the items that are asked about; of all when none are named.
EVENTS: Final = """
    SELECT * FROM config_event WHERE work_item_id IS NOT NULL
        AND (%(items)s::bigint[] IS NULL OR work_item_id = ANY(%(items)s))
"""
ITEMS: Final = """
    SELECT * FROM workstreams_workitem
    WHERE %(items)s::bigint[] IS NULL OR id = ANY(%(items)s)
"""
RECEIPTS: Final = """
    SELECT * FROM routing_assignment
    WHERE %(items)s::bigint[] IS NULL OR item_id = ANY(%(items)s)
"""
LAST_EVENT: Final = f"""
    SELECT DISTINCT ON (work_item_id) work_item_id, state, reason, queue_id, agent_id
    FROM ({EVENTS}) AS event ORDER BY work_item_id, id DESC
"""
# There is no index of agents: beside the items asked about only what is told of now.
LAST_PRESENCE: Final = """
    SELECT DISTINCT ON (agent_id) agent_id, data ->> 'base' AS base
    FROM config_event
    WHERE kind = 'presence-changed' AND (
        %(items)s::bigint[] IS NULL
        -- By id: who waited for a lock tells of an earlier moment.
        OR id >= (
            SELECT min(id) FROM config_event WHERE at > clock_timestamp() - interval '1 minute'
        )
    )
    ORDER BY agent_id, id DESC
"""
# Work in hand stays when a limit is lowered; the pause is for changes that crossed. Work of
# another sort, taken since, does not count.
LIMIT_STOOD: Final = """
    NOT EXISTS (
        SELECT FROM config_event AS event WHERE event.agent_id = held.agent_id
            AND event.kind IN ('agent-changed', 'capacity-changed')
            AND event.at > max(held.offered_at) - interval '10 seconds'
    )
"""
TAKEN_UP: Final = (
    "('offer-accepted', 'work-item-picked', 'work-item-assigned', 'work-item-reopened')"
)
LEGAL: Final = ", ".join(f"('{one}', '{to}')" for one in MOVES for to in (one, *sorted(MOVES[one])))
HELD: Final = (
    "SELECT agent_id, units, profiles, is_override, offered_at FROM routing_assignment"
    " WHERE capacity_released_at IS NULL UNION ALL SELECT agent_id, units, profiles, false, held_at"
    " FROM routing_consultreceipt WHERE capacity_released_at IS NULL"
)
# Those of the day are held until it ends, whatever becomes of the rest.
HELD_PROFILES: Final = """
    SELECT agent_id, unnest(CASE WHEN day_profiles IS NULL THEN profiles ELSE
        ARRAY(SELECT unnest(profiles) EXCEPT SELECT unnest(day_profiles)) END
    ) AS profile_id, is_override, offered_at
    FROM routing_assignment WHERE capacity_released_at IS NULL
    UNION ALL
    SELECT agent_id, unnest(day_profiles), is_override, offered_at
    FROM routing_assignment WHERE day_ends_at IS NOT NULL AND day_released_at IS NULL
    UNION ALL
    SELECT agent_id, unnest(profiles), false, held_at
    FROM routing_consultreceipt WHERE capacity_released_at IS NULL
"""
OPEN: Final = "SELECT * FROM routing_assignment WHERE ended_at IS NULL"

BREACHES: Final[tuple[tuple[str, LiteralString], ...]] = (
    (
        "I2: an item has two open assignments",
        "SELECT item_id FROM routing_assignment WHERE ended_at IS NULL"
        " GROUP BY item_id HAVING count(*) > 1",
    ),
    (
        "I2: an item was taken up again before it was given up",
        f"""
        SELECT work_item_id FROM (
            SELECT work_item_id, begins, lag(begins) OVER (
                PARTITION BY work_item_id ORDER BY id
            ) AS has_begun
            FROM (
                SELECT id, work_item_id,
                    kind IN {TAKEN_UP} AS begins,
                    kind = 'offer-made' OR state <> 'active' AS ends
                FROM ({EVENTS}) AS event
            ) AS step WHERE begins OR ends
        ) AS change WHERE begins AND has_begun
        """,
    ),
    (
        "I2: acceptances and accepted receipts differ in number",
        f"""
        SELECT item_id FROM (
            SELECT item_id, count(*) AS receipts FROM ({RECEIPTS}) AS receipt
            WHERE outcome = 'accepted' GROUP BY item_id
        ) AS receipt FULL JOIN (
            SELECT work_item_id AS item_id, count(*) AS events FROM ({EVENTS}) AS event
            WHERE kind IN {TAKEN_UP}
            GROUP BY work_item_id
        ) AS event USING (item_id)
        WHERE receipts IS DISTINCT FROM events
        """,
    ),
    (
        "I3: an agent's load is not the sum of the receipts",
        f"""
        SELECT agent_id, units_used, items_held, units, items FROM routing_agentload AS load
        FULL JOIN (
            SELECT agent_id, sum(units) AS units, count(*) AS items
            FROM ({HELD}) AS held GROUP BY agent_id
        ) AS held USING (agent_id)
        WHERE COALESCE(units_used, 0) <> COALESCE(units, 0)
            OR COALESCE(items_held, 0) <> COALESCE(items, 0)
        """,
    ),
    (
        "I3: a profile's load is not the number of its receipts",
        f"""
        SELECT agent_id, profile_id, used, items FROM routing_profileload AS load FULL JOIN (
            SELECT agent_id, profile_id, count(*) AS items
            FROM ({HELD_PROFILES}) AS held
            GROUP BY agent_id, profile_id
        ) AS held USING (agent_id, profile_id)
        WHERE COALESCE(used, 0) <> COALESCE(items, 0)
        """,
    ),
    (
        "I3: an agent is over the limit without an override",
        f"""
        SELECT held.agent_id, sum(held.units), agent.capacity_units
        FROM agents_agent AS agent JOIN ({HELD}) AS held
            ON held.agent_id = agent.id AND NOT held.is_override AND held.units > 0
        GROUP BY held.agent_id, agent.capacity_units
        HAVING sum(held.units) > COALESCE(agent.capacity_units, 0) AND {LIMIT_STOOD}
        """,
    ),
    (
        "I3: work was pushed to an agent who had no room beside all that he held",
        f"""
        SELECT pushed.id, held.agent_id, sum(held.units), agent.capacity_units
        FROM routing_assignment AS pushed
        -- The load is locked before a receipt gets its id, so ids tell who came first.
        JOIN routing_assignment AS held ON held.agent_id = pushed.agent_id AND held.id <= pushed.id
        JOIN agents_agent AS agent ON agent.id = pushed.agent_id
        WHERE pushed.capacity_released_at IS NULL AND held.capacity_released_at IS NULL
            AND pushed.how = 'push' AND pushed.units > 0
        GROUP BY pushed.id, held.agent_id, agent.capacity_units
        HAVING sum(held.units) > COALESCE(agent.capacity_units, 0) AND {LIMIT_STOOD}
        """,
    ),
    (
        "I3: an agent is over a profile's limit without an override",
        f"""
        SELECT held.agent_id, profile_id FROM ({HELD_PROFILES}) AS held
        LEFT JOIN agents_agentcapacityprofile AS given USING (agent_id, profile_id)
        LEFT JOIN agents_capacityprofile AS profile ON profile.id = given.profile_id
        WHERE NOT held.is_override
        GROUP BY held.agent_id, profile_id, given.custom_limit, profile.work_item_limit
        HAVING count(*) > COALESCE(given.custom_limit, profile.work_item_limit, 0)
            AND {LIMIT_STOOD}
        """,
    ),
    (
        "I4: an open, waiting or closed item is still assigned",
        f"""
        SELECT item.id, item.state FROM workstreams_workitem AS item
        JOIN ({OPEN}) AS one ON one.item_id = item.id
        WHERE item.state IN ('open', 'waiting', 'closed')
        """,
    ),
    (
        "I4: an active item or one in wrap-up is not assigned to its agent",
        f"""
        SELECT item.id, item.state FROM workstreams_workitem AS item
        LEFT JOIN ({OPEN}) AS one ON one.item_id = item.id
        WHERE item.state IN ('active', 'wrap_up') AND one.agent_id IS DISTINCT FROM item.agent_id
        """,
    ),
    (
        "I4: with a bot and in a bot's conversation do not go together",
        """
        SELECT item.id, item.state, talk.bot_id FROM (
            SELECT * FROM workstreams_workitem WHERE state = 'active' AND bot_id IS NOT NULL
        ) AS item FULL JOIN (
            SELECT * FROM workstreams_botconversation WHERE outcome = 'talking'
        ) AS talk ON talk.item_id = item.id
        WHERE item.bot_id IS DISTINCT FROM talk.bot_id
            OR item.agent_id IS NOT NULL OR item.reason <> 'in_conversation_with_bot'
        """,
    ),
    (
        "I4: offered and pending do not go together",
        f"""
        SELECT item.id FROM workstreams_workitem AS item
        JOIN ({OPEN}) AS one ON one.item_id = item.id
        WHERE (one.outcome = 'pending') <> (item.reason = 'awaiting_agent_acceptance')
        """,
    ),
    (
        "I4: an unfinished item has no queue, or an open one has an agent",
        "SELECT id, state FROM workstreams_workitem"
        " WHERE queue_id IS NULL OR (state = 'open' AND agent_id IS NOT NULL)",
    ),
    (
        "I4: an open item waits in a queue that is gone",
        "SELECT item.id FROM workstreams_workitem AS item JOIN workstreams_queue AS queue"
        " ON queue.id = item.queue_id WHERE item.state = 'open' AND queue.deleted_at IS NOT NULL",
    ),
    (
        "I4: advice goes on where the one who asked has the item no more",
        """
        SELECT consult.id, item.state FROM workstreams_consult AS consult
        JOIN workstreams_workitem AS item ON item.id = consult.item_id
        WHERE consult.ended_at IS NULL AND (
            item.agent_id IS DISTINCT FROM consult.asked_by_id OR item.state <> 'active'
            OR item.reason NOT IN ('in_conversation', 'awaiting_agent_acceptance')
            -- Only he from whom a supervisor took it advises who has not taken it yet.
            OR item.reason = 'awaiting_agent_acceptance'
                AND (consult.state <> 'advising' OR consult.agent_id = item.agent_id)
        )
        """,
    ),
    (
        "I4: a work in hand ended without giving its capacity back",
        "SELECT id FROM routing_assignment WHERE capacity_released_at IS NULL"
        " AND ended_at IS NOT NULL AND capacity_release_due_at IS NULL",
    ),
    (
        "I4: an item was closed more than once",
        f"SELECT work_item_id FROM ({EVENTS}) AS event WHERE kind = 'work-item-closed'"
        " GROUP BY work_item_id HAVING count(*) > 1",
    ),
    (
        "I5: a decision names no published version",
        "SELECT id, version FROM routing_routingdecision AS decision"
        " WHERE (%(items)s::bigint[] IS NULL OR work_item_id = ANY(%(items)s)) AND NOT EXISTS ("
        " SELECT FROM routing_configurationversion AS one WHERE one.number = decision.version)",
    ),
    (
        "I5: an item was routed by no published version",
        f"SELECT id, configuration_version FROM ({ITEMS}) AS item WHERE NOT EXISTS ("
        " SELECT FROM routing_configurationversion AS one"
        " WHERE one.number = item.configuration_version)",
    ),
    (
        "I6: the last event of an item is not its state",
        f"""
        SELECT item.id, item.state, last.state, item.reason, last.reason
        FROM ({ITEMS}) AS item
        LEFT JOIN ({LAST_EVENT}) AS last ON last.work_item_id = item.id
        WHERE (item.state, item.reason, item.queue_id, item.agent_id) IS DISTINCT FROM (
            last.state, last.reason, last.queue_id,
            CASE WHEN last.state <> 'open' THEN last.agent_id END
        )
        """,
    ),
    (
        "I6: the last event of an agent's presence is not his presence",
        f"""
        SELECT presence.agent_id, presence.base, last.base FROM agents_agentpresence AS presence
        JOIN ({LAST_PRESENCE}) AS last USING (agent_id)
        WHERE presence.base <> last.base
        """,
    ),
    (
        "I6: an event tells of the future",
        f"SELECT id, at FROM ({EVENTS}) AS event"
        " WHERE at > clock_timestamp() + interval '5 seconds'",
    ),
    (
        "I6: the events of an item go back in time",
        f"""
        SELECT work_item_id, was, at FROM (
            SELECT work_item_id, at, lag(at) OVER (PARTITION BY work_item_id ORDER BY id) AS was
            FROM ({EVENTS}) AS event
        ) AS step WHERE was - at > interval '2 minutes'
        """,
    ),
    (
        "I6: the events of an item tell of a move that there is not",
        f"""
        SELECT work_item_id, was, state FROM (
            SELECT work_item_id, state, lag(state) OVER (PARTITION BY work_item_id ORDER BY id)
                AS was
            FROM ({EVENTS}) AS event WHERE state <> ''
        ) AS step WHERE was IS NOT NULL AND (was, state) NOT IN ({LEGAL})
        """,
    ),
)


def violations(connection: Connection) -> list[str]:
    """Every broken promise of one snapshot, with the first rows that break it."""
    with connection.transaction():
        connection.execute(SNAPSHOT)
        return breaches(connection)


def breaches(connection: Connection, items: list[int] | None = None) -> list[str]:
    """The same in a snapshot that the caller took, the past of some items only."""
    found = []
    for sentence, sql in BREACHES:
        # Planned each time: for a few items otherwise than for all.
        rows = connection.execute(sql, {"items": items}, prepare=False).fetchall()
        if rows:
            found.append(f"{sentence}: {len(rows)}, such as {rows[:3]}")
    return found

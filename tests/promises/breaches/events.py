"""I6: what the events tell is what there is."""

from typing import Final

from tests.promises.breaches.of_items import EVENTS, ITEMS, MESSAGES, Breaches
from workstreams.lifecycle import MOVES

LAST_EVENT: Final = f"""
    SELECT DISTINCT ON (work_item_id) work_item_id, state, reason, queue_id, agent_id
    FROM ({EVENTS}) AS event ORDER BY work_item_id, id DESC
"""
# There is no index of agents: beside the items asked about only what is told of now.
RECENT: Final = """
    SELECT * FROM config_event WHERE %(items)s::bigint[] IS NULL
        -- By id: who waited for a lock tells of an earlier moment.
        OR id >= (
            SELECT min(id) FROM config_event WHERE at > clock_timestamp() - interval '1 minute'
        )
"""
LAST_PRESENCE: Final = f"""
    SELECT DISTINCT ON (agent_id) agent_id, data ->> 'base' AS base
    FROM ({RECENT}) AS event WHERE kind = 'presence-changed'
    ORDER BY agent_id, id DESC
"""
LEGAL: Final = ", ".join(f"('{one}', '{to}')" for one in MOVES for to in (one, *sorted(MOVES[one])))

OF_EVENTS: Final[Breaches] = (
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
    (
        "I6: work was pushed to somebody who had not been there for half a minute",
        f"""
        SELECT offer.id, offer.agent_id, presence.at FROM (
            SELECT id, agent_id, kind, at, data ->> 'how' AS how,
                max(id) FILTER (WHERE kind = 'presence-changed') OVER (
                    PARTITION BY agent_id ORDER BY id
                ) AS presence_id
            FROM ({RECENT}) AS event WHERE kind IN ('presence-changed', 'offer-made')
        ) AS offer JOIN config_event AS presence ON presence.id = offer.presence_id
        WHERE offer.kind = 'offer-made' AND offer.how = 'push'
            AND presence.data ->> 'base' IN ('away', 'offline')
            AND offer.at - presence.at > interval '30 seconds'
        """,
    ),
    (
        "I6: the events tell of other messages than there are",
        f"""
        SELECT item_id, there, told FROM (
            SELECT item_id, count(*) AS there FROM ({MESSAGES}) AS message GROUP BY item_id
        ) AS message FULL JOIN (
            SELECT work_item_id AS item_id, count(*) AS told FROM ({EVENTS}) AS event
            WHERE kind = 'message-added' GROUP BY work_item_id
        ) AS event USING (item_id)
        WHERE there IS DISTINCT FROM told
        """,
    ),
)

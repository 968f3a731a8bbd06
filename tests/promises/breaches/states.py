"""I4: every item is in one place, and whoever it names has it."""

from typing import Final

from tests.promises.breaches.of_items import EVENTS, OPEN, Breaches

OF_STATES: Final[Breaches] = (
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
        WHERE item.state IN ('active', 'wrap_up') AND (
            one.agent_id IS DISTINCT FROM item.agent_id
            OR item.agent_id IS NULL AND (item.bot_id IS NULL OR item.state = 'wrap_up')
        )
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
        "I4: a bot spoke in a conversation that it did not have",
        f"""
        SELECT work_item_id, id, state, reason FROM ({EVENTS}) AS event
        WHERE kind = 'message-added' AND data ->> 'author' = 'bot'
            AND (state, reason) <> ('active', 'in_conversation_with_bot')
        """,
    ),
    (
        "I4: a bot gave a conversation away more often than it got it",
        f"""
        SELECT work_item_id FROM ({EVENTS}) AS event GROUP BY work_item_id
        HAVING count(*) FILTER (WHERE kind IN ('bot-escalated', 'bot-ended'))
            > count(*) FILTER (WHERE kind = 'bot-started')
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
)

"""I3 by name: preferred agents, whose limits their customers' work may pass, are those of the
customer; and who waits for them goes to nobody else."""

from typing import Final, LiteralString

from tests.promises.checker import Connection

# In a world each known customer is named after those whom he may ever prefer.
STRANGERS: Final = """
    SELECT receipt.id, person.username, customer.name FROM routing_assignment AS receipt
    JOIN workstreams_workitem AS item ON item.id = receipt.item_id
    JOIN agents_agent AS agent ON agent.id = receipt.agent_id
    JOIN agents_user AS person ON person.id = agent.user_id
    LEFT JOIN workstreams_contact AS customer ON customer.id = item.contact_id
    WHERE receipt.how = 'preferred'
        AND person.username <> ALL(string_to_array(COALESCE(customer.name, ''), ' '))
"""
# By the switches of the version that decided.
TAKEN_AWAY: Final = """
    SELECT decision.id, decision.work_item_id, decision.version
    FROM routing_routingdecision AS decision
    JOIN workstreams_workitem AS item ON item.id = decision.work_item_id
    CROSS JOIN LATERAL (
        SELECT piece.document FROM routing_configurationchange AS change
        JOIN routing_configurationpiece AS piece ON piece.hash = change.piece_id
        WHERE change.kind = 'service' AND change.version_id <= decision.version
        ORDER BY change.version_id DESC LIMIT 1
    ) AS service
    WHERE decision.stage = 'assignment' AND decision.document ->> 'how' = 'push'
        AND item.contact_id IS NOT NULL
        AND (service.document ->> 'preferred_agents')::bool
        AND (service.document ->> 'waits_for_preferred_agent')::bool
"""
BROKEN: Final[tuple[tuple[str, LiteralString], ...]] = (
    ("I3: somebody whom the customer does not prefer got him as preferred", STRANGERS),
    ("I4: who waits for preferred agents alone was pushed to another one", TAKEN_AWAY),
)


def broken_preferences(connection: Connection) -> list[str]:
    """In everything that happened."""
    found = []
    for sentence, sql in BROKEN:
        if rows := connection.execute(sql).fetchall():
            found.append(f"{sentence}: {len(rows)}, such as {rows[:3]}")
    return found

"""What is asked about some items only, or about all when none are named."""

from typing import Final, LiteralString

# Each a promise in words, and a query of the rows that break it.
Breaches = tuple[tuple[str, LiteralString], ...]

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
MESSAGES: Final = """
    SELECT * FROM workstreams_message
    WHERE %(items)s::bigint[] IS NULL OR item_id = ANY(%(items)s)
"""
DECISIONS: Final = """
    SELECT * FROM routing_routingdecision
    WHERE %(items)s::bigint[] IS NULL OR work_item_id = ANY(%(items)s)
"""
# Each receipt with the decision that was written along with it.
DECIDED: Final = f"""
    SELECT receipt.*, decision.id AS decision_id, decision.version, decision.document
    FROM ({RECEIPTS}) AS receipt LEFT JOIN routing_routingdecision AS decision
        ON decision.work_item_id = receipt.item_id AND decision.agent_id = receipt.agent_id
        AND decision.at = receipt.offered_at AND decision.stage = 'assignment'
"""
OPEN: Final = "SELECT * FROM routing_assignment WHERE ended_at IS NULL"

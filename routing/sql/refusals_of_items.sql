-- Who declined or missed the items, when, and whether he took one up himself since then. Called by:
-- queries.item_facts. Index: the foreign key's on item.
SELECT refused.item_id, refused.agent_id, refused.decided_at,
    EXISTS (
        SELECT FROM routing_assignment AS taken
        WHERE taken.item_id = refused.item_id AND taken.agent_id = refused.agent_id
            AND taken.outcome = 'accepted' AND taken.decided_at > refused.decided_at
    )
FROM routing_assignment AS refused
WHERE refused.item_id = ANY(%(item_ids)s::bigint[]) AND refused.outcome IN ('declined', 'missed')

-- Who is not to be asked for the items first: who declined or missed them, and who had them until they
-- came to the queue in which they wait; since when, whether he put it back, and whether he took it
-- up himself since then. Called by: queries.item_facts. Index: the foreign key's on item.
SELECT refused.item_id, refused.agent_id, refused.decided_at, false,
    EXISTS (
        SELECT FROM routing_assignment AS taken
        WHERE taken.item_id = refused.item_id AND taken.agent_id = refused.agent_id
            AND taken.outcome = 'accepted' AND taken.decided_at > refused.decided_at
    )
FROM routing_assignment AS refused
WHERE refused.item_id = ANY(%(item_ids)s::bigint[]) AND refused.outcome IN ('declined', 'missed')
UNION ALL
SELECT had.item_id, had.agent_id, had.ended_at, true, true
FROM routing_assignment AS had
JOIN workstreams_workitem AS item ON item.id = had.item_id AND item.queued_at = had.ended_at
WHERE had.item_id = ANY(%(item_ids)s::bigint[]) AND had.outcome = 'accepted'

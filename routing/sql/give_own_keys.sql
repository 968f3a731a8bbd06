-- Tells some of the waiting conversations of these workstreams that were with an agent, and were
-- routed before these versions, apart from all others, and says in which queues. What somebody
-- holds is left out, so the order of locks is free. Called by: sweeps.renew_needs.
-- Index: workstreams_item_by_workstream.
WITH found AS (
    SELECT item.id
    FROM unnest(%(workstream_ids)s::bigint[], %(since)s::int[]) AS changed (workstream_id, since)
    JOIN workstreams_workitem AS item USING (workstream_id)
    WHERE item.state = 'open' AND item.kind = 'conversation' AND item.last_agent_id IS NOT NULL
        AND item.configuration_version < changed.since
        AND strpos(item.requirement_key, ':') = 0
    LIMIT %(limit)s
    FOR UPDATE OF item SKIP LOCKED
)
UPDATE workstreams_workitem AS item
SET requirement_key = item.requirement_key || ':' || item.id
FROM found
WHERE item.id = found.id
RETURNING item.queue_id

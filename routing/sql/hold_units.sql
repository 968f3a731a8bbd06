-- Raises the locked loads of the batch's agents, looked up by key. Called by: dispatcher.commit.
UPDATE routing_agentload AS load
SET units_used = load.units_used + batch.units,
    items_held = load.items_held + batch.items,
    last_assigned_at = %(now)s
FROM (
    SELECT agent_id, sum(units)::int AS units, count(*)::int AS items
    FROM unnest(%(agent_ids)s::bigint[], %(units)s::int[]) AS proposal (agent_id, units)
    GROUP BY agent_id
) AS batch
WHERE load.agent_id = ANY(%(agent_ids)s::bigint[])
    AND load.agent_id = batch.agent_id

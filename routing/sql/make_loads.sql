-- Makes the counters of agents who have none yet, but of nobody who is just being deleted.
-- Called by: dispatcher.commit.
INSERT INTO routing_agentload (agent_id, units_used, items_held)
SELECT agent.id, 0, 0
FROM agents_agent AS agent
WHERE agent.id = ANY(ARRAY(
    SELECT wanted.agent_id
    FROM unnest(%(agent_ids)s::bigint[]) AS wanted (agent_id)
    WHERE wanted.agent_id NOT IN (
        SELECT load.agent_id
        FROM routing_agentload AS load
        WHERE load.agent_id = ANY(%(agent_ids)s::bigint[])
    )
))
ORDER BY agent.id
FOR KEY SHARE OF agent SKIP LOCKED
ON CONFLICT DO NOTHING

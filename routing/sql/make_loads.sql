-- Makes the counters of agents who have none yet. Called by: dispatcher.commit.
INSERT INTO routing_agentload (agent_id, units_used, items_held)
SELECT wanted.agent_id, 0, 0
FROM unnest(%(agent_ids)s::bigint[]) AS wanted (agent_id)
WHERE wanted.agent_id NOT IN (
    SELECT load.agent_id
    FROM routing_agentload AS load
    WHERE load.agent_id = ANY(%(agent_ids)s::bigint[])
)
ON CONFLICT DO NOTHING

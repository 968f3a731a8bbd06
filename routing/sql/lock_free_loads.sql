-- Locks those of the agents' loads that nobody else holds, by id. Called by: dispatcher.commit,
-- after lock_loads has waited in vain for one of them; the agents are held first, as there.
WITH held AS MATERIALIZED (
    SELECT agent.id
    FROM agents_agent AS agent
    WHERE agent.id = ANY(%(agent_ids)s::bigint[])
    ORDER BY agent.id
    FOR KEY SHARE OF agent SKIP LOCKED
)
SELECT load.agent_id
FROM routing_agentload AS load
WHERE load.agent_id = ANY(ARRAY(SELECT held.id FROM held))
ORDER BY load.agent_id
FOR UPDATE OF load SKIP LOCKED

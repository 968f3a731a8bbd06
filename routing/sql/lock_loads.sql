-- Locks the agents' loads by id. Called by: dispatcher.commit, before rooms_of_agents: whoever
-- waits here reads afterwards what others committed meanwhile. The agents are held first, as the
-- offers do that are inserted then: whoever deletes one has locked him, and then wants his load. Who
-- is just being deleted is left out.
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
FOR UPDATE OF load

-- Locks the agents' loads by id. Called by: dispatcher.commit, before rooms_of_agents: whoever
-- waits here reads afterwards what others committed meanwhile.
SELECT load.agent_id
FROM routing_agentload AS load
WHERE load.agent_id = ANY(%(agent_ids)s::bigint[])
ORDER BY load.agent_id
FOR UPDATE OF load

-- Locks those of the agents' loads that nobody else holds, by id. Called by: dispatcher.commit,
-- after lock_loads has waited in vain for one of them.
SELECT load.agent_id
FROM routing_agentload AS load
WHERE load.agent_id = ANY(%(agent_ids)s::bigint[])
ORDER BY load.agent_id
FOR UPDATE OF load SKIP LOCKED

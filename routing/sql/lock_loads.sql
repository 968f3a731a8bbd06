-- Locks the agents' loads by id and reads presence and unit room behind the locks.
-- Called by: dispatcher.commit. An agent without a limit has no room for units.
SELECT
    load.agent_id, presence.base, agent.is_enabled,
    COALESCE(agent.capacity_units, 0) - load.units_used
FROM routing_agentload AS load
JOIN agents_agent AS agent ON agent.id = load.agent_id
LEFT JOIN agents_agentpresence AS presence ON presence.agent_id = load.agent_id
WHERE load.agent_id = ANY(%(agent_ids)s::bigint[])
ORDER BY load.agent_id
FOR UPDATE OF load

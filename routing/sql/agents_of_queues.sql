-- Agents who serve any of the queues, and agents named by id, with presence and load.
-- Called by: queries.agent_facts. Index: membership's unique (queue, agent).
SELECT
    agent.id, person.username, agent.is_enabled, presence.base,
    COALESCE(NOT presence.is_manual, false), agent.capacity_units,
    COALESCE(load.units_used, 0), COALESCE(load.items_held, 0), load.last_assigned_at, load.last_released_at,
    COALESCE(NULLIF(trim(concat_ws(' ', person.first_name, person.last_name)), ''), person.username),
    person.role, agent.locale, agent.operating_hours_id, agent.nickname, agent.created_at
FROM agents_agent AS agent
JOIN agents_user AS person ON person.id = agent.user_id
LEFT JOIN agents_agentpresence AS presence ON presence.agent_id = agent.id
LEFT JOIN routing_agentload AS load ON load.agent_id = agent.id
WHERE agent.id = ANY(%(agent_ids)s::bigint[])
    OR agent.id IN (
        SELECT membership.agent_id
        FROM workstreams_queuemembership AS membership
        WHERE membership.queue_id = ANY(%(queue_ids)s::bigint[])
    )
ORDER BY agent.id

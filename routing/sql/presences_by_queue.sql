-- In which presences the enabled members of each queue are, as one number each, and how many.
-- Called by: queries.floor_members. Numbers are counted faster than what they stand for.
WITH stand AS MATERIALIZED (
    SELECT
        agent.id AS agent_id,
        COALESCE(array_position(%(bases)s, presence.base::text), 0) * 8
            + COALESCE(presence.is_manual, false)::int * 4
            + (COALESCE(load.units_used, 0) > 0 OR EXISTS (
                SELECT 1
                FROM routing_profileload AS held
                JOIN agents_agentcapacityprofile AS given
                    ON given.agent_id = held.agent_id AND given.profile_id = held.profile_id
                WHERE held.agent_id = agent.id AND held.used > 0
            ))::int * 2
            + (COALESCE(load.items_held, 0) >= %(most)s)::int AS number
    FROM agents_agent AS agent
    LEFT JOIN agents_agentpresence AS presence ON presence.agent_id = agent.id
    LEFT JOIN routing_agentload AS load ON load.agent_id = agent.id
    WHERE agent.is_enabled
)
SELECT membership.queue_id, stand.number, count(*)
FROM workstreams_queuemembership AS membership
JOIN stand ON stand.agent_id = membership.agent_id
GROUP BY 1, 2

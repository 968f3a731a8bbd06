-- How the enabled members of some queues stand, and how many stand so. Called by: queries.floor_room.
-- Of profiles: those with room, whether one that is full blocks everything, whether any is in use.
WITH room AS (
    SELECT
        given.agent_id,
        array_agg(given.profile_id ORDER BY given.profile_id)
            FILTER (WHERE held.used < held.most) AS profiles,
        bool_or(held.used >= held.most AND profile.blocks_assignment) AS is_blocked,
        bool_or(held.used > 0) AS is_in_use
    FROM agents_agentcapacityprofile AS given
    JOIN agents_capacityprofile AS profile ON profile.id = given.profile_id
    LEFT JOIN routing_profileload AS load
        ON load.agent_id = given.agent_id AND load.profile_id = given.profile_id
    CROSS JOIN LATERAL (
        SELECT
            COALESCE(load.used, 0) AS used,
            COALESCE(given.custom_limit, profile.work_item_limit) AS most
    ) AS held
    GROUP BY given.agent_id
)
SELECT
    membership.queue_id, presence.base, presence.is_manual, agent.capacity_units,
    COALESCE(load.units_used, 0), COALESCE(load.items_held, 0),
    COALESCE(room.profiles, '{}'), COALESCE(room.is_blocked, false),
    COALESCE(room.is_in_use, false), count(*)
FROM workstreams_queuemembership AS membership
JOIN agents_agent AS agent ON agent.id = membership.agent_id AND agent.is_enabled
LEFT JOIN agents_agentpresence AS presence ON presence.agent_id = agent.id
LEFT JOIN routing_agentload AS load ON load.agent_id = agent.id
LEFT JOIN room ON room.agent_id = agent.id
WHERE membership.queue_id = ANY(%(queues)s)
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9

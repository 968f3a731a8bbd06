-- Agents whose counters differ from their receipts, before looking behind the locks. Profiles of
-- the day are held for themselves. Called by: sweeps.recount_capacity.
-- Indexes: routing_assignment_holding, routing_assignment_one_open, routing_assignment_day,
-- routing_consultreceipt_holding.
WITH receipt AS (
    SELECT
        agent_id,
        CASE WHEN capacity_released_at IS NULL THEN units ELSE 0 END AS units,
        CASE
            WHEN capacity_released_at IS NOT NULL THEN '{}'
            WHEN day_profiles IS NULL THEN profiles
            ELSE ARRAY(SELECT unnest(profiles) EXCEPT SELECT unnest(day_profiles))
        END AS profiles,
        (ended_at IS NULL)::int AS sessions
    FROM routing_assignment WHERE capacity_released_at IS NULL OR ended_at IS NULL
    UNION ALL
    SELECT agent_id, units, profiles, 1 FROM routing_consultreceipt WHERE capacity_released_at IS NULL
),
held AS (
    SELECT agent_id, sum(units) AS units, sum(sessions) AS sessions FROM receipt GROUP BY agent_id
),
held_profile AS (
    SELECT agent_id, profile_id, count(*) AS items
    FROM (
        SELECT agent_id, unnest(profiles) AS profile_id FROM receipt
        UNION ALL
        SELECT agent_id, unnest(day_profiles) FROM routing_assignment
        WHERE day_ends_at IS NOT NULL AND day_released_at IS NULL
    ) AS profile
    GROUP BY agent_id, profile_id
)
SELECT agent_id
FROM routing_agentload AS load LEFT JOIN held USING (agent_id)
WHERE load.units_used <> COALESCE(held.units, 0) OR load.items_held <> COALESCE(held.sessions, 0)
UNION
SELECT load.agent_id
FROM routing_profileload AS load
LEFT JOIN held_profile AS held
    ON held.agent_id = load.agent_id AND held.profile_id = load.profile_id
WHERE load.used <> COALESCE(held.items, 0)
ORDER BY agent_id
LIMIT %(limit)s

"""I3: a load is the sum of its receipts, and passes the limit only by a named override."""

from typing import Final

from tests.promises.breaches.of_items import DECIDED, Breaches

# Work in hand stays when a limit is lowered; the pause is for changes that crossed. Work of
# another sort, taken since, does not count.
LIMIT_STOOD: Final = """
    NOT EXISTS (
        SELECT FROM config_event AS event WHERE event.agent_id = held.agent_id
            AND event.kind IN ('agent-changed', 'capacity-changed')
            AND event.at > max(held.offered_at) - interval '10 seconds'
    )
"""
HELD: Final = (
    "SELECT agent_id, units, profiles, is_override, offered_at FROM routing_assignment"
    " WHERE capacity_released_at IS NULL UNION ALL SELECT agent_id, units, profiles, false, held_at"
    " FROM routing_consultreceipt WHERE capacity_released_at IS NULL"
)
# Those of the day are held until it ends, whatever becomes of the rest.
HELD_PROFILES: Final = """
    SELECT agent_id, unnest(CASE WHEN day_profiles IS NULL THEN profiles ELSE
        ARRAY(SELECT unnest(profiles) EXCEPT SELECT unnest(day_profiles)) END
    ) AS profile_id, is_override, offered_at
    FROM routing_assignment WHERE capacity_released_at IS NULL
    UNION ALL
    SELECT agent_id, unnest(day_profiles), is_override, offered_at
    FROM routing_assignment WHERE day_ends_at IS NOT NULL AND day_released_at IS NULL
    UNION ALL
    SELECT agent_id, unnest(profiles), false, held_at
    FROM routing_consultreceipt WHERE capacity_released_at IS NULL
"""

OF_LOADS: Final[Breaches] = (
    (
        "I3: an agent's load is not the sum of the receipts",
        f"""
        SELECT agent_id, units_used, units FROM routing_agentload AS load FULL JOIN (
            SELECT agent_id, sum(units) AS units FROM ({HELD}) AS held GROUP BY agent_id
        ) AS held USING (agent_id)
        WHERE COALESCE(units_used, 0) <> COALESCE(units, 0)
        """,
    ),
    (
        "I3: an agent's sessions are not his open work and the advice that he is held for",
        """
        SELECT agent_id, items_held, sessions FROM routing_agentload AS load FULL JOIN (
            SELECT agent_id, count(*) AS sessions FROM (
                SELECT agent_id FROM routing_assignment WHERE ended_at IS NULL
                UNION ALL
                SELECT agent_id FROM routing_consultreceipt WHERE capacity_released_at IS NULL
            ) AS open GROUP BY agent_id
        ) AS open USING (agent_id)
        WHERE COALESCE(items_held, 0) <> COALESCE(sessions, 0)
        """,
    ),
    (
        "I3: a profile's load is not the number of its receipts",
        f"""
        SELECT agent_id, profile_id, used, items FROM routing_profileload AS load FULL JOIN (
            SELECT agent_id, profile_id, count(*) AS items
            FROM ({HELD_PROFILES}) AS held
            GROUP BY agent_id, profile_id
        ) AS held USING (agent_id, profile_id)
        WHERE COALESCE(used, 0) <> COALESCE(items, 0)
        """,
    ),
    (
        "I3: an agent is over the limit without an override",
        f"""
        SELECT held.agent_id, sum(held.units), agent.capacity_units
        FROM agents_agent AS agent JOIN ({HELD}) AS held
            ON held.agent_id = agent.id AND NOT held.is_override AND held.units > 0
        GROUP BY held.agent_id, agent.capacity_units
        HAVING sum(held.units) > COALESCE(agent.capacity_units, 0) AND {LIMIT_STOOD}
        """,
    ),
    (
        "I3: work was pushed to an agent who had no room beside all that he held",
        f"""
        SELECT pushed.id, held.agent_id, sum(held.units), agent.capacity_units
        FROM routing_assignment AS pushed
        -- The load is locked before a receipt gets its id, so ids tell who came first.
        JOIN routing_assignment AS held ON held.agent_id = pushed.agent_id AND held.id <= pushed.id
        JOIN agents_agent AS agent ON agent.id = pushed.agent_id
        WHERE pushed.capacity_released_at IS NULL AND held.capacity_released_at IS NULL
            AND pushed.how = 'push' AND pushed.units > 0
        GROUP BY pushed.id, held.agent_id, agent.capacity_units
        HAVING sum(held.units) > COALESCE(agent.capacity_units, 0) AND {LIMIT_STOOD}
        """,
    ),
    (
        "I3: an agent is over a profile's limit without an override",
        f"""
        SELECT held.agent_id, profile_id FROM ({HELD_PROFILES}) AS held
        LEFT JOIN agents_agentcapacityprofile AS given USING (agent_id, profile_id)
        LEFT JOIN agents_capacityprofile AS profile ON profile.id = given.profile_id
        WHERE NOT held.is_override
        GROUP BY held.agent_id, profile_id, given.custom_limit, profile.work_item_limit
        HAVING count(*) > COALESCE(given.custom_limit, profile.work_item_limit, 0)
            AND {LIMIT_STOOD}
        """,
    ),
    (
        "I3: work was pushed to an agent who had no room by a profile beside all that he held",
        f"""
        SELECT pushed.id, held.agent_id, needed.profile_id
        FROM routing_assignment AS pushed
        CROSS JOIN unnest(pushed.profiles) AS needed (profile_id)
        JOIN routing_assignment AS held ON held.agent_id = pushed.agent_id
            AND held.id <= pushed.id AND needed.profile_id = ANY(held.profiles)
        LEFT JOIN agents_agentcapacityprofile AS given
            ON given.agent_id = pushed.agent_id AND given.profile_id = needed.profile_id
        LEFT JOIN agents_capacityprofile AS profile ON profile.id = given.profile_id
        WHERE pushed.capacity_released_at IS NULL AND held.capacity_released_at IS NULL
            AND pushed.how = 'push'
        GROUP BY pushed.id, held.agent_id, needed.profile_id, given.custom_limit,
            profile.work_item_limit
        HAVING count(*) > COALESCE(given.custom_limit, profile.work_item_limit, 0)
            AND {LIMIT_STOOD}
        """,
    ),
    (
        # The router decides on what it remembers and measures again as it writes: there the two
        # may differ.
        "I3: a person's override does not say which limit it passes",
        f"""
        SELECT id, how, is_override FROM ({DECIDED}) AS decided
        WHERE how IN ('pick', 'supervisor', 'transfer')
            AND is_override <> COALESCE(document ? 'excess', false)
        """,
    ),
    (
        "I3: an override names a limit that it does not pass",
        f"""
        SELECT id, excess FROM ({DECIDED}) AS decided
        CROSS JOIN jsonb_array_elements(document -> 'excess') AS excess
        WHERE (excess ->> 'after')::int <= (excess ->> 'limit')::int
            OR (excess ->> 'after')::int <= (excess ->> 'before')::int
        """,
    ),
    (
        "I3: an agent passed another's limit",
        f"""
        SELECT decided.id, person.username FROM ({DECIDED}) AS decided
        JOIN agents_user AS person ON person.username = decided.document ->> 'by'
        WHERE is_override AND how <> 'pick' AND person.role = 'agent'
        """,
    ),
)

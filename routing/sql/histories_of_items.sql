-- Who is not to be asked for the items first: who declined or missed them, and who had them until they
-- came to the queue in which they wait; since when, whether he put it back, and whether he took it
-- up himself since then. And who had them on a day that goes on, until when, and which of the profiles
-- that they need count for that already. Called by: queries.item_history. Index: the foreign key's on
-- item.
SELECT refused.item_id, refused.agent_id, refused.decided_at, false,
    EXISTS (
        SELECT FROM routing_assignment AS taken
        WHERE taken.item_id = refused.item_id AND taken.agent_id = refused.agent_id
            AND taken.outcome = 'accepted' AND taken.decided_at > refused.decided_at
    ),
    NULL::bigint[]
FROM routing_assignment AS refused
WHERE refused.item_id = ANY(%(item_ids)s::bigint[]) AND refused.outcome IN ('declined', 'missed')
UNION ALL
SELECT had.item_id, had.agent_id, had.ended_at, true, true, NULL
FROM routing_assignment AS had
JOIN workstreams_workitem AS item ON item.id = had.item_id AND item.queued_at = had.ended_at
WHERE had.item_id = ANY(%(item_ids)s::bigint[]) AND had.outcome = 'accepted'
UNION ALL
SELECT took.item_id, took.agent_id, took.day_ends_at, false, true, counted.profiles
FROM routing_assignment AS took
JOIN workstreams_workitem AS item ON item.id = took.item_id
CROSS JOIN LATERAL (
    SELECT array_agg(profile.id ORDER BY profile.id)
    FROM agents_capacityprofile AS profile
    WHERE profile.id = ANY(item.required_profiles) AND profile.id = ANY(took.day_profiles)
        AND profile.reset_frequency = 'end_of_day'
) AS counted (profiles)
WHERE took.item_id = ANY(%(item_ids)s::bigint[])
    AND took.day_ends_at IS NOT NULL AND took.day_released_at IS NULL
    AND counted.profiles IS NOT NULL

-- Raises an agent's locked loads by one receipt, notes whose turn it was, and says whether profiles
-- of it come back only at the end of the day. Called by: actions.hold_capacity.
WITH units AS (
    UPDATE routing_agentload
    SET units_used = units_used + %(units)s,
        items_held = items_held + 1,
        last_assigned_at = %(now)s
    WHERE agent_id = %(agent_id)s
),
profiles AS (
    UPDATE routing_profileload
    SET used = used + 1
    WHERE agent_id = %(agent_id)s AND profile_id = ANY(%(profiles)s::bigint[])
)
INSERT INTO routing_queueturn (queue_id, agent_id, last_assigned_at)
VALUES (%(queue_id)s, %(agent_id)s, %(now)s)
ON CONFLICT (queue_id, agent_id) DO UPDATE SET last_assigned_at = EXCLUDED.last_assigned_at
RETURNING EXISTS (
    SELECT FROM agents_capacityprofile AS profile
    WHERE profile.id = ANY(%(profiles)s::bigint[]) AND profile.reset_frequency = 'end_of_day'
)

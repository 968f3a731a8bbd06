-- Gives another need to some of the waiting items that have the same one, and says in which
-- queues; what somebody holds is left out, so the order of locks is free. In an order of its own
-- each call would read and sort all that are left. Called by: sweeps.renew_needs.
-- Index: workstreams_item_by_workstream.
WITH found AS (
    SELECT item.id
    FROM workstreams_workitem AS item
    WHERE item.state = 'open'
        AND item.workstream_id = %(workstream_id)s
        AND item.configuration_version = %(version)s
        AND item.required_units = %(old_units)s
        AND item.required_profiles = %(old_profiles)s::bigint[]
        AND item.required_skills = %(skills)s::jsonb
    LIMIT %(limit)s
    FOR UPDATE SKIP LOCKED
)
UPDATE workstreams_workitem AS item
SET required_units = %(units)s,
    required_profiles = %(profiles)s::bigint[],
    requirement_key = %(key)s
        || CASE WHEN strpos(item.requirement_key, ':') > 0 THEN ':' || item.id ELSE '' END
FROM found
WHERE item.id = found.id
RETURNING item.queue_id

-- The first waiting pushed items of each (queue, requirement), oldest first.
-- Called by: queries.facts. Index: workstreams_item_to_assign.
-- Groups are found by skipping from one to the next along the index, so a group of
-- any length costs one look; of each group an equal share of %(limit)s items is read.
WITH RECURSIVE waiting_group AS (
    (
        SELECT queue_id, requirement_key
        FROM workstreams_workitem
        WHERE state = 'open' AND is_pushed
        ORDER BY queue_id, requirement_key
        LIMIT 1
    )
    UNION ALL
    SELECT following.queue_id, following.requirement_key
    FROM waiting_group
    CROSS JOIN LATERAL (
        SELECT item.queue_id, item.requirement_key
        FROM workstreams_workitem AS item
        WHERE item.state = 'open' AND item.is_pushed
            AND (item.queue_id, item.requirement_key)
                > (waiting_group.queue_id, waiting_group.requirement_key)
        ORDER BY item.queue_id, item.requirement_key
        LIMIT 1
    ) AS following
),
touched AS (
    SELECT queue_id, requirement_key
    FROM waiting_group
    WHERE %(queue_ids)s::bigint[] IS NULL OR queue_id = ANY(%(queue_ids)s::bigint[])
),
share AS MATERIALIZED (
    SELECT greatest(%(least)s, %(limit)s / greatest(count(*), 1))::int AS size FROM touched
)
SELECT
    item.id, item.workstream_id, item.queue_id, item.requirement_key, item.kind, item.channel,
    item.title, item.created_at, item.waiting_since, item.priority, item.required_skills,
    item.required_units, item.required_profiles, item.last_agent_id,
    (SELECT size FROM share)
FROM touched
CROSS JOIN LATERAL (
    SELECT *
    FROM workstreams_workitem AS candidate
    WHERE candidate.state = 'open' AND candidate.is_pushed
        AND candidate.queue_id = touched.queue_id
        AND candidate.requirement_key = touched.requirement_key
    ORDER BY candidate.waiting_since, candidate.id
    LIMIT (SELECT size FROM share)
) AS item

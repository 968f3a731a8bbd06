-- Open items that have waited in their queues longer than these may let them wait.
-- Called by: sweeps.overflow_waiting. Index: workstreams_item_may_overflow.
-- Fair when there are many (A 8.4): queues with the lower configured wait first, between
-- equal ones one item of each in turn, each queue's longest waiting first. Whatever waits
-- too long in a queue came to the workstream before then, so the index ends the look. What only
-- fell back to the queue does not go by its overflow (A 7). What may wait for its customer has
-- waited too long where it came by a moment of its own, if there is one: its queue may be closed.
-- Where it would end, the channel instance that it came in by may hold it back by its own hours.
WITH configured AS (
    SELECT queue_id, seconds, came_by, may_be_held
    FROM unnest(
        %(queue_ids)s::bigint[],
        %(seconds)s::int[],
        %(came_by)s::timestamptz[],
        %(may_be_held)s::boolean[]
    ) AS pair (queue_id, seconds, came_by, may_be_held)
),
-- Joined once, not for each item, and not asked while all have been open for so long.
held AS MATERIALIZED (
    SELECT instance.id AS instance_id, hours.seconds, hours.came_by
    FROM unnest(
        %(held_hours_ids)s::bigint[], %(held_seconds)s::int[], %(held_came_by)s::timestamptz[]
    ) AS hours (hours_id, seconds, came_by)
    INNER JOIN workstreams_channelinstance AS instance
        ON instance.operating_hours_id = hours.hours_id
)
SELECT overdue.id
FROM configured
CROSS JOIN LATERAL (
    SELECT item.id, greatest(item.waiting_since, item.queued_at) AS since
    FROM workstreams_workitem AS item
    WHERE item.state = 'open' AND item.queue_id = configured.queue_id AND NOT item.fell_back
        AND item.waiting_since <= %(now)s::timestamptz - make_interval(secs => configured.seconds)
        AND greatest(item.waiting_since, item.queued_at)
            <= %(now)s::timestamptz - make_interval(secs => configured.seconds)
        AND (
            (
                NOT configured.may_be_held
                AND greatest(item.waiting_since, item.queued_at) <= configured.came_by
            )
            OR item.channel IN ('record', 'voice')
            OR (
                item.channel = 'live_chat'
                AND item.workstream_id IN (
                    SELECT id FROM workstreams_workstream WHERE NOT persistent_chat
                )
            )
            OR (
                greatest(item.waiting_since, item.queued_at) <= configured.came_by
                AND NOT EXISTS (
                    SELECT FROM held
                    WHERE held.seconds = configured.seconds
                        AND held.instance_id = item.channel_instance_id
                        AND (greatest(item.waiting_since, item.queued_at) <= held.came_by)
                            IS NOT TRUE
                )
            )
        )
    ORDER BY since, item.id
    LIMIT %(limit)s
) AS overdue
ORDER BY
    configured.seconds,
    row_number() OVER (PARTITION BY configured.queue_id ORDER BY overdue.since, overdue.id),
    overdue.since,
    overdue.id
LIMIT %(limit)s

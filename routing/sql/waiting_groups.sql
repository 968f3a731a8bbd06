-- Work that waits in some queues, by queue and requirement, with the oldest item of each group, of
-- each queue so many groups, the longest waiting first; items with a history of their own are one
-- group beside the others of their requirement, and with %(waits)s so is what waits for the
-- preferred agents of one customer.
-- Called by: sweeps.note_blockers, once a minute. Uses workstreams_workitem's index of open items.
SELECT queue_id, count, since, first
FROM (
    SELECT
        queue_id, count(*), min(waiting_since) AS since,
        (array_agg(id ORDER BY waiting_since, id))[1] AS first,
        row_number() OVER (PARTITION BY queue_id ORDER BY min(waiting_since), min(id)) AS place
    FROM workstreams_workitem
    WHERE state = 'open' AND waiting_since <= %(until)s AND queue_id = ANY(%(queue_ids)s::bigint[])
    GROUP BY queue_id, workstream_id, split_part(requirement_key, ':', 1),
             position(':' IN requirement_key) > 0,
             CASE
                 WHEN %(waits)s AND contact_id IN (
                     SELECT wish.contact_id FROM workstreams_preferredagent AS wish
                 )
                 THEN contact_id
             END
) AS waiting
WHERE place <= %(groups)s
ORDER BY since, first

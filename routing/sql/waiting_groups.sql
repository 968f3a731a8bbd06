-- Work that waits, by queue and requirement, with the oldest item of each group; items with a
-- history of their own are one group beside the others of their requirement.
-- Called by: sweeps.note_blockers, once a minute. Uses workstreams_workitem's index of open items.
SELECT queue_id, count(*), min(waiting_since),
       (array_agg(id ORDER BY waiting_since, id))[1]
FROM workstreams_workitem
WHERE state = 'open' AND waiting_since <= %(until)s
GROUP BY queue_id, workstream_id, split_part(requirement_key, ':', 1),
         position(':' IN requirement_key) > 0
ORDER BY min(waiting_since)
LIMIT %(limit)s

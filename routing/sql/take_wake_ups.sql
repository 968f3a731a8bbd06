-- Takes all visible wake-ups and says which queues they touch; NULL stands for all. None once another
-- router has taken over. The lease need not be locked: what is seen along with the old epoch was
-- there before the new one, whose router begins with all queues.
-- Called by: dispatcher.touched, twenty times a second: the table is nearly always empty.
WITH taken AS (
    DELETE FROM routing_wakeup
    WHERE %(epoch)s::bigint = 0
        OR EXISTS (SELECT FROM routing_routerlease WHERE id = 1 AND epoch = %(epoch)s::bigint)
    RETURNING queue_id, agent_id
)
SELECT DISTINCT touched.queue_id
FROM taken
CROSS JOIN LATERAL (
    SELECT taken.queue_id WHERE taken.agent_id IS NULL
    UNION ALL
    SELECT membership.queue_id
    FROM workstreams_queuemembership AS membership
    WHERE membership.agent_id = taken.agent_id
) AS touched

-- Queues to be looked at for what blocks their work, those not looked at for longest first: some
-- wait in them, or something is noted about them.
-- Called by: sweeps.note_blockers, once a minute. Uses workstreams_workitem's index of open items
-- and blocker's unique (queue, cause, detail): a probe of each for every queue.
SELECT queue.id
FROM workstreams_queue AS queue
LEFT JOIN routing_queueduty AS duty ON duty.queue_id = queue.id AND duty.duty = 'blockers'
WHERE (duty.done_at IS NULL OR duty.done_at < %(before)s)
    AND (
        EXISTS (
            SELECT FROM workstreams_workitem AS item
            WHERE item.queue_id = queue.id AND item.state = 'open'
                AND item.waiting_since <= %(until)s
        )
        OR EXISTS (SELECT FROM routing_blocker AS blocker WHERE blocker.queue_id = queue.id)
    )
ORDER BY duty.done_at NULLS FIRST, queue.id
LIMIT %(limit)s

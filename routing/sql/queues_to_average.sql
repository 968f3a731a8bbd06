-- Queues whose average wait is to be worked out anew, those it was worked out for longest ago
-- first: somebody was taken since, or the average is to be forgotten. What was taken shortly before
-- may have been written since.
-- Called by: sweeps.average_waits, every ten minutes. Uses routing_assignment_taken: a probe a queue.
SELECT queue.id
FROM workstreams_queue AS queue
LEFT JOIN routing_queueduty AS duty ON duty.queue_id = queue.id AND duty.duty = 'average_wait'
LEFT JOIN routing_averagewait AS average ON average.queue_id = queue.id
WHERE queue.type <> 'record'
    AND (duty.done_at IS NULL OR duty.done_at < %(now)s)
    AND (
        EXISTS (
            SELECT FROM routing_assignment AS taken
            WHERE taken.queue_id = queue.id AND taken.outcome = 'accepted'
                AND taken.decided_at
                    > coalesce(duty.done_at - %(overlap)s::interval, '-infinity'::timestamptz)
        )
        OR average.taken_at < %(forgotten)s
    )
ORDER BY duty.done_at NULLS FIRST, queue.id
LIMIT %(limit)s

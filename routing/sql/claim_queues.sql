-- Which of the queues are this process's to do a duty about now: those it was last done about before
-- that moment, or never. Whoever comes meanwhile waits here and then finds it done.
-- Called by: sweeps.queue_duty. Index: queueduty's unique (queue, duty).
INSERT INTO routing_queueduty (queue_id, duty, done_at)
SELECT id, %(duty)s, %(now)s FROM workstreams_queue WHERE id = ANY(%(queue_ids)s::bigint[])
ORDER BY id
ON CONFLICT (queue_id, duty) DO UPDATE SET done_at = EXCLUDED.done_at
WHERE routing_queueduty.done_at < %(before)s

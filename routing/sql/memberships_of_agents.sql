-- The agents' places in the queues: order of joining, and when each last had a turn.
-- Called by: queries.agent_facts. Index: membership's unique (queue, agent).
SELECT membership.agent_id, membership.queue_id, membership.id, turn.last_assigned_at
FROM workstreams_queuemembership AS membership
LEFT JOIN routing_queueturn AS turn
    ON turn.queue_id = membership.queue_id AND turn.agent_id = membership.agent_id
WHERE membership.agent_id = ANY(%(agent_ids)s::bigint[])
    AND (
        %(queue_ids)s::bigint[] IS NULL OR membership.queue_id = ANY(%(queue_ids)s::bigint[])
    )

-- Tells the router of queues, of agents, or of everything. Called by: actions.wake_up.
INSERT INTO routing_wakeup (kind, queue_id, agent_id)
SELECT %(kind)s, queue_id, agent_id
FROM (
    SELECT unnest(%(queue_ids)s::bigint[]) AS queue_id, NULL::bigint AS agent_id
    UNION ALL
    SELECT NULL, unnest(%(agent_ids)s::bigint[])
    UNION ALL
    SELECT NULL, NULL
    WHERE cardinality(%(queue_ids)s::bigint[]) + cardinality(%(agent_ids)s::bigint[]) = 0
) AS woken

-- Notes when each agent last got work from each queue, in the order in which the batch gave: equal
-- moments would go by membership. Called by: dispatcher.commit.
INSERT INTO routing_queueturn (queue_id, agent_id, last_assigned_at)
SELECT
    proposal.queue_id, proposal.agent_id,
    %(now)s::timestamptz + max(proposal.turn) * interval '1 microsecond'
FROM unnest(%(queue_ids)s::bigint[], %(agent_ids)s::bigint[], %(turns)s::bigint[])
    AS proposal (queue_id, agent_id, turn)
GROUP BY proposal.queue_id, proposal.agent_id
ORDER BY proposal.queue_id, proposal.agent_id
ON CONFLICT (queue_id, agent_id) DO UPDATE SET last_assigned_at = EXCLUDED.last_assigned_at

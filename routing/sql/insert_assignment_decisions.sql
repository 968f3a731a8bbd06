-- Stores why each agent was chosen. Called by: dispatcher.commit.
INSERT INTO routing_routingdecision (
    work_item_id, stage, version, at, queue_id, agent_id, document
)
SELECT
    proposal.item_id, 'assignment', %(version)s, %(now)s, proposal.queue_id,
    proposal.agent_id, proposal.document::jsonb
FROM unnest(
    %(item_ids)s::bigint[], %(queue_ids)s::bigint[], %(agent_ids)s::bigint[],
    %(documents)s::text[]
) AS proposal (item_id, queue_id, agent_id, document)

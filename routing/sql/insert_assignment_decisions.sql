-- Stores why each agent was chosen. Called by: dispatcher.commit.
-- The documents come as one JSON array in the order of the proposals: much cheaper to
-- send than an array of texts.
INSERT INTO routing_routingdecision (
    work_item_id, stage, version, at, queue_id, agent_id, document
)
SELECT
    proposal.item_id, 'assignment', %(version)s, %(now)s, proposal.queue_id,
    proposal.agent_id, explanation.document
FROM unnest(%(item_ids)s::bigint[], %(queue_ids)s::bigint[], %(agent_ids)s::bigint[])
    WITH ORDINALITY AS proposal (item_id, queue_id, agent_id, place)
JOIN jsonb_array_elements(%(documents)s::jsonb)
    WITH ORDINALITY AS explanation (document, place) USING (place)

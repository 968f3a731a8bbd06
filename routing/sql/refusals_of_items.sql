-- Who declined or missed the items, and when. Called by: queries.item_facts.
-- Index: the foreign key's on item.
SELECT item_id, agent_id, decided_at
FROM routing_assignment
WHERE item_id = ANY(%(item_ids)s::bigint[]) AND outcome IN ('declined', 'missed')

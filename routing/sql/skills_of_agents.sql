-- The agents' active skills. Called by: queries.agent_facts.
-- Index: agents_agentskill_once.
SELECT agent_id, skill_id, rating
FROM agents_agentskill
WHERE is_active AND agent_id = ANY(%(agent_ids)s::bigint[])

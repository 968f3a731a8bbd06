-- What is kept of agents, as far as a published method reads it. Called by: queries.agent_facts,
-- and only where one does. Index: agents_agentattributevalue_once.
SELECT agent_id, attribute_id, value
FROM agents_agentattributevalue
WHERE agent_id = ANY(%(agent_ids)s::bigint[]) AND attribute_id = ANY(%(attribute_ids)s::bigint[])

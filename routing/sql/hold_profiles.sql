-- Raises the locked profile counters of the batch's agents. Called by: dispatcher.commit.
-- An override may hold a profile its agent was never given, so missing counters are made.
INSERT INTO routing_profileload (agent_id, profile_id, used)
SELECT proposal.agent_id, profile.id::bigint, count(*)::int
FROM unnest(%(agent_ids)s::bigint[], %(profiles)s::text[]) AS proposal (agent_id, profiles)
CROSS JOIN LATERAL jsonb_array_elements_text(proposal.profiles::jsonb) AS profile (id)
GROUP BY proposal.agent_id, profile.id
ORDER BY proposal.agent_id, profile.id
ON CONFLICT (agent_id, profile_id)
DO UPDATE SET used = routing_profileload.used + EXCLUDED.used

-- Makes the profile counters that are missing. Called by: dispatcher.commit.
INSERT INTO routing_profileload (agent_id, profile_id, used)
SELECT held.agent_id, held.profile_id, 0
FROM agents_agentcapacityprofile AS held
WHERE held.agent_id = ANY(%(agent_ids)s::bigint[])
    AND held.profile_id = ANY(%(profile_ids)s::bigint[])
ON CONFLICT DO NOTHING

-- The agents' capacity profiles: own limit, use, and whether a full one blocks everything.
-- Called by: queries.agent_facts. Index: agents_agentcapacityprofile_once.
SELECT
    held.agent_id, held.profile_id, COALESCE(held.custom_limit, profile.work_item_limit),
    COALESCE(load.used, 0), profile.blocks_assignment
FROM agents_agentcapacityprofile AS held
JOIN agents_capacityprofile AS profile ON profile.id = held.profile_id
LEFT JOIN routing_profileload AS load
    ON load.agent_id = held.agent_id AND load.profile_id = held.profile_id
WHERE held.agent_id = ANY(%(agent_ids)s::bigint[])

-- Locks the agents' profile counters by id and reads what is left of each limit.
-- Called by: dispatcher.commit, after the agents' loads.
SELECT
    load.agent_id, load.profile_id,
    COALESCE(held.custom_limit, profile.work_item_limit) - load.used
FROM routing_profileload AS load
JOIN agents_agentcapacityprofile AS held
    ON held.agent_id = load.agent_id AND held.profile_id = load.profile_id
JOIN agents_capacityprofile AS profile ON profile.id = load.profile_id
WHERE load.agent_id = ANY(%(agent_ids)s::bigint[])
    AND load.profile_id = ANY(%(profile_ids)s::bigint[])
ORDER BY load.id
FOR UPDATE OF load

-- Presence, unit room and queues of agents whose loads are locked, a statement of its own so
-- that it sees what was committed while the lock was waited for. Called by: dispatcher.commit.
-- Of profiles that block what is left of each. An agent without a limit has no room for units. Index: membership's unique (queue, agent).
-- Of whom the router has yet to learn a change also what rules ask for, else null: every work item that ends
-- is such a change. Indexes: agents_agentskill_once, agents_agentattributevalue_once.
SELECT
    load.agent_id, presence.base, COALESCE(NOT presence.is_manual, false),
    load.units_used > 0 OR EXISTS (
        SELECT FROM routing_profileload AS held
        JOIN agents_agentcapacityprofile AS given USING (agent_id, profile_id)
        WHERE held.agent_id = load.agent_id AND held.used > 0
    ),
    load.items_held, agent.is_enabled,
    ARRAY(
        SELECT ARRAY[
            profile.id,
            COALESCE(given.custom_limit, profile.work_item_limit) - COALESCE(held.used, 0)
        ]
        FROM agents_agentcapacityprofile AS given
        JOIN agents_capacityprofile AS profile
            ON profile.id = given.profile_id AND profile.blocks_assignment
        LEFT JOIN routing_profileload AS held USING (agent_id, profile_id)
        WHERE given.agent_id = load.agent_id
    ),
    COALESCE(agent.capacity_units, 0) - load.units_used,
    ARRAY(
        SELECT membership.queue_id
        FROM workstreams_queuemembership AS membership
        WHERE membership.agent_id = load.agent_id
            AND membership.queue_id = ANY(%(queue_ids)s::bigint[])
    ),
    CASE WHEN load.agent_id IN (SELECT told.agent_id FROM routing_agentchange AS told) THEN
        jsonb_build_object(
            'skills', COALESCE((
                SELECT jsonb_object_agg(skill.skill_id, skill.rating)
                FROM agents_agentskill AS skill
                WHERE skill.agent_id = load.agent_id AND skill.is_active
            ), '{}'),
            'attributes', COALESCE((
                SELECT jsonb_object_agg(held.attribute_id, held.value)
                FROM agents_agentattributevalue AS held
                WHERE held.agent_id = load.agent_id
            ), '{}'),
            'locale', agent.locale, 'nickname', agent.nickname, 'hours', agent.operating_hours_id
        ) || (
            SELECT jsonb_build_object(
                'username', person.username, 'role', person.role,
                'name', COALESCE(
                    NULLIF(trim(concat_ws(' ', person.first_name, person.last_name)), ''), person.username
                )
            )
            FROM agents_user AS person
            WHERE person.id = agent.user_id
        )
    END
FROM routing_agentload AS load
JOIN agents_agent AS agent ON agent.id = load.agent_id
LEFT JOIN agents_agentpresence AS presence ON presence.agent_id = load.agent_id
WHERE load.agent_id = ANY(%(agent_ids)s::bigint[])

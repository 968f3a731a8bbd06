-- Named items as the engine reads them. Called by: queries.item_facts.
SELECT
    item.id, item.workstream_id, item.queue_id, item.requirement_key, item.kind, item.channel,
    item.title, date_part('epoch', item.created_at), date_part('epoch', item.waiting_since),
    item.priority, item.required_skills, item.required_units, item.required_profiles,
    item.last_agent_id,
    (item.contact_id IS NOT NULL OR item.account_id IS NOT NULL) AS is_known_customer,
    CASE WHEN %(prefers)s THEN ARRAY(
        SELECT wish.agent_id || ' ' || person.username
        FROM workstreams_preferredagent AS wish
        JOIN agents_agent AS agent ON agent.id = wish.agent_id
        JOIN agents_user AS person ON person.id = agent.user_id
        WHERE wish.contact_id = item.contact_id
        ORDER BY wish.position
    ) ELSE '{}' END AS preferred,
    false AS is_ahead, NULL AS ids, NULL AS times
FROM workstreams_workitem AS item
WHERE item.id = ANY(%(item_ids)s::bigint[])

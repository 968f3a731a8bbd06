-- Named items as the engine reads them. Called by: queries.facts.
SELECT
    item.id, item.workstream_id, item.queue_id, item.requirement_key, item.kind, item.channel,
    item.title, item.created_at, item.waiting_since, item.priority, item.required_skills,
    item.required_units, item.required_profiles, item.last_agent_id,
    (item.contact_id IS NOT NULL OR item.account_id IS NOT NULL) AS is_known_customer
FROM workstreams_workitem AS item
WHERE item.id = ANY(%(item_ids)s::bigint[])

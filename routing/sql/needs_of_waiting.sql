-- What waiting work of these workstreams needs that was routed before these versions, each need
-- once, with how many items have it. Called by: sweeps.renew_needs.
-- Index: workstreams_item_by_workstream.
SELECT
    workstream_id, item.configuration_version, item.required_units, item.required_profiles,
    item.required_skills::text, count(*)
FROM unnest(%(workstream_ids)s::bigint[], %(since)s::int[]) AS changed (workstream_id, since)
JOIN workstreams_workitem AS item USING (workstream_id)
WHERE item.state = 'open' AND item.configuration_version < changed.since
GROUP BY 1, 2, 3, 4, item.required_skills
ORDER BY 1, 2, 3, 4, 5

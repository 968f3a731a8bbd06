-- What waiting work of these workstreams needs that was routed by an earlier version, each need
-- once, with how many items have it. Called by: sweeps.renew_needs.
-- Index: workstreams_item_by_workstream.
SELECT
    item.workstream_id, item.configuration_version, item.required_units, item.required_profiles,
    item.required_skills::text, count(*)
FROM workstreams_workitem AS item
WHERE item.state = 'open'
    AND item.workstream_id = ANY(%(workstream_ids)s::bigint[])
    AND item.configuration_version < %(number)s
GROUP BY 1, 2, 3, 4, item.required_skills
ORDER BY 1, 2, 3, 4, 5

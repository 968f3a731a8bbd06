-- Work that fell back because its workstream was in no version yet, of workstreams that
-- came into one after the version named; of all of them where that one was never kept.
-- What is on offer may come back: as long as it is, the version is not done with.
-- A workstream at a time, so that nothing is read where none came. Called by:
-- sweeps.route_published. Indexes: routing_change_once, workstreams_item_by_workstream.
WITH settled AS (
    SELECT COALESCE((
        SELECT number FROM routing_configurationversion
        WHERE number = %(number)s AND xmin::text = %(written_by)s
    ), 0) AS number
), came AS (
    SELECT change.object_id, min(change.version_id) AS version
    FROM routing_configurationchange AS change
    WHERE change.kind = 'workstream'
    GROUP BY change.object_id
    HAVING min(change.version_id) > (SELECT number FROM settled)
)
SELECT early.id, early.configuration_version
FROM came
CROSS JOIN LATERAL (
    SELECT item.id, item.configuration_version
    FROM workstreams_workitem AS item
    WHERE item.workstream_id = came.object_id
        -- What is offered is active; named, so that the index without closed work serves.
        AND item.state IN ('open', 'active')
        AND (item.state = 'open' OR item.reason = 'awaiting_agent_acceptance')
        AND item.fell_back
        AND item.configuration_version < came.version
    ORDER BY item.id
    LIMIT %(limit)s
) AS early
ORDER BY early.id
LIMIT %(limit)s

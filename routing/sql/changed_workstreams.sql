-- Since which version a part of workstreams is as it is, of those in which it is another than in
-- the version named; most versions change other things of a workstream. All of them where that
-- version was never kept. Called by: sweeps.renew_needs. Index: routing_change_once.
WITH settled AS (
    SELECT COALESCE((
        SELECT number FROM routing_configurationversion
        WHERE number = %(number)s AND xmin::text = %(written_by)s
    ), 0) AS number
), changed AS (
    SELECT DISTINCT change.object_id
    FROM routing_configurationchange AS change, settled
    WHERE change.kind = 'workstream' AND change.version_id > settled.number
), step AS (
    SELECT
        change.object_id, change.version_id, piece.document -> %(part)s::text AS part,
        lag(piece.document -> %(part)s::text) OVER (
            PARTITION BY change.object_id ORDER BY change.version_id
        ) AS before
    FROM changed
    JOIN routing_configurationchange AS change
        ON change.kind = 'workstream' AND change.object_id = changed.object_id
    LEFT JOIN routing_configurationpiece AS piece ON piece.hash = change.piece_id
)
SELECT step.object_id, max(step.version_id)
FROM step, settled
WHERE step.version_id > settled.number AND step.part IS DISTINCT FROM step.before
GROUP BY step.object_id

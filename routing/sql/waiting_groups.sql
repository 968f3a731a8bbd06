-- Work that waits in some queues, by queue and requirement, with the item of each group that nobody
-- attends to for longest, of each queue so many groups, the longest waiting first; items with a
-- history of their own are one group beside the others of their requirement. It says of each group
-- whether it is of those, whether its queue has more groups, and how many wait in the queue in all.
-- With %(waits)s work of which a customer's preferred agent of the queue is there is left out,
-- because it waits for him on purpose. The rest of what waits for such agents is two groups of a
-- workstream, whatever it needs: where none gets work of the queue any more, and where none is
-- there, in a presence in which the workstream gives work (%(workstreams)s, %(bases)s) or one of
-- those that are %(following)s.
-- Called by: sweeps.note_blockers, once a minute. Uses workstreams_workitem's index of open items.
SELECT queue_id, count, since, first, is_personal, of_queue > %(groups)s, in_queue::bigint
FROM (
    SELECT
        item.queue_id, count(*), min(unattended_since) AS since,
        wish.is_served IS NULL AND position(':' IN requirement_key) > 0 AS is_personal,
        count(*) OVER of_queue AS of_queue,
        sum(count(*)) OVER of_queue AS in_queue,
        (array_agg(item.id ORDER BY unattended_since, item.id))[1] AS first,
        row_number() OVER (of_queue ORDER BY min(unattended_since), min(item.id)) AS place
    FROM workstreams_workitem AS item
    CROSS JOIN LATERAL (
        SELECT greatest(item.waiting_since, item.put_back_at) AS unattended_since
    ) AS wait
    LEFT JOIN LATERAL (
        SELECT
            bool_or(membership.agent_id IS NOT NULL) AS is_served,
            bool_or(
                (item.workstream_id, presence.base::text) IN (
                    SELECT allowed.workstream_id, allowed.base
                    FROM unnest(%(workstreams)s::bigint[], %(bases)s::text[])
                        AS allowed (workstream_id, base)
                )
                OR (NOT presence.is_manual AND presence.base = ANY(%(following)s::text[]))
            ) AS is_there
        FROM workstreams_preferredagent AS preferred
        LEFT JOIN agents_agent AS agent ON agent.id = preferred.agent_id AND agent.is_enabled
        LEFT JOIN workstreams_queuemembership AS membership
            ON membership.agent_id = agent.id AND membership.queue_id = item.queue_id
        LEFT JOIN agents_agentpresence AS presence ON presence.agent_id = membership.agent_id
        WHERE preferred.contact_id = item.contact_id
        HAVING count(*) > 0
    ) AS wish ON %(waits)s
    WHERE state = 'open' AND waiting_since <= %(until)s AND unattended_since <= %(until)s
        AND item.queue_id = ANY(%(queue_ids)s::bigint[])
        AND wish.is_there IS NOT TRUE
    GROUP BY
        item.queue_id, workstream_id, is_personal, wish.is_served,
        CASE WHEN wish.is_served IS NULL THEN split_part(requirement_key, ':', 1) END
    WINDOW of_queue AS (PARTITION BY item.queue_id)
) AS waiting
WHERE place <= %(groups)s
ORDER BY since, first

-- Work that waits in some queues, by queue and requirement, with the oldest item of each group, of
-- each queue so many groups, the longest waiting first; items with a history of their own are one
-- group beside the others of their requirement. It says of each group whether it is of those,
-- whether its queue has more groups, and how many wait in the queue in all. With %(waits)s work whose customer prefers an agent
-- of the queue is left out, because it waits for him on purpose, and what waits for such as have
-- left is a group of its own.
-- Called by: sweeps.note_blockers, once a minute. Uses workstreams_workitem's index of open items.
SELECT queue_id, count, since, first, is_personal, of_queue > %(groups)s, in_queue::bigint
FROM (
    SELECT
        queue_id, count(*), min(waiting_since) AS since,
        position(':' IN requirement_key) > 0 AS is_personal, count(*) OVER of_queue AS of_queue,
        sum(count(*)) OVER of_queue AS in_queue,
        (array_agg(id ORDER BY waiting_since, id))[1] AS first,
        row_number() OVER (of_queue ORDER BY min(waiting_since), min(id)) AS place
    FROM workstreams_workitem AS item
    WHERE state = 'open' AND waiting_since <= %(until)s AND queue_id = ANY(%(queue_ids)s::bigint[])
        AND NOT (
            %(waits)s AND contact_id IN (SELECT contact_id FROM workstreams_preferredagent)
            AND EXISTS (
                SELECT
                FROM workstreams_preferredagent AS wish
                JOIN agents_agent AS agent ON agent.id = wish.agent_id AND agent.is_enabled
                JOIN workstreams_queuemembership AS membership
                    ON membership.agent_id = agent.id AND membership.queue_id = item.queue_id
                WHERE wish.contact_id = item.contact_id
            )
        )
    GROUP BY queue_id, workstream_id, split_part(requirement_key, ':', 1),
             position(':' IN requirement_key) > 0,
             %(waits)s AND contact_id IN (SELECT contact_id FROM workstreams_preferredagent)
    WINDOW of_queue AS (PARTITION BY queue_id)
) AS waiting
WHERE place <= %(groups)s
ORDER BY since, first

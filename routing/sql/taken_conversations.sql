-- When the last chats and calls of a queue began to wait there, from elsewhere or handed over by a
-- bot, and were taken first. Among the last acceptances only, so it costs the same however many are
-- stored. Until an item is taken first ``queued_at`` is when it came to its queue; after that it may
-- be later, and then says nothing of the first wait.
-- Called by: queries.average_wait. Uses routing_assignment_taken.
SELECT
    greatest(
        coalesce(
            (
                SELECT bot.ended_at
                FROM workstreams_botconversation AS bot
                WHERE bot.item_id = item.id AND bot.ended_at <= taken.decided_at
                ORDER BY bot.ended_at DESC
                LIMIT 1
            ),
            item.created_at
        ),
        CASE WHEN item.queued_at <= taken.decided_at THEN item.queued_at END
    ),
    taken.decided_at
FROM (
    SELECT id, item_id, decided_at
    FROM routing_assignment
    WHERE queue_id = %(queue_id)s AND outcome = 'accepted'
    ORDER BY decided_at DESC
    LIMIT %(searched)s
) AS taken
JOIN workstreams_workitem AS item ON item.id = taken.item_id
JOIN workstreams_workstream AS workstream ON workstream.id = item.workstream_id
WHERE item.channel IN ('live_chat', 'voice') AND NOT workstream.persistent_chat
    AND NOT EXISTS (
        SELECT
        FROM routing_assignment AS earlier
        WHERE earlier.item_id = taken.item_id
            AND earlier.outcome = 'accepted'
            AND earlier.id < taken.id
    )
ORDER BY taken.decided_at DESC
LIMIT %(looked_at)s

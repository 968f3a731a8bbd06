-- Moves the locked items of a batch to their agents and tells the event feed.
-- Called by: dispatcher.commit.
-- Looked up by key: joined with the proposals alone the whole table was read.
WITH moved AS (
    UPDATE workstreams_workitem AS item
    SET state = 'active',
        reason = 'awaiting_agent_acceptance',
        agent_id = proposal.agent_id,
        state_changed_at = %(now)s,
        last_activity_at = %(now)s
    FROM unnest(%(item_ids)s::bigint[], %(agent_ids)s::bigint[], %(hows)s::text[])
        AS proposal (item_id, agent_id, how)
    WHERE item.id = ANY(%(item_ids)s::bigint[])
        AND item.id = proposal.item_id
    RETURNING item.id, item.workstream_id, item.queue_id, item.agent_id, proposal.how
)
INSERT INTO config_event (
    at, kind, work_item_id, workstream_id, queue_id, agent_id, state, reason, data
)
SELECT
    %(now)s, 'offer-made', moved.id, moved.workstream_id, moved.queue_id, moved.agent_id,
    'active', 'awaiting_agent_acceptance', jsonb_build_object('how', moved.how)
FROM moved

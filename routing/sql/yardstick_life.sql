-- The yardstick: a whole life of an item in five transactions of plain SQL, without rules or
-- explanations. Run by pgbench. Called by: bench.whole_life.
\set agent random(1, 10000)
WITH item AS (
    INSERT INTO workstreams_workitem (
        workstream_id, kind, channel, title, state, reason, queue_id, is_pushed, priority,
        customer, context, attributes, required_skills, required_units, required_profiles,
        requirement_key, conversation_key, created_at, waiting_since, last_activity_at,
        state_changed_at
    )
    SELECT id, 'conversation', 'live_chat', 'Bench', 'open', 'awaiting_agent_assignment',
        fallback_queue_id, false, 0, '{}', '{}', '{}', '[]', 1, '{}', 'life', gen_random_uuid(),
        now(), now(), now(), now()
    FROM workstreams_workstream WHERE id = :workstream
    RETURNING id
),
told AS (
    INSERT INTO config_event (at, kind, work_item_id, state)
    SELECT now(), 'work-item-arrived', id, 'open' FROM item
)
SELECT item.id AS item, agent.id AS agent
FROM item, (
    SELECT id FROM agents_agent
    WHERE id >= (SELECT min(id) + :agent % (max(id) - min(id) + 1) FROM agents_agent)
    ORDER BY id LIMIT 1
) AS agent \gset
WITH receipt AS (
    INSERT INTO routing_assignment (
        item_id, agent_id, queue_id, how, outcome, units, profiles, is_override, epoch,
        offered_at, deadline_at
    )
    SELECT id, :agent, queue_id, 'push', 'pending', 1, '{}', false, 0, now(),
        now() + interval '2 minutes'
    FROM workstreams_workitem WHERE id = :item
),
moved AS (
    UPDATE workstreams_workitem
    SET state = 'active', reason = 'awaiting_agent_acceptance', agent_id = :agent,
        state_changed_at = now(), last_activity_at = now()
    WHERE id = :item
),
held AS (
    UPDATE routing_agentload SET units_used = units_used + 1, items_held = items_held + 1
    WHERE agent_id = :agent
)
INSERT INTO config_event (at, kind, work_item_id, agent_id, state)
VALUES (now(), 'offer-made', :item, :agent, 'active');
WITH taken AS (
    UPDATE routing_assignment SET outcome = 'accepted', decided_at = now()
    WHERE item_id = :item AND ended_at IS NULL
),
moved AS (
    UPDATE workstreams_workitem
    SET reason = 'in_conversation', state_changed_at = now(), last_activity_at = now(),
        last_agent_id = :agent
    WHERE id = :item
)
INSERT INTO config_event (at, kind, work_item_id, agent_id, state)
VALUES (now(), 'offer-accepted', :item, :agent, 'active');
WITH moved AS (
    UPDATE workstreams_workitem
    SET state = 'wrap_up', reason = 'agent_moved_to_wrap_up', state_changed_at = now(),
        last_activity_at = now()
    WHERE id = :item
)
INSERT INTO config_event (at, kind, work_item_id, agent_id, state)
VALUES (now(), 'work-item-ended', :item, :agent, 'wrap_up');
WITH over AS (
    UPDATE routing_assignment SET ended_at = now(), capacity_released_at = now()
    WHERE item_id = :item AND ended_at IS NULL
),
moved AS (
    UPDATE workstreams_workitem
    SET state = 'closed', reason = 'ended_by_agent', closed_at = now(), state_changed_at = now(),
        last_activity_at = now()
    WHERE id = :item
),
given AS (
    UPDATE routing_agentload
    SET units_used = units_used - 1, items_held = items_held - 1, last_released_at = now()
    WHERE agent_id = :agent
)
INSERT INTO config_event (at, kind, work_item_id, agent_id, state)
VALUES (now(), 'work-item-closed', :item, :agent, 'closed');

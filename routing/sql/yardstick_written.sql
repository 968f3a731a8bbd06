-- The yardstick: a batch of assignments that was decided outside, written by one statement, without
-- any explanation. Called by: bench.yardsticks.
WITH decided AS (
    SELECT item_id, agent_id
    FROM unnest(%(items)s::bigint[], %(agents)s::bigint[]) AS pair (item_id, agent_id)
),
moved AS (
    UPDATE workstreams_workitem AS target
    SET state = 'active', reason = 'awaiting_agent_acceptance', agent_id = decided.agent_id,
        state_changed_at = now(), last_activity_at = now()
    FROM decided WHERE target.id = decided.item_id AND target.state = 'open'
    RETURNING target.id, target.workstream_id, target.queue_id, target.agent_id
),
receipt AS (
    INSERT INTO routing_assignment (
        item_id, agent_id, queue_id, how, outcome, units, profiles, is_override, epoch,
        offered_at, deadline_at
    )
    SELECT id, agent_id, queue_id, 'push', 'pending', 1, '{}', false, 0, now(),
        now() + interval '2 minutes'
    FROM moved
),
held AS (
    UPDATE routing_agentload AS load
    SET units_used = load.units_used + batch.items, items_held = load.items_held + batch.items,
        last_assigned_at = now()
    FROM (SELECT agent_id, count(*)::int AS items FROM moved GROUP BY agent_id) AS batch
    WHERE load.agent_id = batch.agent_id
),
told AS (
    INSERT INTO config_event (
        at, kind, work_item_id, workstream_id, queue_id, agent_id, state, reason
    )
    SELECT now(), 'offer-made', id, workstream_id, queue_id, agent_id, 'active',
        'awaiting_agent_acceptance'
    FROM moved
)
SELECT count(*)::int FROM moved

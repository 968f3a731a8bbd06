-- The yardstick: one assignment a transaction as one prepared statement, without any
-- explanation. Run by pgbench, each time for another queue. Called by: bench.yardsticks.
\set queue random(:first, :last)
WITH item AS (
    SELECT id, queue_id, workstream_id FROM workstreams_workitem
    WHERE state = 'open' AND is_pushed AND queue_id = :queue
    ORDER BY requirement_key, waiting_since, id LIMIT 1 FOR UPDATE SKIP LOCKED
),
chosen AS (
    SELECT load.agent_id FROM item
    JOIN workstreams_queuemembership AS member ON member.queue_id = item.queue_id
    JOIN routing_agentload AS load ON load.agent_id = member.agent_id
    JOIN agents_agent AS agent ON agent.id = load.agent_id
    WHERE load.units_used < agent.capacity_units
    LIMIT 1 FOR UPDATE OF load SKIP LOCKED
),
receipt AS (
    INSERT INTO routing_assignment (
        item_id, agent_id, queue_id, how, outcome, units, profiles, is_override, epoch,
        offered_at, deadline_at
    )
    SELECT item.id, chosen.agent_id, item.queue_id, 'push', 'pending', 1, '{}', false, 0,
        now(), now() + interval '2 minutes'
    FROM item, chosen
    RETURNING item_id, agent_id
),
moved AS (
    UPDATE workstreams_workitem AS target
    SET state = 'active', reason = 'awaiting_agent_acceptance', agent_id = receipt.agent_id,
        state_changed_at = now(), last_activity_at = now()
    FROM receipt WHERE target.id = receipt.item_id
    RETURNING target.id, target.workstream_id, target.queue_id, target.agent_id
),
held AS (
    UPDATE routing_agentload AS load
    SET units_used = load.units_used + 1, items_held = load.items_held + 1, last_assigned_at = now()
    FROM receipt WHERE load.agent_id = receipt.agent_id
)
INSERT INTO config_event (at, kind, work_item_id, workstream_id, queue_id, agent_id, state, reason)
SELECT now(), 'offer-made', id, workstream_id, queue_id, agent_id, 'active',
    'awaiting_agent_acceptance'
FROM moved;

-- The yardstick: a batch of assignments decided and written by one statement, without any
-- explanation. Called by: bench.yardsticks.
WITH item AS (
    SELECT id, queue_id, row_number() OVER (PARTITION BY queue_id ORDER BY waiting_since, id) AS place
    FROM workstreams_workitem WHERE state = 'open' AND is_pushed
),
room AS (
    SELECT member.queue_id, load.agent_id,
        row_number() OVER (PARTITION BY member.queue_id ORDER BY load.units_used, load.agent_id)
            AS place
    FROM workstreams_queuemembership AS member
    JOIN routing_agentload AS load ON load.agent_id = member.agent_id
),
receipt AS (
    INSERT INTO routing_assignment (
        item_id, agent_id, queue_id, how, outcome, units, profiles, is_override, epoch,
        offered_at, deadline_at
    )
    SELECT item.id, room.agent_id, item.queue_id, 'push', 'pending', 1, '{}', false, 0,
        now(), now() + interval '2 minutes'
    FROM item JOIN room USING (queue_id, place)
    LIMIT %(size)s
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
    SET units_used = load.units_used + batch.items, items_held = load.items_held + batch.items,
        last_assigned_at = now()
    FROM (SELECT agent_id, count(*)::int AS items FROM receipt GROUP BY agent_id) AS batch
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
SELECT count(*)::int FROM receipt

-- Saves in a locked receipt what became of it, lowers its agent's load by what is over (capacity,
-- the session, or both), and thereby locks that; tells the router, which remembers both. Versions
-- before took the session off with the capacity: where one has, the end is not refused for it.
-- Called by: actions.hold_capacity.
WITH saved AS (
    UPDATE routing_assignment
    SET outcome = %(outcome)s,
        decided_at = %(decided_at)s,
        ended_at = %(ended_at)s,
        capacity_release_due_at = %(capacity_release_due_at)s,
        capacity_released_at = %(capacity_released_at)s
    WHERE id = %(id)s
),
woken AS (
    INSERT INTO routing_wakeup (kind, agent_id) VALUES ('capacity', %(agent_id)s)
)
UPDATE routing_agentload
SET units_used = units_used - %(units)s,
    items_held = GREATEST(items_held - %(sessions)s, 0),
    last_released_at = COALESCE(%(last_released_at)s, last_released_at)
WHERE agent_id = %(agent_id)s

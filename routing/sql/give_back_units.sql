-- Saves in a locked receipt what became of it, lowers its agent's load by it, and thereby locks
-- that; tells the router. Only work that was taken counts as the agent's last: who declined an
-- offer, or lost it, has been without work since before. Called by: actions.hold_capacity.
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
    items_held = items_held - 1,
    last_released_at = CASE
        WHEN %(outcome)s = 'accepted' THEN %(capacity_released_at)s ELSE last_released_at
    END
WHERE agent_id = %(agent_id)s

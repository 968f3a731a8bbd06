-- Lowers an agent's load by one receipt, and thereby locks it; tells the router. Called by:
-- actions.hold_capacity.
WITH woken AS (
    INSERT INTO routing_wakeup (kind, agent_id) VALUES ('capacity', %(agent_id)s)
)
UPDATE routing_agentload
SET units_used = units_used - %(units)s,
    items_held = items_held - 1,
    last_released_at = %(now)s
WHERE agent_id = %(agent_id)s

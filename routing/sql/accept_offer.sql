-- Makes a locked pending offer accepted, and locks the load of its agent. Called by:
-- actions.accept_offer.
WITH accepted AS (
    UPDATE routing_assignment
    SET outcome = 'accepted', decided_at = %(now)s
    WHERE id = %(assignment_id)s
)
SELECT 1 FROM routing_agentload WHERE agent_id = %(agent_id)s FOR UPDATE

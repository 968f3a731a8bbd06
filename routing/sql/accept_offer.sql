-- Makes a locked pending offer accepted, and locks the load of its agent; says whether profiles of it
-- come back only at the end of the day. Called by: actions.accept_offer.
WITH accepted AS (
    UPDATE routing_assignment
    SET outcome = 'accepted', decided_at = %(now)s
    WHERE id = %(assignment_id)s
)
SELECT EXISTS (
    SELECT FROM agents_capacityprofile AS profile
    WHERE profile.id = ANY(%(profiles)s::bigint[]) AND profile.reset_frequency = 'end_of_day'
)
FROM routing_agentload WHERE agent_id = %(agent_id)s FOR UPDATE

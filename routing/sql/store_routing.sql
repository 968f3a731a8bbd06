-- Writes what was decided about an item, the decision and the event, tells the router where it
-- waits for it, and says whether anybody serves its queue. Called by: actions.route_item.
WITH routed AS (
    UPDATE workstreams_workitem
    SET queue_id = %(queue_id)s,
        title = %(title)s,
        priority = %(priority)s,
        context = %(context)s::jsonb,
        attributes = %(attributes)s::jsonb,
        required_skills = %(required_skills)s::jsonb,
        required_units = %(required_units)s,
        required_profiles = %(required_profiles)s::bigint[],
        requirement_key = %(requirement_key)s,
        configuration_version = %(configuration_version)s,
        overflow_checked_at = %(overflow_checked_at)s,
        fell_back = %(fell_back)s,
        overflow_transfer_count = %(overflow_transfer_count)s
    WHERE id = %(work_item_id)s
),
told AS (
    {append}
),
woken AS (
    INSERT INTO routing_wakeup (kind, queue_id) SELECT 'arrival', %(queue_id)s WHERE %(waits)s
)
INSERT INTO routing_routingdecision (work_item_id, stage, version, at, queue_id, document)
VALUES (
    %(work_item_id)s, 'routing', %(configuration_version)s, %(at)s, %(queue_id)s,
    %(document)s::jsonb
)
RETURNING id, EXISTS (
    SELECT FROM workstreams_queuemembership AS member
    JOIN agents_agent AS agent ON agent.id = member.agent_id
    WHERE member.queue_id = %(queue_id)s AND agent.is_enabled
)

-- Inserts the receipts of a batch as pending offers. Called by: dispatcher.commit.
INSERT INTO routing_assignment (
    item_id, agent_id, queue_id, how, outcome, units, profiles, is_override, epoch,
    offered_at, deadline_at, template_id, may_decline, auto_assign, auto_accept
)
SELECT
    proposal.item_id, proposal.agent_id, proposal.queue_id, proposal.how, 'pending',
    proposal.units,
    ARRAY(SELECT jsonb_array_elements_text(proposal.profiles::jsonb)::bigint),
    proposal.is_override, %(epoch)s, %(now)s, proposal.deadline_at,
    proposal.template_id, proposal.may_decline, proposal.auto_assign, proposal.auto_accept
FROM unnest(
    %(item_ids)s::bigint[], %(agent_ids)s::bigint[], %(queue_ids)s::bigint[], %(hows)s::text[],
    %(units)s::int[], %(profiles)s::text[], %(overrides)s::bool[], %(deadlines)s::timestamptz[],
    %(templates)s::bigint[], %(may_declines)s::bool[], %(auto_assigns)s::bool[],
    %(auto_accepts)s::bool[]
) AS proposal (
    item_id, agent_id, queue_id, how, units, profiles, is_override, deadline_at,
    template_id, may_decline, auto_assign, auto_accept
)

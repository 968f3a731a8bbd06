-- Takes the visible changes of agents, as long as the router's lease is its own: another router's
-- are not to be taken away from it. Called by: dispatcher.candidates, once a cycle.
WITH lease AS MATERIALIZED (
    SELECT FROM routing_routerlease WHERE id = 1 AND epoch = %(epoch)s FOR SHARE
),
taken AS (
    DELETE FROM routing_agentchange WHERE EXISTS (SELECT FROM lease)
    RETURNING agent_id
)
SELECT DISTINCT agent_id FROM taken

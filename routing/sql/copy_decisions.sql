-- Stores why each agent was chosen, by the copy protocol: a third quicker than an insert.
-- Called by: dispatcher.commit.
COPY routing_routingdecision (
    work_item_id, stage, version, at, queue_id, agent_id, document
) FROM STDIN

-- Locks those of the proposed items that still wait where the cycle saw them; rows that
-- somebody else holds are skipped and decided again. Called by: dispatcher.commit.
SELECT item.id, item.workstream_id
FROM workstreams_workitem AS item
JOIN unnest(%(item_ids)s::bigint[], %(queue_ids)s::bigint[], %(requirement_keys)s::text[])
    AS proposal (item_id, queue_id, requirement_key) ON proposal.item_id = item.id
WHERE item.state = 'open'
    AND item.queue_id = proposal.queue_id
    AND item.requirement_key = proposal.requirement_key
ORDER BY item.id
FOR UPDATE OF item SKIP LOCKED

-- Locks those of the proposed items that still wait, by id, and says where; rows that somebody
-- else holds are skipped and decided again. Called by: dispatcher.commit.
-- Looked up by key: joined with the proposals the whole table was read once it was not long.
SELECT
    item.id, item.queue_id, item.requirement_key, item.workstream_id,
    item.contact_id IS NOT NULL OR item.account_id IS NOT NULL
FROM workstreams_workitem AS item
WHERE item.id = ANY(%(item_ids)s::bigint[])
    AND item.state = 'open'
ORDER BY item.id
FOR UPDATE OF item SKIP LOCKED

-- Stores with a record what rules set of it; all other fields stay as they are. The record's work
-- item is locked before. Called by: actions.write_records.
UPDATE workstreams_record
SET title = coalesce(%(title)s, title),
    description = coalesce(%(description)s, description),
    data = data || %(data)s::jsonb
WHERE id = %(id)s

-- Further fields of the newest records of a type (null: of any), contacts and accounts, with how
-- their values are written. Called by: queries.data_fields. Indexes: primary keys, backwards.
WITH newest AS (
    (SELECT 'record' AS entity, data FROM workstreams_record
     WHERE %(record_type)s::bigint IS NULL OR record_type_id = %(record_type)s::bigint
     ORDER BY id DESC LIMIT %(looked_at)s)
    UNION ALL
    (SELECT 'contact', data FROM workstreams_contact ORDER BY id DESC LIMIT %(looked_at)s)
    UNION ALL
    (SELECT 'account', data FROM workstreams_account ORDER BY id DESC LIMIT %(looked_at)s)
)
SELECT entity, key, array_agg(DISTINCT jsonb_typeof(value))
FROM newest, jsonb_each(CASE WHEN jsonb_typeof(data) = 'object' THEN data ELSE '{}' END)
WHERE jsonb_typeof(value) NOT IN ('null', 'object')
GROUP BY entity, key
ORDER BY entity, key

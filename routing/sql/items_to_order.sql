-- All waiting pushed items of queues whose assignment method looks at each item, with a stamp that
-- changes with any row that its fields are read from, and with the name of its way in. Called by: queries.fields_of_waiting.
-- Index: workstreams_item_to_assign. Items with a history are read elsewhere.
SELECT
    item.id, item.queue_id, item.requirement_key,
    concat_ws(
        ':', item.xmin, item.ctid, contact.xmin, contact.ctid, company.xmin, company.ctid,
        account.xmin, account.ctid, linked.xmin, linked.ctid, record.xmin, record.ctid,
        of_linked.xmin, of_linked.ctid, of_record.xmin, of_record.ctid,
        accounts.stamp, instance.name
    ) AS stamp
FROM workstreams_workitem AS item
LEFT JOIN workstreams_contact AS contact ON contact.id = item.contact_id
LEFT JOIN workstreams_account AS company ON company.id = contact.account_id
LEFT JOIN workstreams_account AS account ON account.id = item.account_id
LEFT JOIN workstreams_record AS linked ON linked.id = item.case_id
LEFT JOIN workstreams_record AS record ON record.id = item.record_id
LEFT JOIN workstreams_contact AS of_linked ON of_linked.id = linked.contact_id
LEFT JOIN workstreams_contact AS of_record ON of_record.id = record.contact_id
LEFT JOIN workstreams_channelinstance AS instance ON instance.id = item.channel_instance_id
LEFT JOIN LATERAL (
    SELECT string_agg(concat_ws(':', each.xmin, each.ctid), ',' ORDER BY each.id) AS stamp
    FROM workstreams_account AS each
    WHERE each.id IN (linked.account_id, record.account_id, of_record.account_id)
) AS accounts ON TRUE
WHERE item.state = 'open' AND item.is_pushed
    AND item.queue_id = ANY(%(queue_ids)s::bigint[])
    AND item.requirement_key NOT LIKE '%%:%%'
    AND NOT (
        %(waits)s AND EXISTS (
            SELECT FROM workstreams_preferredagent AS wish WHERE wish.contact_id = item.contact_id
        )
    )
ORDER BY item.waiting_since, item.id

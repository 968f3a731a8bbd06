-- The first waiting pushed items of each (queue, requirement), oldest first.
-- Called by: queries.waiting_items. Index: workstreams_item_to_assign.
-- Groups are found by skipping from one to the next along the index, so a group of
-- any length costs one look; of each group an equal share of %(limit)s items is read: the first
-- whole, of those behind it since when each waits and its id, which the index knows alone.
-- Items with a history have a key of their own, with a colon; of these the oldest
-- %(most_personal)s are read and, where all queues are looked at, as many of the others, at each
-- %(turn)s different ones: if nobody can take the oldest they hold up nobody for ever. What goes back
-- to an agent goes before all: it is looked for among as many of the latest, where who comes back is.
-- Index: workstreams_item_personal.
-- Queues where nobody is there with any room are left out before their groups are looked for,
-- but not what goes back to its agent, who needs neither; and so are basic queues, whose work is
-- picked. Where work without weight exists, who is full counts too. A router knows which queues
-- are %(staffed)s; null asks the tables.
-- What is read is looked up by key at the end: joined alone, the whole table was gone through.
-- Groups of which the router knows that nobody can take them are left out, too.
-- With %(prefers)s what a preferred agent who is there may have is read out of turn (is_ahead);
-- with %(waits)s nobody else may have it; of these too the oldest, and others in turn.
-- Index: workstreams_item_of_contact.
WITH RECURSIVE staffed AS MATERIALIZED (
    SELECT queue.id
    FROM workstreams_queue AS queue
    WHERE queue.distributes
        AND (%(queue_ids)s::bigint[] IS NULL OR queue.id = ANY(%(queue_ids)s::bigint[]))
        AND CASE WHEN %(staffed)s::bigint[] IS NOT NULL THEN
            queue.id = ANY(%(staffed)s::bigint[])
        ELSE
            EXISTS (
                SELECT
                FROM workstreams_queuemembership AS membership
                JOIN agents_agent AS agent ON agent.id = membership.agent_id AND agent.is_enabled
                JOIN agents_agentpresence AS presence ON presence.agent_id = agent.id
                LEFT JOIN routing_agentload AS load ON load.agent_id = agent.id
                WHERE membership.queue_id = queue.id
                    AND presence.base = ANY(%(presences)s::text[])
                    AND (
                        COALESCE(load.units_used, 0) < COALESCE(agent.capacity_units, 0)
                            + CASE WHEN %(is_weightless)s THEN 1 ELSE 0 END
                        OR EXISTS (
                            SELECT FROM agents_agentcapacityprofile AS held
                            WHERE held.agent_id = agent.id
                        )
                    )
            )
        END
),
waiting_group AS (
    SELECT first.queue_id, first.requirement_key
    FROM staffed
    CROSS JOIN LATERAL (
        SELECT item.queue_id, item.requirement_key
        FROM workstreams_workitem AS item
        WHERE item.state = 'open' AND item.is_pushed
            AND item.requirement_key NOT LIKE '%%:%%'
            AND item.queue_id = staffed.id
        ORDER BY item.queue_id, item.requirement_key
        LIMIT 1
    ) AS first
    UNION ALL
    SELECT following.queue_id, following.requirement_key
    FROM waiting_group
    CROSS JOIN LATERAL (
        SELECT item.queue_id, item.requirement_key
        FROM workstreams_workitem AS item
        WHERE item.state = 'open' AND item.is_pushed
            AND item.requirement_key NOT LIKE '%%:%%'
            AND item.queue_id = waiting_group.queue_id
            AND item.requirement_key > waiting_group.requirement_key
        ORDER BY item.queue_id, item.requirement_key
        LIMIT 1
    ) AS following
),
with_history AS NOT MATERIALIZED (
    SELECT id, last_agent_id, waiting_since
    FROM workstreams_workitem
    WHERE state = 'open' AND is_pushed AND requirement_key LIKE '%%:%%'
        AND (%(queue_ids)s::bigint[] IS NULL OR queue_id = ANY(%(queue_ids)s::bigint[]))
        -- Before they are counted: those nobody is there for hold up nobody.
        AND (last_agent_id IS NOT NULL OR queue_id IN (SELECT staffed.id FROM staffed))
        AND NOT (
            %(waits)s AND last_agent_id IS NULL AND EXISTS (
                SELECT FROM workstreams_preferredagent AS wish
                WHERE wish.contact_id = workstreams_workitem.contact_id
            )
        )
),
oldest AS MATERIALIZED (
    SELECT id
    FROM with_history
    ORDER BY waiting_since, id
    LIMIT %(most_personal)s
),
latest AS NOT MATERIALIZED (
    SELECT id, last_agent_id
    FROM with_history
    WHERE (SELECT count(*) FROM oldest) >= %(most_personal)s
    ORDER BY waiting_since DESC, id DESC
    LIMIT %(most_personal)s
),
personal AS MATERIALIZED (
    SELECT id FROM oldest
    UNION
    SELECT id FROM latest WHERE last_agent_id IS NOT NULL
    UNION
    (
        SELECT id
        FROM with_history
        WHERE %(queue_ids)s::bigint[] IS NULL
            AND (SELECT count(*) FROM oldest) >= %(most_personal)s
            AND id NOT IN (SELECT oldest.id FROM oldest)
        ORDER BY hashint8extended(id, %(turn)s)
        LIMIT %(most_personal)s
    )
),
preferred AS MATERIALIZED (
    SELECT wanted.id
    FROM (
        SELECT
            item.id,
            row_number() OVER (ORDER BY min(item.waiting_since), item.id) > %(most_personal)s
                AS is_behind
        FROM workstreams_preferredagent AS wish
        JOIN agents_agent AS agent ON agent.id = wish.agent_id AND agent.is_enabled
        JOIN agents_agentpresence AS presence
            ON presence.agent_id = agent.id AND presence.base = ANY(%(presences)s::text[])
        JOIN workstreams_workitem AS item
            ON item.contact_id = wish.contact_id AND item.state = 'open' AND item.is_pushed
        JOIN workstreams_queuemembership AS membership
            ON membership.queue_id = item.queue_id AND membership.agent_id = agent.id
        WHERE %(prefers)s
            AND (%(queue_ids)s::bigint[] IS NULL OR item.queue_id = ANY(%(queue_ids)s::bigint[]))
        GROUP BY item.id
    ) AS wanted
    ORDER BY
        is_behind,
        CASE WHEN is_behind THEN hashint8extended(wanted.id, %(turn)s) END,
        wanted.id
    LIMIT %(most_personal)s * CASE WHEN %(queue_ids)s::bigint[] IS NULL THEN 2 ELSE 1 END
),
touched AS (
    SELECT queue_id, requirement_key
    FROM waiting_group
    WHERE (queue_id, requirement_key) NOT IN (
        SELECT blocked.queue_id, blocked.key
        FROM unnest(%(blocked_queues)s::bigint[], %(blocked_keys)s::text[])
            AS blocked (queue_id, key)
    )
),
share AS MATERIALIZED (
    SELECT greatest(%(least)s, %(limit)s / greatest(count(*), 1))::int AS size FROM touched
),
front AS MATERIALIZED (
    SELECT first.ids, first.ids[1] AS id, first.times
    FROM touched
    CROSS JOIN LATERAL (
        SELECT
            array_agg(candidate.id) AS ids,
            array_agg(date_part('epoch', candidate.waiting_since)) AS times
        FROM (
            SELECT item.id, item.waiting_since
            FROM workstreams_workitem AS item
            WHERE item.state = 'open' AND item.is_pushed
                AND item.queue_id = touched.queue_id
                AND item.requirement_key = touched.requirement_key
                AND NOT (
                    %(waits)s AND EXISTS (
                        SELECT FROM workstreams_preferredagent AS wish
                        WHERE wish.contact_id = item.contact_id
                    )
                )
            ORDER BY item.queue_id, item.requirement_key, item.waiting_since, item.id
            LIMIT (SELECT size FROM share)
        ) AS candidate
    ) AS first
    WHERE first.ids IS NOT NULL
),
in_turn AS (
    SELECT unnest(ids) AS id FROM front
    UNION ALL
    SELECT personal.id FROM personal
),
read AS (
    SELECT id, ids, times, false AS is_ahead FROM front
    UNION ALL
    SELECT personal.id, NULL, NULL, false FROM personal
    UNION ALL
    SELECT id, NULL, NULL, true FROM preferred WHERE id NOT IN (SELECT id FROM in_turn)
    UNION ALL
    -- Whose customers prefer somebody are read whole, wherever they stand in their group.
    SELECT DISTINCT item.id, NULL::bigint[], NULL::double precision[], false
    FROM workstreams_preferredagent AS wish
    JOIN workstreams_workitem AS item
        ON item.contact_id = wish.contact_id AND item.state = 'open' AND item.is_pushed
    WHERE %(prefers)s
        AND item.id IN (SELECT id FROM in_turn)
        AND item.id NOT IN (SELECT id FROM front)
        AND item.id NOT IN (SELECT id FROM personal)
)
SELECT
    item.id, item.workstream_id, item.queue_id, item.requirement_key, item.kind, item.channel,
    item.title, date_part('epoch', item.created_at), date_part('epoch', item.waiting_since),
    item.priority, item.required_skills, item.required_units, item.required_profiles,
    item.last_agent_id,
    (item.contact_id IS NOT NULL OR item.account_id IS NOT NULL) AS is_known_customer,
    CASE WHEN %(prefers)s THEN ARRAY(
        SELECT wish.agent_id || ' ' || person.username
        FROM workstreams_preferredagent AS wish
        JOIN agents_agent AS agent ON agent.id = wish.agent_id
        JOIN agents_user AS person ON person.id = agent.user_id
        WHERE wish.contact_id = item.contact_id
        ORDER BY wish.position
    ) ELSE '{}' END AS preferred,
    read.is_ahead, read.ids, read.times,
    (SELECT size FROM share)
FROM read
JOIN workstreams_workitem AS item ON item.id = read.id
WHERE item.id = ANY(ARRAY(SELECT read.id FROM read))
ORDER BY item.waiting_since, item.id

"""I2: an item has at most one open assignment."""

from typing import Final

from tests.promises.breaches.of_items import EVENTS, RECEIPTS, Breaches

TAKEN_UP: Final = (
    "('offer-accepted', 'work-item-picked', 'work-item-assigned', 'work-item-reopened')"
)

OF_ASSIGNMENTS: Final[Breaches] = (
    (
        "I2: an item has two open assignments",
        "SELECT item_id FROM routing_assignment WHERE ended_at IS NULL"
        " GROUP BY item_id HAVING count(*) > 1",
    ),
    (
        "I2: an item was taken up again before it was given up",
        f"""
        SELECT work_item_id FROM (
            SELECT work_item_id, begins, lag(begins) OVER (
                PARTITION BY work_item_id ORDER BY id
            ) AS has_begun
            FROM (
                SELECT id, work_item_id,
                    kind IN {TAKEN_UP} AS begins,
                    kind = 'offer-made' OR state <> 'active' AS ends
                FROM ({EVENTS}) AS event
            ) AS step WHERE begins OR ends
        ) AS change WHERE begins AND has_begun
        """,
    ),
    (
        "I2: acceptances and accepted receipts differ in number",
        f"""
        SELECT item_id FROM (
            SELECT item_id, count(*) AS receipts FROM ({RECEIPTS}) AS receipt
            WHERE outcome = 'accepted' GROUP BY item_id
        ) AS receipt FULL JOIN (
            SELECT work_item_id AS item_id, count(*) AS events FROM ({EVENTS}) AS event
            WHERE kind IN {TAKEN_UP}
            GROUP BY work_item_id
        ) AS event USING (item_id)
        WHERE receipts IS DISTINCT FROM events
        """,
    ),
    (
        "I2: offers made, declined and missed are others than those told of",
        f"""
        SELECT item_id, made, told FROM (
            SELECT item_id, ARRAY[
                count(*),
                count(*) FILTER (WHERE outcome = 'declined'),
                count(*) FILTER (WHERE outcome = 'missed')
            ] AS made
            FROM ({RECEIPTS}) AS receipt GROUP BY item_id
        ) AS receipt FULL JOIN (
            SELECT work_item_id AS item_id, ARRAY[
                count(*) FILTER (WHERE kind = 'offer-made' OR kind IN {TAKEN_UP})
                    - count(*) FILTER (WHERE kind = 'offer-accepted'),
                count(*) FILTER (WHERE kind = 'offer-declined'),
                count(*) FILTER (WHERE kind = 'offer-missed')
            ] AS told
            FROM ({EVENTS}) AS event GROUP BY work_item_id
        ) AS event USING (item_id)
        WHERE COALESCE(made, ARRAY[0, 0, 0]) <> COALESCE(told, ARRAY[0, 0, 0])
        """,
    ),
)

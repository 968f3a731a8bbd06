"""I4 when nobody moves any more: what waits has a named blocker, or is matched in a moment."""

from typing import Any, Final

from routing.engine.explain.waiting import GOES_BACK, WANTED
from routing.engine.explain.words import ELIGIBLE
from tests.promises.processes import wait_until
from tests.promises.world import World

# The next cycle gives it to somebody.
MATCHABLE: Final = (ELIGIBLE, GOES_BACK, WANTED)
# A full cycle comes every two seconds, and another router takes over within five; on a busy machine
# all takes longer.
PATIENCE_SECONDS: Final = 40.0
OPEN: Final = """
    SELECT id, state_changed_at::text FROM workstreams_workitem WHERE state = 'open' ORDER BY id
"""

# What a sweep ends, gives back or hands over when its time has come.
OVERDUE: Final = """
    SELECT item_id, deadline_at::text, 'its offer ran out and is still there'
    FROM routing_assignment WHERE outcome = 'pending' AND deadline_at < clock_timestamp()
    UNION ALL
    SELECT item_id, capacity_release_due_at::text, 'its wrap-up is over and still blocks'
    FROM routing_assignment
    WHERE capacity_released_at IS NULL AND capacity_release_due_at < clock_timestamp()
    UNION ALL
    SELECT item_id, day_ends_at::text, 'its day is over and still blocks'
    FROM routing_assignment WHERE day_released_at IS NULL AND day_ends_at < clock_timestamp()
    UNION ALL
    -- After two minutes it goes to people.
    SELECT talk.item_id, talk.started_at::text, 'its bot does not answer'
    FROM workstreams_botconversation AS talk JOIN workstreams_message AS said
        ON said.item_id = talk.item_id AND said.author = 'customer' AND said.id > talk.answered_id
    WHERE talk.outcome = 'talking' AND said.created_at < clock_timestamp() - interval '3 minutes'
"""

Waiting = tuple[int, str]


def broken_at_rest(world: World) -> list[str]:
    """Items without a named blocker, those that somebody could take who is not asked, and those
    whose time is over without that anything follows."""
    found: dict[Waiting, str] = {}
    # However long one look takes, what it finds was so for a moment: the time begins with the next.
    if not _forgotten(world, found):
        return []
    try:
        wait_until(lambda: not _forgotten(world, found), "", PATIENCE_SECONDS, every=1.0)
    except AssertionError:
        return [f"I4: item {item}, since {since}: {why}" for (item, since), why in found.items()]
    return []


def _forgotten(world: World, found: dict[Waiting, str]) -> dict[Waiting, str]:
    """What is wrong now, and was wrong all the time: an item that moved meanwhile is new."""
    waiting = [(int(item), str(since)) for item, since in world.rows(OPEN)]
    wrong = {each: why for each in waiting if (why := _why_wrong(world, each[0]))}
    wrong |= {(int(item), str(since)): str(why) for item, since, why in world.rows(OVERDUE)}
    still = {each: why for each, why in wrong.items() if each in found} if found else wrong
    found.clear()
    found.update(still)
    return found


def _why_wrong(world: World, item: int) -> str:
    answer = world.client("supervisor").api("GET", f"/work-items/{item}/explanation")
    blockers: list[dict[str, Any]] = answer.json()["waiting_because"]
    if not blockers:
        is_open = world.value("SELECT state FROM workstreams_workitem WHERE id = %s", item)
        return "nothing says why" if is_open == "open" else ""
    is_matchable = any(each["blocker"] in MATCHABLE for each in blockers)
    return "somebody could take it" if is_matchable else ""

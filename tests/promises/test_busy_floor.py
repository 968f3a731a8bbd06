"""I2, I3, I4, I6: everybody moves at once while routers are killed, and nothing is wrong."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from tests.promises.checker import conversations_not_once
from tests.promises.world import World

ACTORS = 3
SECONDS = 14.0
KILLS = 2
SECONDS_BETWEEN_LOOKS = 0.3
# Each router is killed once it has given out work of its own.
PUSHED = """
    SELECT count(*) FROM routing_assignment
    WHERE how = 'push' AND epoch = %s AND offered_at > clock_timestamp() - interval '5 seconds'
"""
MOVES = {
    "arrive", "pick", "accept", "decline", "end", "close", "release", "transfer", "assign",
    "leave", "say", "change_presence", "force_close",
}  # fmt: skip


def test_no_promise_is_broken_at_any_moment_while_routers_are_killed(world: World) -> None:
    actors = world.begin_actors(ACTORS, SECONDS)

    seen: list[str] = []
    killed: list[int] = []
    while any(actor.process.poll() is None for actor in actors):
        seen += world.violations()
        epoch = world.epoch()
        if epoch not in killed and len(killed) < KILLS and world.value(PUSHED, epoch):
            killed.append(epoch)
            world.kill("router")
        time.sleep(SECONDS_BETWEEN_LOOKS)

    reports = [world.report_of(actor) for actor in actors]
    done = sum((Counter(report["done"]) for report in reports), Counter())
    assert seen == []
    assert [each for report in reports for each in report["broken"]] == []
    assert [each for report in reports for each in report["deadlocks"]] == []
    assert done.keys() >= MOVES
    assert len(killed) == KILLS
    keys = [UUID(key) for report in reports for key in report["conversations"]]
    with world.database() as database:
        assert conversations_not_once(database, keys) == []


def test_one_of_thirty_agents_gets_the_item_and_the_others_are_told(world: World) -> None:
    item = world.arrive("Mail")
    people = [username for username in world.tokens if username.startswith("agent-")]
    clients = [world.client(username) for username in people]

    with ThreadPoolExecutor(len(clients)) as pool:
        path = f"/work-items/{item}/pick"
        answers = list(pool.map(lambda client: client.api("POST", path), clients))

    outcomes = Counter(
        (answer.status_code, answer.json().get("type", "taken")) for answer in answers
    )
    assert outcomes == {(200, "taken"): 1, (409, "already-taken"): len(clients) - 1}
    owners = world.rows("SELECT count(*) FROM routing_assignment WHERE item_id = %s", item)
    assert owners == [(1,)]

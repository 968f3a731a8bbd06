"""I1 to I7: everybody moves at once, much goes wrong, and nothing is broken at any moment."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from tests.promises.soak import Soak
from tests.promises.world import World

SEED = 5
OPERATIONS = 2500
# However fast the machine is.
FAULTS = 5
# Only a machine that is busy with other things needs as long.
SECONDS = 1800.0
MOVES = {
    "arrive", "pick", "accept", "decline", "end", "close", "release", "transfer", "assign",
    "leave", "say", "change_presence", "force_close", "change_memberships", "change_agent_skills",
    "sign_in_or_out", "publish_queue", "publish_workstream", "end_advice",
}  # fmt: skip


def test_no_promise_is_broken_while_people_move_and_machines_fail(world: World) -> None:
    said: list[str] = []
    soak = Soak(world, SEED, say=said.append)

    account = soak.run(
        operations=OPERATIONS, seconds=SECONDS, people=2, by_web=1, pause=2, faults=FAULTS
    )

    assert account.violations == []
    assert account.done.keys() >= MOVES
    assert account.operations >= OPERATIONS
    assert account.faults.total() >= FAULTS
    assert account.items_looked_at > 100


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

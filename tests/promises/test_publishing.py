"""I5: a decision is made by one published version, entirely, while versions follow each other."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Event

from tests.promises.world import World

EDITS = 25
# What each decision says its version is, against what that version's own rules set.
DECIDED = """
    SELECT item.context ->> 'first', item.context ->> 'second', (
        SELECT piece.document #>> '{classification,0,rules,0,then,set,context.first}'
        FROM routing_configurationchange AS change
        JOIN routing_configurationpiece AS piece ON piece.hash = change.piece_id
        WHERE change.kind = 'workstream' AND change.object_id = item.workstream_id
            AND change.version_id <= decision.version
        ORDER BY change.version_id DESC LIMIT 1
    ), decision.version = item.configuration_version
    FROM routing_routingdecision AS decision
    JOIN workstreams_workitem AS item ON item.id = decision.work_item_id
    WHERE decision.stage = 'routing' AND item.title = 'I5'
"""


def test_every_item_is_routed_by_one_version_while_rules_are_edited(world: World) -> None:
    workstream = world.value("SELECT id FROM workstreams_workstream WHERE name = 'Chats'")
    before = world.value("SELECT max(number) FROM routing_configurationversion")
    save_rules(world, workstream, "0")
    over = Event()

    with ThreadPoolExecutor(4) as pool:
        senders = [pool.submit(arrive_until, world, over) for _ in range(3)]
        try:
            for number in range(1, EDITS + 1):
                save_rules(world, workstream, str(number))
                world.arrive("Chats", "I5")
        finally:
            over.set()
        arrived = EDITS + sum(sender.result() for sender in senders)

    decisions = world.rows(DECIDED)
    assert len(decisions) == arrived > EDITS
    for first, second, published, same_version in decisions:
        assert first == second == published
        assert same_version
    assert len({first for first, *_ in decisions}) > 5
    after = world.value("SELECT max(number) FROM routing_configurationversion")
    assert after == before + EDITS + 1


def save_rules(world: World, workstream: int, word: str) -> None:
    """Two rulesets that write the same word to two places."""
    rulesets = [
        {
            "name": name,
            "kind": "logical",
            "rules": [{"name": "All", "when": {}, "then": {"set": {f"context.{name}": word}}}],
        }
        for name in ("first", "second")
    ]
    path = f"/workstreams/{workstream}/classification-rulesets"
    answer = world.client("admin").api("PUT", path, rulesets)
    assert answer.status_code == 200, answer.text


def arrive_until(world: World, over: Event) -> int:
    """Take items in until told to stop; how many."""
    for number in count(1):
        world.arrive("Chats", "I5")
        if over.is_set():
            return number
    raise AssertionError

"""PostgreSQL is killed in the middle of everything: nothing acknowledged is lost."""

import signal

from tests.promises.busy_people import begin_actors, report_of
from tests.promises.exactly_once import items_not_once, twice, words_not_once
from tests.promises.processes import wait_until
from tests.promises.settle import settle
from tests.promises.world import World

ACTORS = 2


def test_what_was_acknowledged_outlives_the_death_of_postgresql(world: World) -> None:
    acknowledged = [world.arrive("Chats") for _ in range(5)]
    actors = begin_actors(world, ACTORS)
    wait_until(lambda: all(actor.so_far()["done"] for actor in actors), "moves of everybody")

    world.kill("postgres", signal.SIGKILL)
    # Sent into the dead time: the client repeats it until it is acknowledged.
    acknowledged += [world.arrive("Chats") for _ in range(5)]
    world.wait_ready()
    wait_until(lambda: any(actor.so_far()["lost"] for actor in actors), "a move that was lost")
    for actor in actors:
        actor.stop()

    reports = [report_of(world, actor) for actor in actors]
    titles = [title for report in reports for title in report["titles"]]
    words = [text for report in reports for text in report["words"]]
    assert [each for report in reports for each in report["broken"]] == []
    with world.database() as database:
        assert items_not_once(database, titles) == []
        assert words_not_once(database, words) == []
        assert twice(database) == []
    stored = "SELECT count(*) FROM workstreams_workitem WHERE id = ANY(%s)"
    assert world.value(stored, acknowledged) == len(set(acknowledged)) == 10
    assert_work_goes_on(world)


def assert_work_goes_on(world: World) -> None:
    """A new item finds an agent, once everybody has room again."""
    settle(world)
    item = world.arrive("Chats")
    offered = "SELECT agent_id FROM workstreams_workitem WHERE id = %s"
    wait_until(lambda: world.value(offered, item), "an agent for a new item")

"""The worker may die at any time: nothing of routing hangs on it, and it comes back."""

from tests.promises.processes import wait_until
from tests.promises.world import World


def test_work_goes_on_without_the_worker_and_the_worker_comes_back(world: World) -> None:
    before = {process.pid for process in world.of("worker")}

    world.kill("worker")
    item = world.arrive("Chats")
    offered = "SELECT agent_id FROM workstreams_workitem WHERE id = %s"
    wait_until(lambda: world.value(offered, item), "an offer")

    after = wait_until(lambda: {each.pid for each in world.of("worker")} - before, "a new worker")
    beats = "SELECT count(*) FROM config_heartbeat WHERE process = 'worker' AND name LIKE %s"
    wait_until(lambda: world.value(beats, f"%:{max(after)}"), "its sign of life")

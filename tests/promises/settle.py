"""Bring a world to rest."""

from concurrent.futures import ThreadPoolExecutor
from typing import Final

from tests.promises.seed import QUEUES, UNITS
from tests.promises.world import World

UNFINISHED: Final = "SELECT id FROM workstreams_workitem WHERE state <> 'closed' ORDER BY id"
ABSENT: Final = """
    SELECT username FROM agents_user AS person
    JOIN agents_agent AS agent ON agent.user_id = person.id
    JOIN agents_agentpresence AS presence ON presence.agent_id = agent.id
    WHERE presence.base <> 'available'
"""
MOVED: Final = """
    SELECT username FROM agents_user AS person
    JOIN agents_agent AS agent ON agent.user_id = person.id
    LEFT JOIN workstreams_queuemembership AS membership ON membership.agent_id = agent.id
    GROUP BY username, agent.capacity_units
    HAVING count(membership.id) < %s OR agent.capacity_units <> %s
"""


def settle(world: World) -> None:
    """Everything runs, all work is closed, everybody is available and serves every queue."""
    world.wait_ready()
    supervisor, admin = world.client("supervisor"), world.client("admin")
    home = {"queues": QUEUES, "capacity_units": UNITS}
    for (username,) in world.rows(MOVED, len(QUEUES), UNITS):
        assert admin.api("PATCH", f"/agents/{username}", home).status_code == 200
    with ThreadPoolExecutor(4) as pool:
        for (username,) in world.rows(ABSENT):
            path = f"/agents/{username}/presence"
            assert supervisor.api("PUT", path, {"presence": "available"}).status_code == 200
        while unfinished := [id for (id,) in world.rows(UNFINISHED)]:
            paths = [f"/work-items/{id}/close" for id in unfinished]
            list(pool.map(lambda path: supervisor.api("POST", path), paths))

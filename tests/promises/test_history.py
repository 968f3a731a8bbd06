"""I7: what is written about the past stays as it is; the database itself refuses."""

import psycopg
import pytest

from tests.promises.world import World

NEVER_CHANGED = (
    "config_event",
    "routing_routingdecision",
    "routing_configurationpiece",
    "routing_configurationversion",
    "routing_configurationchange",
)
NEVER_DELETED = ("routing_configurationversion", "routing_configurationchange")
REFUSALS = [f"UPDATE {table} SET {{column}} = {{column}}" for table in NEVER_CHANGED] + [
    f"DELETE FROM {table}" for table in NEVER_DELETED
]


@pytest.mark.parametrize("statement", REFUSALS)
def test_the_past_cannot_be_rewritten(world: World, statement: str) -> None:
    world.arrive("Chats")
    table = statement.split()[1] if statement.startswith("UPDATE") else statement.split()[2]
    columns = "SELECT column_name FROM information_schema.columns WHERE table_name = %s"

    for (column,) in world.rows(columns, table):
        with pytest.raises(psycopg.errors.RaiseException, match="Cannot"):
            world.rows(statement.format(column=column))


def test_events_alone_tell_the_present_state(world: World) -> None:
    item = world.arrive("Mail")
    agent, supervisor = world.client("agent-01"), world.client("supervisor")

    for client, verb, body in (
        (agent, "pick", None),
        (agent, "release", None),
        (agent, "pick", None),
        (supervisor, "transfer", {"agent": "agent-02"}),
        (world.client("agent-02"), "accept", None),
        (world.client("agent-02"), "end", None),
        (world.client("agent-02"), "close", None),
    ):
        answer = client.api("POST", f"/work-items/{item}/{verb}", body)
        assert answer.status_code == 200, answer.text
        # An offer does not wait until all of the past was looked at.
        if verb != "transfer":
            assert world.violations() == []
    assert world.value("SELECT state FROM workstreams_workitem WHERE id = %s", item) == "closed"

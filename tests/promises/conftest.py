"""One world for all tests of promises; each begins and ends with it at rest and whole."""

from collections.abc import Iterator

import pytest

from config.database import ensure_database, uses_named_server
from tests import databases
from tests.promises.settle import settle
from tests.promises.world import World


@pytest.fixture(scope="session")
def whole_world() -> Iterator[World]:
    """The product running, with an organisation in it."""
    ensure_database()
    # A named server may be newer than the programs that make the copy.
    migrated = "" if uses_named_server() else databases.migrated()
    world = World()
    try:
        world.start(migrated=migrated)
        yield world
    finally:
        world.close()


@pytest.fixture
def world(whole_world: World) -> Iterator[World]:
    """The world at rest; afterwards every promise is checked, whatever the test did."""
    settle(whole_world)
    known = whole_world.violations()
    yield whole_world
    whole_world.wait_ready()
    assert [each for each in whole_world.violations() if each not in known] == []

"""The three steps of a cycle, one at a time."""

from collections.abc import Callable
from datetime import datetime

import pytest

from agents.models import Agent, AgentAttributeValue
from routing import configuration
from routing.dispatcher import lease
from routing.dispatcher.candidates import Candidates
from routing.dispatcher.load import Situation, load
from tests.factories import make_agent, make_attribute, make_method, make_profile
from tests.routing.engine.methods import row
from workstreams.models import Queue

Look = Callable[..., Situation]


@pytest.fixture
def look(now: datetime) -> Look:
    """Publish the rows as they stand and read the situation."""

    def read(*, queue_ids: list[int] | None = None, at: datetime = now) -> Situation:
        configuration.publish(by=None, now=now)
        published = configuration.current()
        return load(published=published, queue_ids=queue_ids, now=at, limit=100)

    return read


@pytest.fixture
def candidates(now: datetime) -> Candidates:
    """An active router's, with nothing read yet."""
    epoch = lease.acquire("this one")
    assert epoch is not None
    return Candidates(epoch)


@pytest.fixture
def dora(queue: Queue) -> Agent:
    """Somebody with a bit of everything."""
    profile = make_profile("Cases", limit=4)
    dora = make_agent("dora", queues=[queue], skills={"Spanish": 5}, profiles=[profile])
    site = make_attribute("Site")
    make_attribute("Level", "number")
    AgentAttributeValue.objects.create(agent=dora, attribute=site, value="Rome")
    rows = [row(f"agent.attributes.{name}", "is_set") for name in ("Site", "Level")]
    rule = {"name": "Any", "when": {"any": rows}, "order_by": []}
    make_method("Ours", rulesets=[{"name": "All", "rules": [rule]}])
    return dora

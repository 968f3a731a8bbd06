"""The three steps of a cycle, one at a time."""

from collections.abc import Callable
from datetime import datetime

import pytest

from routing import configuration
from routing.dispatcher.load import Situation, load

Look = Callable[..., Situation]


@pytest.fixture
def look(now: datetime) -> Look:
    """Publish the rows as they stand and read the situation."""

    def read(*, queue_ids: list[int] | None = None, at: datetime = now) -> Situation:
        configuration.publish(by=None, now=now)
        published = configuration.current()
        return load(published=published, queue_ids=queue_ids, now=at, limit=100)

    return read

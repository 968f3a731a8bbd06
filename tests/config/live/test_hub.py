import asyncio

from config.live.hub import KEPT_BATCHES, Hub, Stream
from config.live.reader import Cursor


def heard(stream):
    return asyncio.run(stream.next(within=0.01))


def joined(hub, *topics, after=None):
    stream = Stream(frozenset(topics))
    hub.join(stream, after=after)
    return stream


def hub_at(xid):
    hub = Hub()
    hub.restarted(Cursor(xid=xid, id=0))
    return hub


def test_a_stream_hears_of_its_own_topics_only():
    hub = hub_at(5)
    stream = joined(hub, "queue-3", "agent-1", after=Cursor(xid=5, id=0))

    hub.changed(Cursor(xid=6, id=1), {"floor", "queue-3", "queue-4"})

    assert heard(stream) == (False, ["queue-3"])


def test_changes_of_several_polls_come_together():
    hub = hub_at(5)
    stream = joined(hub, "queue-3", "queue-4", after=Cursor(xid=5, id=0))

    hub.changed(Cursor(xid=6, id=1), {"queue-3"})
    hub.changed(Cursor(xid=7, id=2), {"queue-3", "queue-4"})

    assert heard(stream) == (False, ["queue-3", "queue-4"])
    assert heard(stream) == (False, [])


def test_a_stream_without_a_cursor_starts_in_doubt():
    assert heard(joined(hub_at(5), "floor")) == (True, [])


def test_a_page_rendered_before_the_hub_started_is_in_doubt():
    assert heard(joined(hub_at(5), "floor", after=Cursor(xid=4, id=9))) == (True, [])


def test_a_stream_hears_what_happened_since_its_page_was_rendered():
    hub = hub_at(5)
    hub.changed(Cursor(xid=6, id=1), {"queue-3"})
    hub.changed(Cursor(xid=8, id=2), {"queue-4"})

    stream = joined(hub, "queue-3", "queue-4", after=Cursor(xid=7, id=0))

    assert heard(stream) == (False, ["queue-4"])


def test_what_is_no_longer_kept_is_a_doubt():
    hub = hub_at(5)
    for number in range(KEPT_BATCHES + 1):
        hub.changed(Cursor(xid=6 + number, id=number), {"floor"})

    assert heard(joined(hub, "floor", after=Cursor(xid=5, id=0))) == (True, [])
    assert heard(joined(hub, "floor", after=Cursor(xid=6, id=0))) == (False, ["floor"])


def test_after_a_new_connection_everybody_is_in_doubt():
    hub = hub_at(5)
    streams = [joined(hub, "floor", after=Cursor(xid=5, id=0)) for _ in range(3)]

    hub.restarted(Cursor(xid=9, id=0))

    assert [heard(stream) for stream in streams] == [(True, [])] * 3


def test_a_stream_that_left_costs_nothing():
    hub = hub_at(5)
    stream = joined(hub, "floor")

    hub.leave(stream)

    assert len(hub) == 0
    assert hub._listeners == {}

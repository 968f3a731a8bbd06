import pytest

from config.live.topics import LARGEST_NUMBER_OF_TOPICS, parse_topics, topics_of


@pytest.mark.parametrize(
    ("event", "topics"),
    [
        pytest.param(
            {"kind": "offer-made", "work_item_id": 7, "queue_id": 3, "agent_id": 5, "data": {}},
            {"floor", "queues", "item-7", "queue-3", "agent-5"},
            id="offer",
        ),
        pytest.param(
            {"kind": "message-added", "work_item_id": 7, "queue_id": 3, "agent_id": 5},
            {"item-7", "agent-5"},
            id="a message is no news to queue and floor",
        ),
        pytest.param(
            {
                "kind": "work-item-transferred",
                "work_item_id": 7,
                "queue_id": 3,
                "data": {"from_queue_id": 4, "from_agent_id": 5, "note": "x", "to_queue_id": None},
            },
            {"floor", "queues", "item-7", "queue-3", "queue-4", "agent-5"},
            id="transfer touches where it came from",
        ),
        pytest.param(
            {"kind": "queue-members-changed", "queue_id": 3, "data": {"agent_ids": [1, 2, True]}},
            {"floor", "queues", "queue-3", "agent-1", "agent-2"},
            id="members",
        ),
        pytest.param(
            {"kind": "configuration-published", "data": [1]}, {"floor"}, id="configuration"
        ),
    ],
)
def test_an_event_touches(event, topics):
    assert topics_of(event) == topics


def test_topics_are_read_once_each_in_order():
    assert parse_topics("queue-3, floor,queue-3,agent-12") == ["agent-12", "floor", "queue-3"]


@pytest.mark.parametrize(
    "text",
    ["", "everything", "queue-0", "queue-x", "floor,item-", f"item-{'9' * 20}", "queue-\u0663"],
)
def test_text_that_names_no_topic_gives_none(text):
    assert parse_topics(text) == []


def test_too_many_topics_give_none():
    names = ",".join(f"item-{number}" for number in range(1, LARGEST_NUMBER_OF_TOPICS + 2))

    assert parse_topics(names) == []

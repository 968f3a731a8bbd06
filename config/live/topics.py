"""Which topics an event touches, and what a topic may look like."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

FLOOR: Final = "floor"
# Some queue, whichever: for whom there are too many to name each.
QUEUES: Final = "queues"
MESSAGE_ADDED: Final = "message-added"
LARGEST_NUMBER_OF_TOPICS: Final = 300
MOST_QUEUES_NAMED: Final = 200
TOPIC: Final = re.compile(r"floor|queues|(?:item|queue|agent)-[1-9]\d{0,18}", re.ASCII)
# Column of the event -> kind of topic. In its data ``..._queue_id`` and ``queue_ids`` count
# as well: a transfer touches the queue it leaves, an assignment the agent it is taken from.
TOPIC_OF_COLUMN: Final = {"work_item_id": "item", "queue_id": "queue", "agent_id": "agent"}


def topics_of(event: Mapping[str, Any]) -> set[str]:
    """The topics of an event given as its columns.

    A message touches its conversation and the agent who has it; anything else touches
    the queue and the floor too.
    """
    columns = {column: event.get(column) for column in TOPIC_OF_COLUMN}
    if event["kind"] == MESSAGE_ADDED:
        return {
            f"{TOPIC_OF_COLUMN[column]}-{value}"
            for column, value in columns.items()
            if value and column != "queue_id"
        }
    data = event.get("data")
    ids = [*_ids(columns), *_ids(data if isinstance(data, dict) else {})]
    topics = {FLOOR, *(f"{kind}-{number}" for kind, number in ids)}
    return topics | {QUEUES} if any(kind == "queue" for kind, _ in ids) else topics


def topics_of_queues(queue_ids: Sequence[int]) -> list[str]:
    """One for each queue, as long as a page can name them all, and what it says stays short."""
    is_named = len(queue_ids) <= MOST_QUEUES_NAMED
    return [f"queue-{queue_id}" for queue_id in queue_ids] if is_named else [QUEUES]


def parse_topics(text: str) -> list[str]:
    """The topics of a comma-separated text; nothing if any of them is no topic, or too many."""
    topics = sorted({part.strip() for part in text.split(",") if part.strip()})
    is_fine = len(topics) <= LARGEST_NUMBER_OF_TOPICS and all(map(TOPIC.fullmatch, topics))
    return topics if is_fine else []


def _ids(values: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    for name, value in values.items():
        for column, kind in TOPIC_OF_COLUMN.items():
            if name == column or name.endswith(f"_{column}"):
                yield from _numbers(kind, [value])
            elif name == f"{column}s" and isinstance(value, list):
                yield from _numbers(kind, value)


def _numbers(kind: str, values: list[Any]) -> Iterator[tuple[str, int]]:
    yield from ((kind, value) for value in values if type(value) is int and value > 0)

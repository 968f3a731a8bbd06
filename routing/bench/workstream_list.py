"""How fast the list of workstreams shows, with ten thousand of them."""

import re
import time
from collections.abc import Iterator
from html import unescape
from typing import Final

from django.db import connection
from django.test import Client

from agents.models import User
from agents.terms import Role
from routing.bench.row import Row, row_of
from routing.bench.web import like_the_web
from workstreams.models import ChannelInstance, NotificationTemplate, Queue, Workstream
from workstreams.terms import Channel, DistributionMode, WorkstreamType

PATH: Final = "/workstreams/"
RUNS: Final = 5
ROUNDS: Final = 4
TARGET_MS: Final = 150.0
# What people do: look, page on, sort, filter, search by name and by channel instance.
PAGES: Final = (
    "",
    "sort=-name",
    "sort=fallback_queue",
    "sort=-changed_at",
    "channel=live_chat&mode=pick",
    "q=stream+4711",
    "q=widget+123",
)
# Sorting by a count has to count all rows first.
COUNTED: Final = ("sort=-waiting_count", "sort=instance_count")

ITEMS: Final = """
INSERT INTO workstreams_workitem (
    workstream_id, kind, channel, title, state, reason, queue_id, is_pushed, priority,
    customer, context, attributes, required_skills, required_units, required_profiles,
    requirement_key, conversation_key, created_at, waiting_since, last_activity_at,
    state_changed_at
)
SELECT
    workstream.id, 'conversation', 'live_chat', 'Bench item', 'open',
    'awaiting_agent_assignment', workstream.fallback_queue_id, true, 0, '{}', '{}', '{}', '[]',
    1, '{}', 'bench', gen_random_uuid(), now(), now(), now(), now()
FROM workstreams_workstream AS workstream, generate_series(1, %s)
"""


def fill(
    *, workstreams: int, queues: int, waiting_each: int, queue_name: str = "Bench queue"
) -> None:
    """Workstreams with a channel instance and open work each."""
    made = Queue.objects.bulk_create(
        Queue(name=f"{queue_name} {number}", type=WorkstreamType.MESSAGING)
        for number in range(queues)
    )
    template = NotificationTemplate.objects.order_by("id")[0]
    modes = list(DistributionMode)
    rows = Workstream.objects.bulk_create(
        Workstream(
            name=f"Bench stream {number}",
            type=WorkstreamType.MESSAGING,
            channel=Channel.LIVE_CHAT if number % 3 else Channel.SMS,
            distribution_mode=modes[number % 2],
            fallback_queue=made[number % queues],
            notification_template=template,
        )
        for number in range(workstreams)
    )
    ChannelInstance.objects.bulk_create(
        ChannelInstance(workstream=row, name=f"Widget {number}", slug=f"widget-{number}")
        for number, row in enumerate(rows)
    )
    with connection.cursor() as cursor:
        cursor.execute(ITEMS, [waiting_each])
        cursor.execute("VACUUM ANALYZE")


def workstream_list(name: str) -> Iterator[Row]:
    """Milliseconds of a page, of which one in twenty takes longer; by an administrator."""
    client = Client()
    client.force_login(User.objects.create(username="bench", role=Role.ADMINISTRATOR))
    with like_the_web():
        client.get(PATH)
        for row, pages in ((name, PAGES), (f"{name}-counted", COUNTED)):
            tails = [_tail(client, pages) for _ in range(RUNS)]
            yield row_of(row, tails, "ms", target=TARGET_MS, at_least=False)


def _tail(client: Client, pages: tuple[str, ...]) -> float:
    times = sorted(each for _ in range(ROUNDS) for page in pages for each in _walk(client, page))
    return times[int(len(times) * 0.95)]


def _walk(client: Client, page: str) -> Iterator[float]:
    """The page, the next one, and back."""
    query = page
    for way in ("next", "next", "prev"):
        started = time.perf_counter()
        response = client.get(f"{PATH}?{query}")
        yield (time.perf_counter() - started) * 1000
        assert response.status_code == 200, response.status_code
        link = re.search(rf'rel="{way}"\s+href="\?([^"]+)"', response.content.decode())
        if link is None:
            return
        query = unescape(link[1])

"""Many agents after the same few items of one queue, through the HTTP API."""

import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import httpx
from django.db.models import Count

from agents.models import Agent
from config.models import ApiToken
from routing.bench.processes import serving
from routing.bench.row import Row, row_of
from routing.models import Assignment
from workstreams.models import WorkItem
from workstreams.terms import ItemState

RACING: Final = 160
# So many agents want each item.
RIVALS: Final = 8
WITHIN_SECONDS: Final = 1.0
RUNS: Final = 3
ALONE: Final = 20
# What racing may add to the time of an unloaded server.
MORE_MS: Final = 150.0
OK: Final = 200


def races(name: str, refill: Callable[[], None]) -> list[Row]:
    """Milliseconds of the slow one in twenty of 160 picks within a second, eight an item."""
    refill()
    agents = list(Agent.objects.order_by("pk")[:RACING])
    tokens = [ApiToken.issue(agent.user) for agent in agents]
    with serving("web") as port, _client(port) as client:
        alone = [_pick(client, token, _open(1)[0], 0.0) for token in tokens[:ALONE]]
        yardstick = row_of(f"{name}-alone", alone[3:], "ms")
        tails = [_race(client, tokens) for _ in range(RUNS)]
    target = yardstick.value + MORE_MS
    row = row_of(name, tails, "ms", yardstick=yardstick, target=target, at_least=False)
    return [yardstick, row]


def _race(client: httpx.Client, tokens: list[str]) -> float:
    items = _open(RACING // RIVALS)
    rng = random.Random(7)
    tries = [
        (token, items[number % len(items)], rng.random() * WITHIN_SECONDS)
        for number, token in enumerate(tokens)
    ]
    with ThreadPoolExecutor(RACING) as pool:
        times = list(pool.map(lambda each: _pick(client, *each), tries))
    won = Assignment.objects.filter(item__in=items).values("item").annotate(n=Count("pk"))
    assert [each["n"] for each in won] == [1] * len(items), "not exactly one winner each"
    return sorted(times)[int(len(times) * 0.95)]


def _pick(client: httpx.Client, token: str, item_id: int, pause: float) -> float:
    time.sleep(pause)
    started = time.perf_counter()
    headers = {"Authorization": f"Bearer {token}"}
    answer = client.post(f"/api/v1/work-items/{item_id}/pick", headers=headers)
    assert answer.status_code in (OK, 409), answer.text
    return (time.perf_counter() - started) * 1000


def _open(count: int) -> list[int]:
    waiting = WorkItem.objects.filter(state=ItemState.OPEN).order_by("pk")
    return list(waiting.values_list("pk", flat=True)[:count])


def _client(port: int) -> httpx.Client:
    limits = httpx.Limits(max_connections=RACING, max_keepalive_connections=RACING)
    return httpx.Client(base_url=f"http://127.0.0.1:{port}", limits=limits, timeout=60)

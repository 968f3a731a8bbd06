"""Many agents after the same few items of one queue, through the HTTP API."""

import random
from collections.abc import Callable
from typing import Final

from django.db.models import Count

from agents.models import Agent
from config.models import ApiToken
from routing.bench.client import Request, send_all
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
ALONE: Final = 40
# What racing may add to the time of an unloaded server.
MORE_MS: Final = 150.0
OK: Final = 200
TAKEN: Final = 409


def races(name: str, refill: Callable[[], None]) -> list[Row]:
    """Milliseconds of the slow one in twenty of 160 picks within a second, eight an item; beside
    picks one after the other."""
    refill()
    agents = Agent.objects.select_related("user").order_by("pk")[:RACING]
    tokens = [ApiToken.issue(agent.user) for agent in agents]
    with serving("web") as port:
        # Every thread of the server has its connection, and its plans, before anything counts.
        _race(port, tokens)
        alone = _alone(port, tokens)
        yardstick = row_of(f"{name}-alone", alone[ALONE // 4 :], "ms")
        tails = [_race(port, tokens) for _ in range(RUNS)]
    target = yardstick.value + MORE_MS
    row = row_of(name, tails, "ms", yardstick=yardstick, target=target, at_least=False)
    return [yardstick, row]


def _alone(port: int, tokens: list[str]) -> list[float]:
    items = _open(ALONE)
    picks = [
        _pick(token, item, number / 10)
        for number, (token, item) in enumerate(zip(tokens, items, strict=False))
    ]
    return [answer.ms for answer in send_all(port, picks, connections=1)]


def _race(port: int, tokens: list[str]) -> float:
    items = _open(RACING // RIVALS)
    rng = random.Random(7)
    picks = [
        _pick(token, items[number % len(items)], rng.random() * WITHIN_SECONDS)
        for number, token in enumerate(tokens)
    ]
    answers = send_all(port, picks, connections=RACING)
    strange = [each for each in answers if each.status not in (OK, TAKEN)]
    assert not strange, strange[0]
    won = Assignment.objects.filter(item__in=items).values("item").annotate(n=Count("pk"))
    assert [each["n"] for each in won] == [1] * len(items), "not exactly one winner each"
    return sorted(answer.ms for answer in answers)[int(len(answers) * 0.95)]


def _pick(token: str, item_id: int, after: float) -> Request:
    return Request(after=after, path=f"/api/v1/work-items/{item_id}/pick", token=token)


def _open(count: int) -> list[int]:
    waiting = WorkItem.objects.filter(state=ItemState.OPEN).order_by("pk")
    return list(waiting.values_list("pk", flat=True)[:count])

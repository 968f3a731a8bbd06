"""How fast the page of a long list of rules shows."""

import time
from collections.abc import Iterator
from typing import Any, Final

from django.test import Client

from agents.models import User
from agents.terms import Role
from config.clock import database_now
from routing.actions.save_ruleset import save_rulesets
from routing.bench.row import Row, row_of
from routing.bench.web import like_the_web
from routing.terms import RulesetKind
from workstreams.models import Workstream

RUNS: Final = 5
ROUNDS: Final = 40
TARGET_MS: Final = 300.0
RULES: Final = 200
CONDITIONS: Final = 10


def fill_rules(workstream: Workstream) -> None:
    """As many rules as a workstream routes by, each with ten conditions, nested."""
    by = User.objects.create(username="bench-rules", role=Role.ADMINISTRATOR)
    save_rulesets(
        workstream=workstream,
        kind=RulesetKind.ROUTE_TO_QUEUE,
        rulesets=[_rule(number, workstream.fallback_queue.name) for number in range(RULES)],
        by=by,
        now=database_now(),
    )


def rules_page(name: str, workstream: Workstream) -> Iterator[Row]:
    """Milliseconds of the page, of which one in twenty takes longer; by an administrator."""
    client = Client()
    client.force_login(User.objects.get(username="bench-rules"))
    path = f"/rules/workstreams/{workstream.pk}/route-to-queue/"
    with like_the_web():
        client.get(path)
        tails = [_tail(client, path) for _ in range(RUNS)]
    yield row_of(name, tails, "ms", target=TARGET_MS, at_least=False)


def _tail(client: Client, path: str) -> float:
    times = sorted(_timed(client, path) for _ in range(ROUNDS))
    return times[int(len(times) * 0.95)]


def _timed(client: Client, path: str) -> float:
    started = time.perf_counter()
    response = client.get(path)
    taken = (time.perf_counter() - started) * 1000
    assert response.status_code == 200, response.status_code
    return taken


def _rule(number: int, queue: str) -> dict[str, Any]:
    rows = [
        {"field": f"context.fact {place}", "op": "equals", "value": f"value {number}"}
        for place in range(CONDITIONS - 2)
    ]
    either = {"any": [*rows[:3], {"field": "contact.account.name", "op": "is_set"}]}
    return {
        "name": f"Rule {number}",
        "when": {"all": [either, *rows[3:], {"not": rows[0]}]},
        "queues": [{"queue": queue, "percent": 100}],
    }

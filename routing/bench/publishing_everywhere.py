"""From a publish to its effect on work that comes in, with real processes that knew the version
before."""

import time
from collections.abc import Iterator
from typing import Any, Final

import httpx
from django.db import transaction

from agents.models import User
from agents.terms import Role
from config.clock import database_now
from config.models import ApiToken
from routing import configuration
from routing.bench.processes import serving
from routing.bench.row import Row, row_of
from routing.bench.rule_rows import RULES_EACH
from routing.models import RoutingDecision, Rule
from routing.terms import DecisionStage
from workstreams.models import Workstream

RUNS: Final = 3
TARGET_SECONDS: Final = 1.0
PATIENCE_SECONDS: Final = 30.0
POLL_SECONDS: Final = 0.01
STAGES: Final = {DecisionStage.ROUTING, DecisionStage.ASSIGNMENT}


def everywhere_rows(names: tuple[str, str], workstreams: list[Workstream]) -> Iterator[Row]:
    """Seconds from the commit until an item that the web process takes in is routed by the new
    version and the router offers it by that version: of one list, and of all rules."""
    configuration.publish(by=None, now=database_now())
    token = ApiToken.issue(User.objects.create(username="bench", role=Role.ADMINISTRATOR))
    lists = (
        Rule.objects.filter(ruleset__workstream=workstreams[0]),
        Rule.objects.filter(ruleset__workstream__in=workstreams),
    )
    with (
        serving("web", "router") as port,
        httpx.Client(
            base_url=f"http://127.0.0.1:{port}/api/v1/",
            headers={"Authorization": f"Bearer {token}"},
        ) as client,
    ):
        _until_offered(client, workstreams[0], 0)
        for name, rules in zip(names, lists, strict=True):
            seconds = [_until_it_acts(client, workstreams[0], rules, run) for run in range(RUNS)]
            note = f"web and router; {len(workstreams) * 2 * RULES_EACH:,} rules"
            yield row_of(name, seconds, "s", target=TARGET_SECONDS, at_least=False, note=note)


def _until_it_acts(client: httpx.Client, workstream: Workstream, rules: Any, run: int) -> float:
    with transaction.atomic():
        rules.update(name=f"Named anew in run {run} {rules.count()}")
        version = configuration.publish(by=None, now=database_now())
    committed = time.monotonic()
    assert version is not None
    _until_offered(client, workstream, version.number)
    return time.monotonic() - committed


def _until_offered(client: httpx.Client, workstream: Workstream, version: int) -> None:
    """Work comes in until one item has been led by the version all the way."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        answer = client.post("work-items", json={"workstream": workstream.name, "title": "Bench"})
        answer.raise_for_status()
        if _is_led_by(answer.json()["id"], version, deadline):
            return
    raise TimeoutError("the version did not come into force")


def _is_led_by(item_id: int, version: int, deadline: float) -> bool:
    """Whether its routing and its assignment both name the version, once it has both."""
    decisions = RoutingDecision.objects.filter(work_item_id=item_id).values_list("stage", "version")
    while time.monotonic() < deadline:
        found = dict(decisions.all())
        if found.keys() >= STAGES:
            return all(found[stage] >= version for stage in STAGES)
        time.sleep(POLL_SECONDS)
    return False

"""What takes long to explain is explained while nothing is locked, and the lease is kept."""

from datetime import datetime
from typing import Any
from unittest.mock import Mock

import pytest
from django.db import connection

from routing import configuration
from routing.dispatcher import lease
from routing.dispatcher.candidates import Candidates, LeaseLost
from routing.dispatcher.cycle import run_cycle
from routing.engine.explain import Looks
from routing.models import Assignment
from tests.factories import make_agent, make_item, make_method, make_queue, make_workstream
from tests.routing.engine.methods import a_rule, row

pytestmark = pytest.mark.django_db

RULES: dict[str, Any] = {
    "that read the item": a_rule("Own", row("agent.username", "not_equals", item="context.number")),
    "that are known before": a_rule("Any"),
}
MANY = 4


@pytest.fixture
def transactions(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many were open at each look."""
    found = []
    look = Looks.document

    def watched(self: Looks, *said: Any) -> Any:
        found.append(len(connection.savepoint_ids))
        return look(self, *said)

    monkeypatch.setattr(Looks, "document", watched)
    return found


def work(rule: Any, now: datetime, *, grows: int = 0) -> Candidates:
    """Of as many kinds as there are items, for one agent, and a router who may have it; each may
    need more than the one before."""
    queue = make_queue(custom_method=make_method(rulesets=[{"name": "All", "rules": [rule]}]))
    workstream = make_workstream(queue=queue)
    make_agent(queues=[queue], units=10)
    for number in range(MANY):
        make_item(
            workstream,
            at=now,
            context={"number": number},
            required_units=1 + number * grows,
            requirement_key=f"{number}",
        )
    configuration.publish(by=None, now=now)
    return Candidates(lease.acquire("this one") or 0, is_active=Mock(return_value=True))


@pytest.mark.parametrize(("name", "depth"), [*zip(RULES, (0, 1), strict=True)])
def test_work_of_rules_that_read_it_is_explained_before_anything_is_locked(
    now: datetime, transactions: list[int], monkeypatch: pytest.MonkeyPatch, name: str, depth: int
) -> None:
    monkeypatch.setattr("routing.dispatcher.explanations.MANY_LOOKS", MANY - 1)
    candidates = work(RULES[name], now)
    outside = len(connection.savepoint_ids)

    result = run_cycle(now=now, epoch=candidates.epoch, candidates=candidates)

    assert result.assigned == MANY
    assert [each - outside for each in transactions] == [depth] * MANY


def test_work_is_too_whose_members_are_all_judged_again_after_the_batch(
    now: datetime, transactions: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All but the first are asked about while the agent has something of the batch."""
    monkeypatch.setattr("routing.dispatcher.explanations.MANY_LOOKS", MANY - 2)
    candidates = work(RULES["that are known before"], now, grows=1)
    outside = len(connection.savepoint_ids)

    run_cycle(now=now, epoch=candidates.epoch, candidates=candidates)

    assert [each - outside for each in transactions] == [0] * MANY


def test_a_few_looks_are_had_while_the_server_works(now: datetime, transactions: list[int]) -> None:
    candidates = work(RULES["that read the item"], now)
    outside = len(connection.savepoint_ids)

    run_cycle(now=now, epoch=candidates.epoch, candidates=candidates)

    assert [each - outside for each in transactions] == [1] * MANY


def test_who_lost_the_lease_explains_no_further(
    now: datetime, transactions: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("routing.dispatcher.explanations.MANY_LOOKS", MANY - 1)
    candidates = work(RULES["that read the item"], now)
    candidates.refresh(configuration.current())
    is_active = candidates.is_active
    assert isinstance(is_active, Mock)
    is_active.side_effect = lambda: len(transactions) < 2

    with pytest.raises(LeaseLost):
        run_cycle(now=now, epoch=candidates.epoch, candidates=candidates)

    assert len(transactions) == 2
    assert not Assignment.objects.exists()

"""How often a batch looks at agents, counted rather than timed."""

from unittest.mock import Mock

from routing.engine.assign import decide
from routing.engine.assign.batch import Batch
from tests.routing.engine.situations import NOW, a_configuration, an_agent, an_item, required


def test_a_group_nobody_can_take_costs_one_look_however_long_it_is(monkeypatch):
    looks = Mock(side_effect=Batch.bench)
    monkeypatch.setattr(Batch, "bench", lambda batch, item: looks(batch, item))
    blocked = [an_item(id, skills=required("Latin")) for id in range(1, 2001)]

    decision = decide(a_configuration(), blocked, [an_agent()], now=NOW)

    assert decision.unmatched[0].waiting == 2000
    assert looks.call_count == 1

"""Work is closed with reasons of closed work alone: lists look for the others among unfinished."""

from datetime import datetime
from typing import Any

import pytest

from tests.factories import make_item
from workstreams.actions.move_item import move_item
from workstreams.lifecycle import UNFINISHED
from workstreams.models import Workstream
from workstreams.terms import ItemState, Reason

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("reason", Reason)
def test_nothing_closes_with_a_reason_of_what_is_unfinished(
    workstream: Workstream, reason: Reason, now: datetime
) -> None:
    item = make_item(workstream)
    closing: dict[str, Any] = {
        "item": item,
        "to": ItemState.CLOSED,
        "kind": "work-item-closed",
        "now": now,
    }

    if reason in UNFINISHED:
        with pytest.raises(AssertionError, match=reason):
            move_item(reason=reason, **closing)
    else:
        move_item(reason=reason, **closing)

    item.refresh_from_db()
    assert (item.state, item.reason in UNFINISHED) in ((ItemState.CLOSED, False), ("open", True))

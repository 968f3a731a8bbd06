"""Rows that must not exist in any committed state, by the promise that they break."""

from typing import Final

from tests.promises.breaches.assignments import OF_ASSIGNMENTS
from tests.promises.breaches.decisions import OF_DECISIONS
from tests.promises.breaches.events import OF_EVENTS
from tests.promises.breaches.loads import OF_LOADS
from tests.promises.breaches.of_items import Breaches
from tests.promises.breaches.states import OF_STATES

BREACHES: Final[Breaches] = (
    *OF_ASSIGNMENTS,
    *OF_LOADS,
    *OF_STATES,
    *OF_DECISIONS,
    *OF_EVENTS,
)

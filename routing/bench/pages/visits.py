"""Who opens which page, and how long the server takes."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agents.models import Agent, User
from agents.terms import Role
from workstreams.models import WorkItem
from workstreams.terms import Reason

AGENTS: Final = 6
PART: Final = {"HX-Request": "true"}
DESK_PAGES: Final = (
    "/desk/",
    "/inbox/",
    "/desk/{item}/",
    "/desk/{item}/?tab=context",
    "/desk/{item}/?tab=history",
    "/desk/{item}/?tab=routing",
)
DESK_PARTS: Final = (
    "/desk/offers/",
    "/desk/consults/",
    "/desk/my-items/",
    "/desk/open-items/",
    "/desk/closed-items/",
    "/desk/{item}/messages/",
    "/desk/{item}/side/",
    "/inbox/",
    "/presence/control/",
)
FLOOR_PAGES: Final = (
    "/floor/",
    "/floor/?agent_page=2&queue_page=2",
    "/floor/?agent_q=bench-1",
    "/floor/?q=Bench+item+7",
    "/floor/?state=open&queue=mine",
    "/work-items/",
    "/work-items/?state=closed",
)
FLOOR_PARTS: Final = (
    "/floor/tiles/",
    "/floor/queues/",
    "/floor/agents/",
    "/floor/items/",
    "/floor/alarms/",
    "/floor/blockers/",
)


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One address in the browser of one person; ``kind`` is the address of all who open it."""

    browser: Client
    kind: str
    path: str
    is_part: bool

    def open(self) -> float:
        """Milliseconds of the server."""
        started = time.perf_counter()
        response = self.browser.get(self.path, headers=PART if self.is_part else {})
        taken = (time.perf_counter() - started) * 1000
        assert response.status_code == 200, (self.path, response.status_code)
        return taken

    def count_queries(self) -> int:
        """Queries of the page, sign-in included."""
        with CaptureQueriesContext(connection) as found:
            self.open()
        return len(found)


def all_visits() -> dict[str, list[Visit]]:
    """What is measured, by the name of the row."""
    desks, floors = list(_desks()), [(_supervisor(), 0)]
    return {
        "desk-pages": _visits(desks, DESK_PAGES, is_part=False),
        "desk-parts": _visits(desks, DESK_PARTS, is_part=True),
        "floor-pages": _visits(floors, FLOOR_PAGES, is_part=False) * AGENTS,
        "floor-parts": _visits(floors, FLOOR_PARTS, is_part=True) * AGENTS,
    }


def _visits(
    people: Sequence[tuple[Client, int]], kinds: Sequence[str], *, is_part: bool
) -> list[Visit]:
    return [
        Visit(browser=browser, kind=kind, path=kind.format(item=item), is_part=is_part)
        for browser, item in people
        for kind in kinds
    ]


def _desks() -> Iterator[tuple[Client, int]]:
    """Agents from all over, each with a conversation of his own."""
    agents = list(Agent.objects.order_by("pk").select_related("user"))
    for agent in agents[:: max(1, len(agents) // AGENTS)][:AGENTS]:
        mine = WorkItem.objects.filter(agent=agent, reason=Reason.IN_CONVERSATION, state="active")
        yield _browser_of(agent.user), mine.earliest("pk").pk


def _supervisor() -> Client:
    return _browser_of(User.objects.create(username="bench-floor", role=Role.SUPERVISOR))


def _browser_of(user: User) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser

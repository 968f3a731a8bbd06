"""From the arrival at the API to the offer, with real processes."""

import statistics
import threading
import time
from typing import Final

import psycopg

from agents.models import User
from agents.terms import Role
from config.models import ApiToken
from routing.bench.client import Request, send_all
from routing.bench.database import database_url
from routing.bench.processes import serving
from routing.bench.row import Row, row_of

SECONDS: Final = 12
RUNS: Final = 3
PATIENCE_SECONDS: Final = 60
CONNECTIONS: Final = 64
POLL_SECONDS: Final = 0.01
CREATED: Final = 201
# Ids are given before they can be seen: so far back they are looked at again.
LOOK_BACK: Final = 500


def arrivals(rate: int, workstream: str, *, targets: tuple[float, float]) -> list[Row]:
    """Milliseconds from the moment an item was due at the API until it stands as an offer, at
    ``rate`` a second, whatever the server does."""
    token = ApiToken.issue(User.objects.create(username="bench", role=Role.ADMINISTRATOR))
    halves, tails = [], []
    with serving("web", "router") as port, _Offers() as offers:
        offers.wait_for(_post(port, token, workstream, 3, rate))
        for _ in range(RUNS):
            posted = _post(port, token, workstream, SECONDS, rate)
            seen = offers.wait_for(posted)
            times = sorted((seen[item] - at) * 1000 for item, at in posted.items())
            halves.append(statistics.median(times))
            tails.append(times[int(len(times) * 0.95)])
    name = f"arrival-to-offer-{rate}"
    return [
        row_of(f"{name}-p50", halves, "ms", target=targets[0], at_least=False),
        row_of(f"{name}-p95", tails, "ms", target=targets[1], at_least=False),
    ]


def _post(port: int, token: str, workstream: str, seconds: int, rate: int) -> dict[int, float]:
    """When each item was due, by its id."""
    body = {"workstream": workstream, "title": "Bench", "customer": {"name": "Bench"}}
    posts = [
        Request(after=number / rate, path="/api/v1/work-items", token=token, body=body)
        for number in range(seconds * rate)
    ]
    answers = send_all(port, posts, connections=CONNECTIONS)
    strange = [each for each in answers if each.status != CREATED]
    assert not strange, strange[0]
    return {each.body["id"]: each.due_at for each in answers}


class _Offers:
    """Looks for new offers in the event table every few milliseconds and notes when each showed."""

    def __init__(self) -> None:
        self.seen: dict[int, float] = {}
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self._watch, args=[database_url()], daemon=True)

    def __enter__(self) -> "_Offers":
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        self.thread.join()

    def wait_for(self, items: dict[int, float]) -> dict[int, float]:
        """All of the items' offers, or an error after a minute."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not items.keys() <= self.seen.keys():
            if time.monotonic() > deadline:
                raise TimeoutError(f"{len(items.keys() - self.seen.keys())} items got no offer")
            time.sleep(0.05)
        return self.seen

    def _watch(self, url: str) -> None:
        newest = 0
        with psycopg.connect(url, autocommit=True) as connection:
            while not self.stopped.wait(POLL_SECONDS):
                rows = connection.execute(
                    "SELECT id, work_item_id FROM config_event"
                    " WHERE id > %s AND kind = 'offer-made'",
                    [newest - LOOK_BACK],
                ).fetchall()
                at = time.time()
                for id, item in rows:
                    newest = max(newest, id)
                    self.seen.setdefault(item, at)

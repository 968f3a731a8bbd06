"""From the arrival at the API to the offer, with real processes."""

import statistics
import threading
import time
from typing import Final

import httpx
import psycopg

from agents.models import User
from agents.terms import Role
from config.models import ApiToken
from routing.bench.database import database_url
from routing.bench.processes import serving
from routing.bench.row import Row, row_of

SECONDS: Final = 12
RUNS: Final = 3
PATIENCE_SECONDS: Final = 60


def arrivals(rate: int, workstream: str, *, targets: tuple[float, float]) -> list[Row]:
    """Milliseconds until an item posted to the API stands as an offer, at ``rate`` a second."""
    token = ApiToken.issue(User.objects.create(username="bench", role=Role.ADMINISTRATOR))
    halves, tails = [], []
    with serving("web", "router") as port, _Offers() as offers, _client(port, token) as client:
        _post(client, workstream, 3, rate)
        for _ in range(RUNS):
            posted = _post(client, workstream, SECONDS, rate)
            seen = offers.wait_for(posted)
            times = sorted((seen[item] - at) * 1000 for item, at in posted.items())
            halves.append(statistics.median(times))
            tails.append(times[int(len(times) * 0.95)])
    name = f"arrival-to-offer-{rate}"
    return [
        row_of(f"{name}-p50", halves, "ms", target=targets[0], at_least=False),
        row_of(f"{name}-p95", tails, "ms", target=targets[1], at_least=False),
    ]


def _post(client: httpx.Client, workstream: str, seconds: int, rate: int) -> dict[int, float]:
    """When each item was posted, by id; one thread a request, on the beat of the rate."""
    posted: dict[int, float] = {}
    threads = []
    start = time.time()
    for number in range(seconds * rate):
        time.sleep(max(0.0, start + number / rate - time.time()))
        thread = threading.Thread(target=_post_one, args=[client, workstream, posted])
        thread.start()
        threads.append(thread)
    for thread in threads:
        thread.join()
    return posted


def _post_one(client: httpx.Client, workstream: str, posted: dict[int, float]) -> None:
    at = time.time()
    body = {"workstream": workstream, "title": "Bench", "customer": {"name": "Bench"}}
    response = client.post("/api/v1/work-items", json=body)
    response.raise_for_status()
    posted[response.json()["id"]] = at


class _Offers:
    """Looks for offers in the event table every few milliseconds and notes when each showed."""

    def __init__(self) -> None:
        self.seen: dict[int, float] = {}
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self._watch, daemon=True)

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

    def _watch(self) -> None:
        with psycopg.connect(database_url(), autocommit=True) as connection:
            while not self.stopped.wait(0.005):
                rows = connection.execute(
                    "SELECT work_item_id FROM config_event WHERE kind = 'offer-made' "
                    "AND id > (SELECT max(id) - 3000 FROM config_event)"
                ).fetchall()
                at = time.time()
                for (item,) in rows:
                    self.seen.setdefault(item, at)


def _client(port: int, token: str) -> httpx.Client:
    limits = httpx.Limits(max_connections=64, max_keepalive_connections=64)
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=headers, limits=limits)

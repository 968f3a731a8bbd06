"""What machines and networks do, one at a time: others go on, and what was stuck comes loose."""

import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

import httpx
import psutil
import psycopg

from tests.promises.client import Client
from tests.promises.exactly_once import items_not_once
from tests.promises.faults import OTHERS
from tests.promises.processes import end, family, send, wait_until
from tests.promises.seed import OFFER_SECONDS
from tests.promises.world import World

CLOCK_OFF = 600.0
OFFERED = "SELECT agent_id FROM workstreams_workitem WHERE id = %s"
STATE = "SELECT state FROM workstreams_workitem WHERE id = %s"
OFFER = """
    SELECT extract(epoch FROM deadline_at - offered_at)::float,
        extract(epoch FROM clock_timestamp() - offered_at)::float
    FROM routing_assignment WHERE item_id = %s ORDER BY id LIMIT 1
"""
AGO = """
    SELECT extract(epoch FROM clock_timestamp() - at)::float
    FROM config_event WHERE work_item_id = %s
"""
LOAD = """
    SELECT FROM routing_agentload AS load JOIN agents_agent AS agent ON agent.id = load.agent_id
    JOIN agents_user AS person ON person.id = agent.user_id
    WHERE person.username = %s FOR UPDATE OF load
"""
FREE = "SELECT id FROM workstreams_workitem WHERE id = %s FOR UPDATE SKIP LOCKED"
OUTCOMES = "SELECT outcome FROM routing_assignment WHERE item_id = %s ORDER BY id"
DEADLOCKS = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
WORKERS = "SELECT name FROM config_heartbeat WHERE process = 'worker'"
BEATS = "SELECT name, at FROM config_heartbeat WHERE process = 'worker'"
LEFT_OPEN = """
    SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%%'
        AND state_change < clock_timestamp() - interval '3 seconds'
"""


@contextmanager
def active(world: World, router: psutil.Process) -> Iterator[int]:
    """The epoch of the router, once it decides and another stands by; at last it is gone."""
    told: set[int] = set()

    def in_force() -> int | None:
        others = [one for one in world.of("router") if one.pid not in told]
        is_backed = any(_lives(world, one) for one in others)
        holder, epoch = world.router_in_force()
        if holder.pid != router.pid:
            told.add(holder.pid)
            send([holder], signal.SIGTERM)
        return epoch if holder.pid == router.pid and is_backed else None

    wait_until(lambda: _lives(world, router), "a sign of life of the router")
    try:
        yield wait_until(in_force, "its decisions, and another router", every=0.6)
    finally:
        with suppress(psutil.Error):
            router.send_signal(signal.SIGCONT)
        world.end_process(router)


def take_in(client: Client, title: str) -> int:
    """An item taken in through the web of this client."""
    answer = client.api("POST", "/work-items", {"workstream": "Mail", "title": title})
    assert answer.status_code == 201, answer.text
    return int(answer.json()["id"])


def answers(url: str) -> bool:
    """Whether somebody is there who says yes."""
    with suppress(httpx.TransportError):
        return httpx.get(url, trust_env=False).is_success
    return False


def _lives(world: World, router: psutil.Process) -> bool:
    beats = "SELECT count(*) FROM config_heartbeat WHERE process = 'router' AND name LIKE %s"
    return bool(world.value(beats, f"%:{router.pid}"))


def test_work_goes_on_after_every_connection_to_the_database_was_cut(world: World) -> None:
    world.rows(OTHERS, 1)
    item = world.arrive("Chats")

    wait_until(lambda: world.value(OFFERED, item), "an offer")
    world.wait_ready()


def test_a_router_that_the_network_swallowed_is_replaced_and_leaves_nothing_locked(
    world: World,
) -> None:
    with active(world, world.begin_standby(behind_proxy=True)) as epoch:
        # What it had sent arrives afterwards.
        with world.proxies["router"].black_hole(delivers=True):
            item = world.arrive("Chats")
            wait_until(lambda: world.value(OFFERED, item), "an offer of another router")
        time.sleep(1)

        assert world.epoch() > epoch
        assert world.value(LEFT_OPEN) == 0


def test_a_web_that_the_network_swallowed_takes_everything_in_once(world: World) -> None:
    web, address = world.begin_web(behind_proxy=True)
    supervisor = Client(address, world.tokens["supervisor"])
    titles = [f"Swallowed {number}" for number in range(24)]
    try:
        wait_until(lambda: answers(f"{address}/readyz"), "a web that is ready")
        with ThreadPoolExecutor(6) as pool:
            arrivals = [pool.submit(take_in, supervisor, title) for title in titles]
            arrivals[2].result()
            # Whether what it had written was kept, it cannot know.
            with world.proxies["web"].black_hole(delivers=False):
                time.sleep(2)
                still = [each for each in arrivals if not each.done()]
            items = [each.result() for each in arrivals]
    finally:
        supervisor.close()
        world.end_process(web)

    assert still
    assert supervisor.broken == []
    with world.database() as connection:
        assert items_not_once(connection, titles) == []
    assert len(set(items)) == len(titles)


def test_a_worker_that_the_network_swallowed_comes_back(world: World) -> None:
    others = {name for (name,) in world.rows(WORKERS)}
    supervisor = world.begin_worker()
    try:
        wait_until(lambda: {name for (name,) in world.rows(WORKERS)} - others, "a worker")
        with world.proxies["worker"].black_hole(delivers=False):
            time.sleep(2)
        cut_off = world.value("SELECT clock_timestamp()")

        wait_until(
            lambda: {name for name, at in world.rows(BEATS) if at > cut_off} - others,
            "its sign of life",
        )
    finally:
        end(family(supervisor.pid))
        world.end_process(supervisor)


def test_a_router_whose_clock_is_wrong_goes_by_the_databases(world: World) -> None:
    with active(world, world.begin_standby(skew=CLOCK_OFF)):
        item = world.arrive("Chats")
        wait_until(lambda: world.value(OFFERED, item), "an offer")

        lasts, ago = world.rows(OFFER, item)[0]
        # Counted from the writing; the decision may be some seconds older.
        assert OFFER_SECONDS <= lasts < OFFER_SECONDS + 10
        assert 0 <= ago < CLOCK_OFF / 2
        wait_until(lambda: world.rows(OUTCOMES, item)[0] == ("missed",), "its end")
        assert world.rows(OFFER, item)[0][1] >= OFFER_SECONDS


def test_a_web_whose_clock_is_wrong_goes_by_the_databases(world: World) -> None:
    """Work comes in, is waited for, picked and ended through it, at the time of the database."""
    web, address = world.begin_web(skew=CLOCK_OFF)
    agent, admin = (Client(address, world.tokens[name]) for name in ("agent-01", "admin"))
    try:
        wait_until(lambda: answers(f"{address}/readyz"), "a web that is ready")
        body = {"workstream": "Mail", "title": "Late"}
        item = admin.api("POST", "/work-items", body).json()["id"]
        for verb in ("pick", "end", "close"):
            answer = agent.api("POST", f"/work-items/{item}/{verb}")
            assert answer.status_code == 200, answer.text
    finally:
        agent.close()
        admin.close()
        world.end_process(web)

    moments = [ago for (ago,) in world.rows(AGO, item)]
    assert len(moments) >= 4
    assert all(0 <= ago < CLOCK_OFF / 2 for ago in moments)
    assert world.violations() == []


def test_who_is_stuck_with_somebody_who_locks_the_other_way_round_gets_through(
    world: World,
) -> None:
    before, item = world.arrive("Mail"), world.arrive("Mail")
    agent = world.client("agent-01")
    # Who had work before has a load.
    assert agent.api("POST", f"/work-items/{before}/pick").status_code == 200

    met = world.value(DEADLOCKS)
    with ThreadPoolExecutor(1) as pool, world.database() as database:
        with suppress(psycopg.errors.DeadlockDetected), database.transaction():
            database.execute(LOAD, ["agent-01"])
            picked = pool.submit(agent.api, "POST", f"/work-items/{item}/pick")
            wait_until(lambda: not world.rows(FREE, item), "somebody who holds the item")
            database.execute("SELECT FROM workstreams_workitem WHERE id = %s FOR UPDATE", [item])
        answer = picked.result()

    assert answer.status_code == 200, answer.text
    assert world.value(STATE, item) == "active"
    wait_until(lambda: world.value(DEADLOCKS) > met, "a deadlock that was counted")


def test_a_web_that_slept_in_the_middle_of_requests_answers_all_of_them_once(world: World) -> None:
    titles = [f"Asleep {number}" for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        arrivals = [pool.submit(world.arrive, "Mail", title) for title in titles]
        arrivals[4].result()
        webs = world.of("web")
        send(webs, signal.SIGSTOP)
        try:
            time.sleep(3)
            still = [each for each in arrivals if not each.done()]
        finally:
            send(webs, signal.SIGCONT)
        items = [each.result() for each in arrivals]

    assert still
    with world.database() as connection:
        assert items_not_once(connection, titles) == []
    assert len(set(items)) == len(titles)
    assert world.value(LEFT_OPEN) == 0


def test_a_transaction_that_is_left_open_holds_up_what_it_holds_and_nothing_else(
    world: World,
) -> None:
    held, free = world.arrive("Mail"), world.arrive("Chats")
    agent = world.client("agent-01")

    with world.database() as database, database.transaction():
        database.execute("SELECT FROM workstreams_workitem WHERE id = %s FOR UPDATE", [held])
        wait_until(lambda: world.value(OFFERED, free), "an offer of other work")
        # The transaction never ends by itself: that there is an answer is what counts.
        answer = agent.http.post(f"/api/v1/work-items/{held}/pick", timeout=60)

    assert (answer.status_code, answer.json()["type"]) == (503, "busy")
    assert agent.api("POST", f"/work-items/{held}/pick").status_code == 200

"""A whole product of one's own: database, web, router and worker, to be broken and watched."""

import itertools
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import httpx
import psutil
import psycopg

from config.database import ensure_database
from config.postgresql.place import SOCKET_NAME, find_place
from config.postgresql.server import DATABASE, ROLE, process_id
from tests import databases
from tests.promises.busy_people import Actor
from tests.promises.checker import violations
from tests.promises.client import Client
from tests.promises.processes import (
    begin,
    children,
    end,
    environment_of,
    family,
    free_port,
    is_alive,
    run,
    send,
    wait_until,
)
from tests.promises.proxy import Proxy
from tests.promises.seed import QUEUES, UNITS

READY_SECONDS: Final = 40.0
# Longer than an actor insists on an answer.
ACTOR_SECONDS: Final = 120.0
UNFINISHED: Final = "SELECT id FROM workstreams_workitem WHERE state <> 'closed' ORDER BY id"
ABSENT: Final = """
    SELECT username FROM agents_user AS person
    JOIN agents_agent AS agent ON agent.user_id = person.id
    JOIN agents_agentpresence AS presence ON presence.agent_id = agent.id
    WHERE presence.base <> 'available'
"""
MOVED: Final = """
    SELECT username FROM agents_user AS person
    JOIN agents_agent AS agent ON agent.user_id = person.id
    LEFT JOIN workstreams_queuemembership AS membership ON membership.agent_id = agent.id
    GROUP BY username, agent.capacity_units
    HAVING count(membership.id) < %s OR agent.capacity_units <> %s
"""

# By its last line; the errors of drivers are named with their modules.
MISTAKE: Final = re.compile(
    r"(TypeError|KeyError|AttributeError|ValueError|AssertionError|IndexError|NameError"
    r"|UnboundLocalError|RecursionError|ZeroDivisionError|OverflowError|NotImplementedError"
    r"|django\.db\.utils\.(IntegrityError|DataError)|[\w.]+\.DoesNotExist|pydantic\S+)\b"
)


class World:
    """Runs ``manage.py serve`` with a folder and a port of its own.

    Killing its PostgreSQL harms nobody. Everything it started ends with ``close``.
    """

    def __init__(self, seed: int = 1, *, quiet: bool = False) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="switchyard-world-"))
        # Root's PostgreSQL runs under an account of its own, which has to get in.
        self.folder.chmod(0o755)
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = environment_of(self.folder, self.port)
        if quiet:
            self.environment["LOG_LEVEL"] = "ERROR"
        with patch.dict(os.environ, self.environment, clear=True):
            self.place = find_place()
        self.proxy = Proxy(self.place.sockets / SOCKET_NAME)
        self.log = (self.folder / "log").open("wb")
        self.started: list[subprocess.Popen[bytes]] = []
        self.seeds = itertools.count(1000 * seed)
        self.clients: dict[str, Client] = {}
        self.tokens: dict[str, str] = {}

    def start(self, *, migrated: str = "") -> None:
        """Serve, and let an organisation move in; the database is a copy of a migrated one, or is
        migrated now."""
        if migrated:
            with patch.dict(os.environ, self.environment, clear=True):
                ensure_database()
            databases.copy_to(migrated, self.place)
        else:
            run("manage.py", "migrate", "--verbosity", "0", environment=self.environment)
        self.serve = self._begin("manage.py", "serve")
        self.wait_ready()
        seeded = run("-m", "tests.promises.seed", environment=self.environment)
        self.tokens = json.loads(seeded)

    def close(self) -> None:
        """End every process by its id, and leave nothing behind."""
        for client in self.clients.values():
            client.close()
        known = [each for one in self.started for each in family(one.pid)]
        known += family(process_id(self.place))
        send(known, signal.SIGCONT)
        for process in self.started:
            process.terminate()
        for process in self.started:
            with suppress(subprocess.TimeoutExpired):
                process.wait(60)
        end(known)
        self.proxy.close()
        self.log.close()
        for folder in (self.place.data, self.place.sockets, self.folder):
            shutil.rmtree(folder, ignore_errors=True)

    # -- Talking to it ---------------------------------------------------------------------

    def client(self, username: str = "") -> Client:
        """The client of a person; without a name a visitor's."""
        if username not in self.clients:
            token = self.tokens[username] if username else ""
            self.clients[username] = Client(self.address, token)
        return self.clients[username]

    @contextmanager
    def database(self) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
        """A connection of one's own to the product's database."""
        sockets = str(self.place.sockets)
        with psycopg.connect(host=sockets, user=ROLE, dbname=DATABASE, autocommit=True) as one:
            yield one

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """What a query finds."""
        with self.database() as connection:
            return connection.execute(sql, values).fetchall()

    def value(self, sql: str, *values: Any) -> Any:
        """The one value a query finds."""
        return self.rows(sql, *values)[0][0]

    def violations(self) -> list[str]:
        """Every broken promise, as sentences."""
        with self.database() as connection:
            return violations(connection)

    def arrive(self, workstream: str, title: str = "Help") -> int:
        """An item taken in over HTTP: acknowledged, so it must exist from now on."""
        body = {"workstream": workstream, "title": title}
        answer = self.client("supervisor").api("POST", "/work-items", body)
        assert answer.status_code == 201, answer.text
        return int(answer.json()["id"])

    # -- Breaking it -----------------------------------------------------------------------

    def of(self, role: str) -> list[psutil.Process]:
        """The living processes of a role under ``serve``; for postgres the whole family."""
        if role == "postgres":
            return family(process_id(self.place))
        return children(self.serve.pid, role)

    def kill(self, role: str, number: int = signal.SIGKILL) -> None:
        """Signal all processes of a role."""
        processes = wait_until(lambda: self.of(role), f"a living {role}")
        send(processes, number)

    def begin_standby(self, *, skew: float = 0, behind_proxy: bool = False) -> psutil.Process:
        """One more router beside the one under ``serve``, perhaps with a clock that is wrong by
        so many seconds, or with a way to the database that can be cut."""
        clock = ["-m", "tests.promises.skewed", str(skew)] if skew else []
        more = {"DATABASE_URL": self.proxy.url} if behind_proxy else {}
        process = self._begin(*clock, "manage.py", "run_router", more=more)
        return psutil.Process(process.pid)

    def begin_web(self, *, skew: float) -> tuple[psutil.Process, str]:
        """One more web process beside those under ``serve``, whose clock is wrong by so many
        seconds, and its address."""
        with socket.create_server(("127.0.0.1", 0)) as listener:
            descriptor, port = listener.fileno(), listener.getsockname()[1]
            clock = ("-m", "tests.promises.skewed", str(skew))
            command = (*clock, "-m", "config.web", str(descriptor))
            process = self._begin(*command, keeps=[descriptor])
        return psutil.Process(process.pid), f"http://127.0.0.1:{port}"

    def end_process(self, process: psutil.Process) -> None:
        """End a process this world began."""
        end([process])
        for each in self.started:
            if each.pid == process.pid:
                each.wait(60)

    def begin_actors(
        self,
        count: int,
        seconds: float,
        *,
        by_web: int = 0,
        skew: float = 0,
        addresses: Sequence[str] = (),
    ) -> list[Actor]:
        """Processes of busy people and customers, once all of them act; ``by_web`` more of
        them go through the API, and one through each of the other ``addresses``. The clock of
        the first may be wrong."""
        skews = [skew, *[0.0] * (count + by_web + len(addresses))]
        doors = [""] * count + [self.address] * by_web + [*addresses]
        actors = [
            self._begin_actor(next(self.seeds), seconds, address=door, skew=off)
            for door, off in zip(doors, skews, strict=False)
        ]
        for actor in actors:
            wait_until(actor.report.exists, "an actor that acts", READY_SECONDS)
        return actors

    def report_of(self, actor: Actor) -> dict[str, Any]:
        """Wait for the end of an actor and read what it did."""
        assert actor.process.wait(ACTOR_SECONDS) == 0, self.last_words()
        self.started.remove(actor.process)
        report = actor.so_far()
        assert report["is_over"]
        actor.report.unlink()
        return report

    # -- Coming to rest --------------------------------------------------------------------

    def wait_ready(self) -> None:
        """Until ``/readyz`` says so."""
        answers: list[str] = []
        try:
            wait_until(lambda: self._is_ready(answers), "ready", READY_SECONDS, every=0.2)
        except AssertionError as error:
            raise AssertionError(f"{error} {answers[-1:]} {self.last_words()}") from error

    def settle(self) -> None:
        """Everything runs, all work is closed, everybody is available and serves every queue."""
        self.wait_ready()
        supervisor, admin = self.client("supervisor"), self.client("admin")
        home = {"queues": QUEUES, "capacity_units": UNITS}
        for (username,) in self.rows(MOVED, len(QUEUES), UNITS):
            assert admin.api("PATCH", f"/agents/{username}", home).status_code == 200
        with ThreadPoolExecutor(4) as pool:
            for (username,) in self.rows(ABSENT):
                path = f"/agents/{username}/presence"
                assert supervisor.api("PUT", path, {"presence": "available"}).status_code == 200
            while unfinished := [id for (id,) in self.rows(UNFINISHED)]:
                paths = [f"/work-items/{id}/close" for id in unfinished]
                list(pool.map(lambda path: supervisor.api("POST", path), paths))

    def epoch(self) -> int:
        """The epoch in force."""
        return int(self.value("SELECT epoch FROM routing_routerlease"))

    def active_router(self) -> psutil.Process:
        """The router that holds the lease, once a living one does."""
        return wait_until(self._living_holder, "an active router")

    def last_words(self) -> str:
        """The end of what its processes said."""
        with (self.folder / "log").open("rb") as log:
            log.seek(max(0, log.seek(0, os.SEEK_END) - 8000))
            return log.read().decode(errors="replace")

    def logged(self, words: str) -> list[str]:
        """What its processes said with these words in it."""
        with (self.folder / "log").open(errors="replace") as log:
            return [line.strip() for line in log if words in line]

    def mistakes(self) -> list[str]:
        """What its processes logged and no fault explains: errors that are neither of the database
        nor of the network, each sort once, with where it came from."""
        found: dict[str, str] = {}
        with (self.folder / "log").open(errors="replace") as log:
            place = ""
            for line in log:
                if line.startswith('  File "'):
                    place = line.strip()
                elif MISTAKE.match(line):
                    found.setdefault(place, line.strip())
        return [f"An error of the product: {error} ({place})" for place, error in found.items()]

    def _living_holder(self) -> psutil.Process | None:
        sql = "SELECT holder FROM routing_routerlease WHERE expires_at > clock_timestamp()"
        for (holder,) in self.rows(sql):
            with suppress(psutil.Error):
                process = psutil.Process(int(holder.rpartition(":")[2]))
                return process if is_alive(process) else None
        return None

    def _is_ready(self, answers: list[str]) -> bool:
        assert self.serve.poll() is None
        try:
            # Not insisted on: 503 is an answer here.
            answer = self.client().http.get("/readyz")
        except httpx.TransportError as error:
            answers.append(repr(error))
            return False
        answers.append(answer.text)
        return answer.is_success

    def _begin(
        self, *arguments: str, keeps: Sequence[int] = (), more: Mapping[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        environment = self.environment | dict(more or {})
        process = begin(*arguments, environment=environment, output=self.log, keeps=keeps)
        self.started.append(process)
        return process

    def _begin_actor(self, number: int, seconds: float, *, address: str, skew: float) -> Actor:
        report = self.folder / f"actor-{number}.json"
        arguments = ["--seed", str(number), "--seconds", str(seconds), "--report", str(report)]
        if address:
            tokens = self.folder / "tokens.json"
            tokens.write_text(json.dumps(self.tokens))
            arguments += ["--address", address, "--tokens", str(tokens)]
        clock = ["-m", "tests.promises.skewed", str(skew)] if skew else []
        process = self._begin(*clock, "-m", "tests.promises.actor", *arguments)
        return Actor(process=process, report=report)

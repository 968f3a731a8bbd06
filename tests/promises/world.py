"""A whole product of one's own: database, web, router and worker, to be broken and watched."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any
from unittest.mock import patch

import httpx
import psutil
import psycopg

from config.database import ensure_database
from config.postgresql.server import DATABASE, ROLE
from tests import databases
from tests.promises.checker import violations
from tests.promises.client import Client
from tests.promises.processes import is_alive, run, wait_until
from tests.promises.product import Product


class World(Product):
    """A product with an organisation in it, asked by its people and looked into from below."""

    def __init__(self, seed: int = 1, *, quiet: bool = False) -> None:
        super().__init__(seed, quiet=quiet)
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
        self.serve = self.begin("manage.py", "serve")
        self.wait_ready()
        seeded = run("-m", "tests.promises.seed", environment=self.environment)
        self.tokens = json.loads(seeded)

    def close(self) -> None:
        for client in self.clients.values():
            client.close()
        super().close()

    def wait_ready(self) -> None:
        """Until ``/readyz`` says so."""
        answers: list[str] = []
        try:
            wait_until(lambda: self._is_ready(answers), "ready", every=0.2)
        except AssertionError as error:
            words = self.log.last_words()
            raise AssertionError(f"{error} {answers[-1:]} {words}") from error

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

    def epoch(self) -> int:
        """The epoch in force."""
        return int(self.value("SELECT epoch FROM routing_routerlease"))

    def active_router(self) -> psutil.Process:
        """The router that holds the lease, once a living one does."""
        return self.router_in_force()[0]

    def router_in_force(self) -> tuple[psutil.Process, int]:
        """The same with its epoch: whoever is active a moment later has a later one."""
        return wait_until(self._living_holder, "an active router")

    def _living_holder(self) -> tuple[psutil.Process, int] | None:
        sql = "SELECT holder, epoch FROM routing_routerlease WHERE expires_at > clock_timestamp()"
        for holder, epoch in self.rows(sql):
            with suppress(psutil.Error):
                process = psutil.Process(int(holder.rpartition(":")[2]))
                return (process, int(epoch)) if is_alive(process) else None
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

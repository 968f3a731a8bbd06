"""The router process: holds the lease, runs cycles when woken, and the sweeps."""

import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final

import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.db import Error, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from config.clock import database_now
from config.env import env_int
from routing import service
from routing.dispatcher import lease
from routing.dispatcher.candidates import Candidates, LeaseLost
from routing.dispatcher.cycle import BATCH_SIZE
from routing.dispatcher.enough import Allowance
from routing.dispatcher.patience import Patience
from routing.dispatcher.touched import Touched, read_wake_ups, to_try_apart
from routing.sweeps import (
    carry_bases,
    close_inactive,
    close_silent_bots,
    disconnect_customers,
    end_days,
    end_shorter_days,
    leave_bots,
    miss_consults,
    miss_offers,
    note_days,
    overflow_waiting,
    publish_scheduled,
    recount_capacity,
    release_consults,
    release_wrap_up,
    renew_needs,
    return_dropped,
    return_unseen,
    route_published,
    take_offline,
    tell_departures,
    wake_shifts,
)
from routing.sweeps.each import as_long_as

log = logging.getLogger(__name__)

POLL_SECONDS: Final = 0.05
STANDBY_SECONDS: Final = 0.5
RENEW_SECONDS: Final = 1.0
FULL_CYCLE_SECONDS: Final = 2.0
EARLY_SECONDS: Final = 2.0
SWEEP_LIMIT: Final = 200
# What one statement does of many.
STATEMENT_LIMIT: Final = 5_000
MAXIMUM_CYCLES_IN_A_ROW: Final = 100
MAXIMUM_SECONDS_IN_A_ROW: Final = 2.0
# Reading for several batches at once pays only when there is more than one: known after the first.
BATCHES_OF_MANY: Final = 4
COMPARE_SECONDS: Final = 5.0
LONG_AGO: Final = float("-inf")

Sweep = Callable[..., int]
# Duty and seconds between its runs.
DUTIES: Final[tuple[tuple[Sweep, float], ...]] = (
    (miss_offers.sweep, 0.5),
    (miss_consults.sweep, 1.0),
    (tell_departures.sweep, 1.0),
    (carry_bases.sweep, 1.0),
    (disconnect_customers.sweep, 2.0),
    (take_offline.sweep, 2.0),
    (return_dropped.sweep, 5.0),
    (release_wrap_up.sweep, 0.5),
    (release_consults.sweep, 0.5),
    (renew_needs.sweep, 0.5),
    (route_published.sweep, 0.5),
    (overflow_waiting.sweep, 2.0),
    (publish_scheduled.sweep, 1.0),
    (leave_bots.sweep, 2.0),
    (wake_shifts.sweep, 2.0),
    (end_days.sweep, 5.0),
    (note_days.sweep, 10.0),
    (close_inactive.sweep, 10.0),
    (return_unseen.sweep, 10.0),
    (close_silent_bots.sweep, 10.0),
    (end_shorter_days.sweep, 60.0),
    (recount_capacity.sweep, 60.0),
)
LIMITS: Final = {
    renew_needs.sweep: STATEMENT_LIMIT,
    overflow_waiting.sweep: overflow_waiting.BATCH,
}


class Router:
    """One process. Active while it holds the lease, else it stands by."""

    def __init__(self) -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}"
        self.batch_size = _batch_size()
        self.epoch: int | None = None
        self.renewed = LONG_AGO
        self.full_cycle_at = 0.0
        self.compare_at = 0.0
        self.candidates: Candidates | None = None
        self.allowance = Allowance()
        self.duties_at = dict.fromkeys(range(len(DUTIES)), 0.0)
        # What cost the connection lets the other duties, and cycles, have their turn.
        self.costly: set[Sweep] = set()
        self.stopped = threading.Event()

    def run(self) -> None:
        """Work until ``stop``; a database that goes away is waited for."""
        connection_created.connect(_limit_waits)
        connection.close()
        try:
            while not self.stopped.is_set():
                self.stopped.wait(self._step_safely())
            self._give_up()
        finally:
            connection_created.disconnect(_limit_waits)
            connection.close()

    def stop(self) -> None:
        """Finish the current batch, then end."""
        self.stopped.set()

    def _step_safely(self) -> float:
        try:
            return self.step()
        # What is copied into the database goes past Django, and so do its errors.
        except (Error, psycopg.Error):
            log.exception("router lost the database router=%s", self.name)
            connection.close()
            # The lease may still be this router's: asked before anything else is done.
            self.renewed = LONG_AGO
            # What it was told of last may be lost, and agents are read anew.
            self.full_cycle_at = 0.0
            return STANDBY_SECONDS

    def step(self) -> float:
        """One round; the seconds to wait before the next."""
        if not self._is_active():
            return STANDBY_SECONDS
        self._sweep()
        if not self._is_active():
            return STANDBY_SECONDS
        touched = self._touched()
        if touched is None:
            self._route_early()
        if not self._is_active():
            return STANDBY_SECONDS
        self.costly.clear()
        if touched is None or touched:
            self._run_cycles(Touched(touched, epoch=self.epoch or 0))
        self._compare()
        return POLL_SECONDS

    def _is_active(self) -> bool:
        at = time.monotonic()
        if self.epoch is None:
            self.epoch = lease.acquire(self.name)
            if self.epoch is not None:
                log.info("router active router=%s epoch=%s", self.name, self.epoch)
                self.renewed, self.full_cycle_at = at, 0.0
                self.candidates = Candidates(self.epoch, is_active=self._is_active)
        elif at - self.renewed > RENEW_SECONDS:
            if lease.renew(self.epoch):
                self.renewed = at
            else:
                log.warning("router lost its lease router=%s epoch=%s", self.name, self.epoch)
                self.epoch, self.candidates = None, None
        return self.epoch is not None

    def _touched(self) -> Sequence[int] | None:
        """The queues to look at now: what wake-ups say, and all of them now and then."""
        touched = read_wake_ups(self.epoch or 0)
        if time.monotonic() >= self.full_cycle_at:
            self.full_cycle_at = time.monotonic() + FULL_CYCLE_SECONDS
            return None
        return touched

    def _run_cycles(self, touched: Touched) -> None:
        """Cycles until nothing more can be assigned. A queue that makes one fail is left
        out, so that one bad item never holds up the others."""
        try:
            self._run_cycles_of(touched)
        except LeaseLost:
            log.warning("router lost its lease while reading or deciding router=%s", self.name)
        except Exception as error:
            if not connection.is_usable():
                raise
            ids = touched.queue_ids
            log.exception("cycle failed queues=%s", "all" if ids is None else ids)
            if ids is not None and len(ids) == 1:
                service.alarm_of_cycle(queue_id=ids[0], error=error)
            for queues in to_try_apart(ids) if ids is None or len(ids) > 1 else ():
                if self.stopped.is_set() or not self._is_active():
                    return
                self._run_cycles(Touched(queues, is_alone=True))

    def _run_cycles_of(self, touched: Touched) -> None:
        """Duties, and what time alone lets be given in other queues, wait no longer than some
        seconds for their turn."""
        is_second_try, patience, began = False, Patience(), time.monotonic()
        for number in range(MAXIMUM_CYCLES_IN_A_ROW):
            result = service.run_cycle(
                queue_ids=touched.queue_ids,
                epoch=self.epoch or 0,
                limit=self.batch_size,
                batches=BATCHES_OF_MANY if number else 1,
                candidates=self.candidates,
                so_far=touched.so_far,
                patience=patience,
                allowance=self.allowance,
            )
            if result.assigned:
                log.info("cycle proposed=%s assigned=%s", result.proposed, result.assigned)
            goes_on = result.has_more or (result.has_lost_all and not is_second_try)
            is_second_try = result.has_lost_all
            if not goes_on or self.stopped.is_set() or not self._is_active():
                return
            # What is tried alone goes on to its end: the next round would begin with it anew.
            if time.monotonic() - began >= MAXIMUM_SECONDS_IN_A_ROW and not touched.is_alone:
                break
        # What woke it is taken: the next round goes on with all queues.
        self.full_cycle_at = 0.0

    def _compare(self) -> None:
        """Look at some of the remembered agents, so that all are looked at in turn."""
        at = time.monotonic()
        if self.candidates is None or at < self.compare_at:
            return
        self.compare_at = at + COMPARE_SECONDS
        try:
            service.compare_candidates(candidates=self.candidates)
        except LeaseLost:
            log.warning("router lost its lease while comparing router=%s", self.name)
        except Exception:
            if not connection.is_usable():
                raise
            log.exception("comparison failed router=%s", self.name)

    def _sweep(self) -> None:
        """What is due; the lease is held on to meanwhile, however long a duty takes."""
        at = time.monotonic()
        for number, (sweep, seconds) in enumerate(DUTIES):
            if at < self.duties_at[number]:
                continue
            if not self._is_active():
                return
            has_more = self._run_sweep(sweep, database_now())
            # At once in the next round where a batch was full: cycles come between.
            self.duties_at[number] = at if has_more else at + seconds

    def _route_early(self) -> None:
        """Work that came before its workstream was published goes by the rules of a version that
        has just come, before a cycle by that version offers it where it fell back to. Where there
        is more than can be routed in a moment, other work does not wait for all of it."""
        until = time.monotonic() + EARLY_SECONDS
        while not self.stopped.is_set() and time.monotonic() < until and self._is_active():
            if not self._run_sweep(route_published.sweep, database_now()):
                return

    def _run_sweep(self, sweep: Sweep, now: datetime) -> bool:
        """Whether it did so much that more is left: what fails, or is held, has its places too."""
        if sweep in self.costly:
            return False
        limit = LIMITS.get(sweep, SWEEP_LIMIT)
        try:
            # Each row may wait for its locks, and a heap of them takes longer than the lease.
            with as_long_as(self._is_active):
                changed = sweep(now=now, limit=limit)
        except Exception:
            if not connection.is_usable():
                self.costly.add(sweep)
                raise
            log.exception("sweep failed sweep=%s", sweep.__module__)
            return False
        if changed:
            log.info("sweep sweep=%s changed=%s", sweep.__module__.rpartition(".")[2], changed)
        return changed > limit // 2

    def _give_up(self) -> None:
        if self.epoch is None:
            return
        try:
            lease.give_up(self.epoch)
        except Error:
            log.warning("router could not give up its lease router=%s", self.name)


def _batch_size() -> int:
    """How many assignments are written in one transaction."""
    size = env_int("ROUTER_BATCH_SIZE", BATCH_SIZE)
    if size < 1:
        raise ImproperlyConfigured(f"ROUTER_BATCH_SIZE is {size}; a batch is of one or more.")
    return size


def _limit_waits(*, connection: BaseDatabaseWrapper, **_: Any) -> None:
    """A router that is stopped in the middle of a batch must not hold its locks for long,
    and one row that somebody else holds must not hold up the router."""
    with connection.cursor() as cursor:
        cursor.execute("SET idle_in_transaction_session_timeout = '2s'")
        cursor.execute("SET lock_timeout = '1s'")

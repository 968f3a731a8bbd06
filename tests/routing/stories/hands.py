"""A piece of work of each sort, and all hands that move it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from agents.actions.note_window import note_window
from routing import configuration, service
from routing.sweeps import (
    close_inactive,
    disconnect_customers,
    miss_offers,
    overflow_waiting,
    return_dropped,
    take_offline,
)
from tests.factories import make_intake_rule, make_overflow, make_record
from tests.scenarios import arrive
from workstreams.actions.delete_customer import delete_customer
from workstreams.actions.end_record import end_record
from workstreams.actions.send_message import send_message
from workstreams.models import ChatVisit, Record, WorkItem
from workstreams.terms import Author, Channel, RecordEnd

SORTS: dict[str, dict[str, Any]] = {
    "chat": {},
    "persistent": {"persistent_chat": True, "auto_close_after_minutes": 60},
    "sms": {"channel": Channel.SMS, "auto_close_after_minutes": 60},
    "call": {"type": "voice"},
    "record": {"type": "record"},
}
DAYS = timedelta(days=31)


@dataclass(kw_only=True)
class World:
    """One piece of work of a sort, its agent, and the hands that move it."""

    sort: str
    now: datetime
    agent: Any
    other: Any
    supervisor: Any
    workstream: Any
    elsewhere: Any
    item: Any = None

    def open(self):
        self.item = arrive(self.workstream, self.now) if self.sort != "record" else self._record()

    def offered(self):
        self.open()
        service.run_cycle(now=self.now)

    def active(self):
        self.offered()
        service.accept(item_id=self.item.pk, by=self.agent, now=self.now)

    def wrapped_up(self):
        self.active()
        service.end(item_id=self.item.pk, by=self.agent, now=self.now)

    def waiting(self):
        self.active()
        service.close(item_id=self.item.pk, by=self.agent, now=self.now)

    def _record(self):
        make_intake_rule(self.workstream)
        configuration.publish(by=None, now=self.now)
        record = make_record("Late parcel")
        service.route_record(record_id=record.pk, by=self.supervisor, now=self.now)
        return WorkItem.objects.get(record=record)


def by(verb, **more):
    """What the agent does himself."""
    return lambda w: getattr(service, verb)(item_id=w.item.pk, by=w.agent, now=w.now, **more)


def close_later(w):
    assert close_inactive.sweep(now=w.now + DAYS, limit=10) == 1


def customer_leaves(w):
    service.leave(item_id=w.item.pk, now=w.now)


def customer_disconnects(w):
    ChatVisit.objects.create(item=w.item, seen_at=w.now, left_at=w.now)
    assert disconnect_customers.sweep(now=w.now + timedelta(seconds=179), limit=10) == 0
    assert disconnect_customers.sweep(now=w.now + timedelta(minutes=3), limit=10) == 1


def customer_writes(w):
    send_message(item_id=w.item.pk, author=Author.CUSTOMER, text="Hello?", now=w.now)


def agent_drops(w):
    note_window(agent=w.agent, key=uuid4(), now=w.now)
    assert take_offline.sweep(now=w.now + timedelta(seconds=90), limit=10) == 1
    if w.sort != "call":
        assert return_dropped.sweep(now=w.now + timedelta(seconds=240), limit=10) == 0
    assert return_dropped.sweep(now=w.now + timedelta(seconds=241), limit=10) == 1


def offer_runs_out(w):
    assert miss_offers.sweep(now=w.now + timedelta(seconds=120), limit=10) == 1


def pushed(w):
    service.run_cycle(now=w.now)


def picked(w):
    type(w.workstream).objects.filter(pk=w.workstream.pk).update(may_be_picked=True)
    configuration.publish(by=None, now=w.now)
    service.pick(item_id=w.item.pk, by=w.agent, now=w.now)


def to_queue(w):
    service.transfer(item_id=w.item.pk, by=w.agent.user, queue=w.elsewhere, now=w.now)


def to_agent(w):
    service.transfer(item_id=w.item.pk, by=w.agent.user, agent=w.other, now=w.now)


def supervisor_moves(w):
    service.transfer(item_id=w.item.pk, by=w.supervisor, agent=w.other, now=w.now)


def assigned(w):
    service.assign(item_id=w.item.pk, by=w.supervisor, agent=w.agent, now=w.now)


def forced(w):
    service.force_close(item_id=w.item.pk, by=w.supervisor, now=w.now)


def record_given(w):
    service.assign_record(record_id=w.item.record_id, agent=w.agent, by=w.supervisor, now=w.now)


def record_resolved(w):
    end_record(record_id=w.item.record_id, how=RecordEnd.RESOLVED, by=w.supervisor, now=w.now)


def record_deleted(w):
    delete_customer(row=Record.objects.get(pk=w.item.record_id), by=w.supervisor, now=w.now)


def overflows(w):
    make_overflow(w.elsewhere, "waiting_time", "end", threshold=60)
    configuration.publish(by=None, now=w.now)
    service.transfer(item_id=w.item.pk, by=w.supervisor, queue=w.elsewhere, now=w.now)
    assert overflow_waiting.sweep(now=w.now + timedelta(hours=2), limit=10) == 1

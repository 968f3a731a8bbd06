"""Whoever waits for an item that is closed meanwhile finds it closed, and leaves it so."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple
from uuid import uuid4

import pytest

from agents.models import Agent
from routing import service
from routing.exceptions import (
    AlreadyOver,
    AlreadyTaken,
    ConsultOver,
    NotInConversation,
    NotYourItem,
    OfferExpired,
)
from tests.factories import make_agent, make_skill
from tests.races.together import queued_behind
from tests.routing.sweeps.situations import LATER, SITUATIONS
from tests.routing.sweeps.test_every_sweep import SWEEPS
from tests.scenarios import arrive, in_conversation, in_wrap_up, offered
from workstreams.exceptions import IllegalMove
from workstreams.models import Consult, WorkItem, WorkItemEvent, Workstream
from workstreams.terms import ItemState, Reason


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where work comes in, who takes it, whom he asks, and who steers."""

    workstream: Workstream
    agent: Agent
    adviser: Agent
    boss: Agent
    now: datetime


@pytest.fixture
def place(workstream: Workstream, agent: Agent, now: datetime) -> Place:
    Workstream.objects.update(may_be_picked=True, persistent_chat=True)
    workstream.refresh_from_db()
    return Place(
        workstream=workstream,
        agent=agent,
        adviser=make_agent("eva"),
        boss=make_agent("boss", role="supervisor"),
        now=now - timedelta(minutes=1),
    )


def waiting(at: Place) -> WorkItem:
    return arrive(at.workstream, at.now)


def an_offer(at: Place) -> WorkItem:
    return offered(at.workstream, at.now)


def a_talk(at: Place) -> WorkItem:
    return in_conversation(at.workstream, at.agent, at.now)


def a_live_talk(at: Place) -> WorkItem:
    Workstream.objects.update(persistent_chat=False)
    at.workstream.refresh_from_db()
    return a_talk(at)


def after_work(at: Place) -> WorkItem:
    return in_wrap_up(at.workstream, at.agent, at.now)


def at_rest(at: Place) -> WorkItem:
    item = a_talk(at)
    service.close(item_id=item.pk, by=at.agent, now=at.now)
    return item


def asked(at: Place) -> WorkItem:
    item = a_talk(at)
    service.consult(item_id=item.pk, by=at.agent, agent=at.adviser, now=at.now)
    return item


def advised(at: Place) -> WorkItem:
    item = asked(at)
    service.accept_consult(consult_id=Consult.objects.get().pk, by=at.adviser, now=at.now)
    return item


class Verb(NamedTuple):
    """What is done to which item, and what is answered where that is closed by then."""

    item: Callable[[Place], WorkItem]
    act: Callable[[Place, int], Any]
    answer: type[Any] | None


def of_advice(verb: str, **said: Any) -> Callable[[Place, int], Any]:
    """By the one who asked."""
    return lambda at, _: getattr(service, verb)(
        consult_id=Consult.objects.get().pk, by=at.agent, **said
    )


def by(who: str, verb: str) -> Callable[[Place, int], Any]:
    return lambda at, pk: getattr(service, verb)(item_id=pk, by=getattr(at, who))


VERBS: Final = {
    "pick": Verb(waiting, by("agent", "pick"), AlreadyTaken),
    "assign": Verb(
        waiting,
        lambda at, pk: service.assign(item_id=pk, agent=at.agent, by=at.boss.user),
        IllegalMove,
    ),
    "accept": Verb(an_offer, by("agent", "accept"), OfferExpired),
    "decline": Verb(an_offer, by("agent", "decline"), OfferExpired),
    "release": Verb(a_talk, by("agent", "release"), NotYourItem),
    "end": Verb(a_talk, by("agent", "end"), None),
    "close": Verb(after_work, by("agent", "close"), ItemState),
    "let rest": Verb(a_talk, by("agent", "close"), ItemState),
    "reopen": Verb(at_rest, by("agent", "reopen"), IllegalMove),
    "hand on": Verb(
        a_talk,
        lambda at, pk: service.transfer(item_id=pk, by=at.agent.user, agent=at.adviser),
        NotYourItem,
    ),
    "transfer": Verb(
        a_talk,
        lambda at, pk: service.transfer(item_id=pk, by=at.boss.user, agent=at.adviser),
        IllegalMove,
    ),
    "consult": Verb(
        a_talk,
        lambda at, pk: service.consult(item_id=pk, by=at.agent, agent=at.adviser),
        NotYourItem,
    ),
    "join": Verb(a_talk, by("boss", "join"), NotInConversation),
    "monitor": Verb(
        a_talk, lambda at, pk: service.monitor(item_id=pk, by=at.boss.user), NotInConversation
    ),
    "leave": Verb(a_live_talk, lambda at, pk: service.leave(item_id=pk), None),
    "force close": Verb(
        a_talk, lambda at, pk: service.force_close(item_id=pk, by=at.boss.user), None
    ),
    "change skills": Verb(
        a_talk,
        lambda at, pk: service.change_skills(
            item_id=pk, by=at.boss.user, add={make_skill("French"): 1}
        ),
        AlreadyOver,
    ),
    "advise": Verb(
        asked,
        lambda at, pk: service.accept_consult(consult_id=Consult.objects.get().pk, by=at.adviser),
        ConsultOver,
    ),
    "not advise": Verb(
        asked,
        lambda at, pk: service.decline_consult(consult_id=Consult.objects.get().pk, by=at.adviser),
        ConsultOver,
    ),
    "let in": Verb(advised, of_advice("add_consultant"), ConsultOver),
    "note": Verb(advised, of_advice("write_note", text="Hm?", client_key=uuid4()), ConsultOver),
    "end advice": Verb(
        advised,
        lambda at, pk: service.end_consult(consult_id=Consult.objects.get().pk, by=at.adviser.user),
        None,
    ),
}
# Sweeps that do something to work items.
OF_ITEMS: Final = [
    "miss_offers",
    "miss_consults",
    "disconnect_customers",
    "return_unseen",
    "return_dropped",
    "overflow_waiting",
    "leave_bots",
    "close_inactive",
    "close_silent_bots",
]


def events() -> set[int]:
    return set(WorkItemEvent.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("name", VERBS)
def test_a_verb_that_waited_changes_nothing_of_what_was_closed(place: Place, name: str) -> None:
    verb = VERBS[name]
    item = verb.item(place)
    told: set[int] = set()

    def close() -> None:
        service.force_close(item_id=item.pk, by=place.boss.user)
        told.update(events())

    [answer] = queued_behind(
        WorkItem.objects.filter(pk=item.pk), lambda: verb.act(place, item.pk), then=close
    )

    item.refresh_from_db()
    assert (item.state, item.reason) == (ItemState.CLOSED, Reason.FORCE_CLOSED)
    assert events() == told
    assert answer is None if verb.answer is None else type(answer) is verb.answer


@pytest.mark.parametrize("name", OF_ITEMS)
def test_a_sweep_that_waited_changes_nothing_of_what_was_closed(
    place: Place, name: str, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    prepare, _ = SITUATIONS[name]
    prepare(now - LATER)
    told: set[int] = set()

    def close_all() -> None:
        for item in WorkItem.objects.all():
            service.force_close(item_id=item.pk, by=place.boss.user)
        told.update(events())

    queued_behind(WorkItem.objects.all(), lambda: SWEEPS[name](now=now, limit=200), then=close_all)

    closed = WorkItem.objects.filter(state=ItemState.CLOSED, reason=Reason.FORCE_CLOSED)
    assert closed.count() == WorkItem.objects.count()
    assert events() == told
    assert "sweep left a row" not in caplog.text

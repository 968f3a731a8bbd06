"""What happened at the demo organisation before you looked: a few hours of finished work."""

from datetime import datetime, timedelta
from random import Random
from typing import Final

from agents.actions.set_presence import set_presence
from agents.actions.sign_out_agent import sign_out_agent
from agents.models import Agent, Presence
from config.refusal import Refusal
from routing import service
from routing.demo.arrivals import MARK, arrive
from routing.demo.customers import CONCERN_OF_TITLE, CONCERNS
from routing.demo.records import route_open_cases
from routing.models import Assignment
from routing.sweeps import release_wrap_up
from routing.terms import Outcome
from workstreams.actions.send_message import send_message
from workstreams.models import WorkItem
from workstreams.terms import Author, ItemKind

FINISHED_ITEMS: Final = 18
HISTORY: Final = timedelta(hours=3)
SEED: Final = 20260302
# What still waits when somebody signs in for the first time.
WAITING: Final = (
    ("Machine for an office of 30", 9),
    ("Price of the Barista 300", 6),
    ("Refund for a returned machine", 4),
    ("Machine leaks water", 3),
    ("Invoice shows the wrong address", 12),
    ("Machine for an office of 30", 2),
)


def make_history(*, now: datetime) -> None:
    """Finished items through the real pipeline, then some that wait; nobody is there any more."""
    random = Random(SEED)
    agents = list(Agent.objects.filter(is_enabled=True).select_related("user"))
    available = Presence.objects.get(name="available")
    for agent in agents:
        set_presence(agent=agent, presence=available, by=None, now=now - HISTORY, is_manual=False)
    for number in range(FINISHED_ITEMS):
        at = now - HISTORY + HISTORY * 0.85 * number / FINISHED_ITEMS
        release_wrap_up.sweep(now=at, limit=FINISHED_ITEMS)
        _finish_one(random, at=at)
    release_wrap_up.sweep(now=now, limit=FINISHED_ITEMS)
    for agent in agents:
        sign_out_agent(agent=agent, now=now)
    for title, minutes in WAITING:
        arrive(
            random=random,
            now=now - timedelta(minutes=minutes),
            concern=CONCERN_OF_TITLE[title],
        )
    route_open_cases(context={MARK: True}, now=now)


def _finish_one(random: Random, *, at: datetime) -> None:
    concerns = [concern for concern in CONCERNS if concern.title not in dict(WAITING)]
    item = arrive(random=random, now=at, concern=random.choice(concerns))
    if item is None:
        return
    at += timedelta(seconds=random.uniform(1, 3))
    service.run_cycle(now=at)
    assignment = (
        Assignment.objects.select_related("agent__user")
        .filter(item=item, outcome=Outcome.PENDING)
        .first()
    )
    try:
        agent = assignment.agent if assignment else _picker(item)
        if agent is None:
            return
        at += timedelta(seconds=random.uniform(3, 20))
        if assignment:
            service.accept(item_id=item.pk, by=agent, now=at)
        else:
            service.pick(item_id=item.pk, by=agent, now=at)
        at = _talk(item, agent, random, at)
        service.end(item_id=item.pk, by=agent, now=at)
        at += timedelta(seconds=random.uniform(5, 25))
        service.close(item_id=item.pk, by=agent, now=at)
    except Refusal:
        # An organisation where one item stays unfinished is no worse a demo.
        return


def _picker(item: WorkItem) -> Agent | None:
    item.refresh_from_db()
    return item.queue.members.filter(is_enabled=True).order_by("?").first()


def _talk(item: WorkItem, agent: Agent, random: Random, at: datetime) -> datetime:
    concern = CONCERN_OF_TITLE[item.title]
    if item.kind == ItemKind.RECORD or not concern.agent:
        return at + timedelta(seconds=random.uniform(90, 400))
    for number, text in enumerate(concern.agent):
        at += timedelta(seconds=random.uniform(8, 40))
        send_message(item_id=item.pk, author=Author.AGENT, text=text, agent=agent, now=at)
        if number < len(concern.customer):
            at += timedelta(seconds=random.uniform(8, 40))
            send_message(
                item_id=item.pk,
                author=Author.CUSTOMER,
                text=concern.customer[number],
                now=at,
            )
    return at + timedelta(seconds=random.uniform(5, 20))

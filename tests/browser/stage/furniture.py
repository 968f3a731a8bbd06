"""The shop on a busy day: an offer, conversations, work that waits, rules. For pages to show."""

import json
from datetime import date, time
from typing import Final

from agents.actions.check_openings import DayOff, Period
from agents.actions.save_operating_hours import save_operating_hours
from agents.models import Agent, AgentCapacityProfile, AgentSkill, OperatingHours, User
from config.clock import database_now
from routing import configuration, service
from routing.models import Rule, RuleQueue, Ruleset, UploadedDocument
from routing.terms import RulesetKind
from tests.browser.stage import cast
from tests.factories import make_profile, make_skill
from workstreams.actions.send_message import send_message
from workstreams.actions.take_in import take_in
from workstreams.models import NotificationTemplate, Queue, WorkItem, Workstream
from workstreams.terms import Author

# Where a document waits that names a queue nobody has, and one that would change a queue.
MISSING: Final = "/configuration/document/00000000-0000-4000-8000-000000000001/"
CHANGING: Final = "/configuration/document/00000000-0000-4000-8000-000000000002/"
# What the shop has of each.
HOURS: Final = "/operating-hours/1/"
SKILL: Final = "/skills/1/"
PROFILE: Final = "/capacity-profiles/1/"
LONG_SECONDS: Final = 3600  # an offer must not run out while pages are looked at


def move_in() -> None:
    """Bob talks to Carla and is offered Dan; Erik waits, and so does Dora to be called."""
    NotificationTemplate.objects.update(countdown_seconds=LONG_SECONDS)
    _write_rules()
    _define()
    _upload_documents()
    configuration.publish(by=None, now=database_now(), note="Rules for gold customers.")
    cast.becomes_available("bob")
    _talk(_offered("Carla", "Where is my parcel?"))
    _offered("Dan", "Do you ship abroad?")
    cast.goes_away("bob")
    _chat("Erik", "Nobody came yet")
    cast.asks_to_be_called("Dora", "Call me at noon")


def _define() -> None:
    """Hours with a holiday and a day of their own, a skill and a profile of both agents."""
    day = date(2030, 6, 2)
    save_operating_hours(
        hours=OperatingHours(name="Shop hours", time_zone="Europe/Berlin"),
        periods=[
            Period(0, time(9), time(12)),
            Period(0, time(13), time(17)),
            Period(6, time(10), time(14), day, day),
        ],
        holidays=[DayOff(date(2026, 12, 25), "Christmas", repeats_yearly=True)],
        by=None,
        now=database_now(),
    )
    french, chats = make_skill("French"), make_profile("Chats")
    for agent in Agent.objects.all():
        AgentSkill.objects.create(agent=agent, skill=french, rating=4)
        AgentCapacityProfile.objects.create(agent=agent, profile=chats, custom_limit=3)


def _upload_documents() -> None:
    """Ada has looked at two documents, and imported neither."""
    calls = {
        "name": "Night calls",
        "type": "voice",
        "channel": "voice",
        "distribution_mode": "push",
        "fallback_queue": "Night",
        "notification_template": "Voice call - incoming unauthenticated - default",
    }
    queues = [{"name": "VIP", "type": "messaging", "priority": 3}]
    for address, document in (
        (MISSING, {"format": 2, "workstreams": [calls]}),
        (CHANGING, {"format": 2, "queues": queues}),
    ):
        UploadedDocument.objects.create(
            pk=address.split("/")[-2],
            by=User.objects.get(username="ada"),
            text=json.dumps(document),
            uploaded_at=database_now(),
        )


def _chat(name: str, text: str) -> WorkItem:
    return take_in(
        workstream=Workstream.objects.get(name="Shop chat"),
        customer={"name": name, "email": f"{name.lower()}@example.org"},
        context={"tier": "silver", "page": "/parcels"},
        first_message=text,
        now=database_now(),
    )


def _offered(name: str, text: str) -> WorkItem:
    """The work item is Bob's to accept."""
    item = _chat(name, text)
    service.run_cycle()
    item.refresh_from_db()
    assert item.agent is not None
    return item


def _talk(item: WorkItem) -> None:
    """The agent accepts and answers."""
    agent = Agent.objects.get(user__username="bob")
    service.accept(item_id=item.pk, by=agent)
    words = "It left us this morning."
    send_message(item_id=item.pk, author=Author.AGENT, agent=agent, text=words, now=database_now())


def _write_rules() -> None:
    """Gold customers are important, and important ones go to the VIP queue."""
    shop = Workstream.objects.get(name="Shop chat")
    triage = Ruleset.objects.create(
        kind=RulesetKind.CLASSIFICATION, workstream=shop, name="Work classification"
    )
    gold = {"field": "context.tier", "op": "equals", "value": "gold"}
    then = {"set": {"attributes.vip": True}, "skills": [], "capacity_profiles": []}
    Rule.objects.create(ruleset=triage, name="Gold customers", when=gold, then=then)
    routes = Ruleset.objects.create(
        kind=RulesetKind.ROUTE_TO_QUEUE, workstream=shop, name="Route to queues"
    )
    important = {"field": "attributes.vip", "op": "equals", "value": True}
    acme = {"field": "contact.account.name", "op": "in", "value": ["Acme", "Apex"]}
    lately = {"field": "created_at", "op": "newer_than", "value": {"days": 2}}
    when = {"all": [important, {"not": {"any": [acme, lately]}}]}
    rule = Rule.objects.create(ruleset=routes, name="Important ones", when=when)
    vip = Queue.objects.get(name="VIP")
    RuleQueue.objects.create(rule=rule, queue=vip, percent=100, position=1)

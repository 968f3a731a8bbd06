"""Chats that the demo organisation closed in earlier weeks: enough for a model to learn from.

They are rows of finished work, not run through the pipeline: nobody looks for who was considered
for them, and a first start stays quick.
"""

from datetime import datetime, timedelta
from random import Random
from typing import Final

from agents.models import Agent, Skill
from routing.models import Assignment, LearnedModel
from routing.terms import How, Outcome, RuleType
from workstreams.models import Contact, Message, WorkItem, Workstream
from workstreams.terms import Author, ItemKind, ItemState, Reason

ITEMS: Final = 84
DAYS: Final = 21
SEED: Final = 20260303
MODEL: Final = "Topics of chats"
# What customers wrote by topic: a beginning, and what it was about.
BEGINNINGS: Final = ("Hello,", "Hi there,", "Good morning,", "Hi,", "Please help:", "")
WRITTEN: Final = {
    "Billing": (
        "I was charged twice on my credit card, can you send the money back",
        "the invoice shows the wrong VAT number and we need a corrected bill",
        "where is my refund for the returned machine, the bank says nothing arrived",
        "my payment was declined although the card is fine",
        "the amount on the bill is higher than the price in the shop",
        "can I pay by direct debit instead of invoice from next month on",
        "there is a charge on my account that I do not know, terrible",
    ),
    "Machines": (
        "my machine leaks water from below since this morning",
        "the grinder makes a loud noise and then stops working",
        "the pump is broken, no steam and no pressure any more",
        "how do I descale the Barista 300, the red light is blinking",
        "the milk frother only makes cold foam, very disappointing",
        "the display of my espresso machine stays dark",
        "which filter fits my machine, the old one is full of scale",
    ),
    "Orders": (
        "my parcel should have been here on Monday, where is my order",
        "the courier left the box at the wrong address",
        "I want to change my subscription to dark roast beans",
        "the tracking says delivered but nothing arrived here",
        "can you ship my order to the office instead of my home",
        "two bags of beans are missing in the delivery",
        "please cancel my order, I chose the wrong size",
    ),
}
ENDINGS: Final = (".", ". Thank you!", ". It is urgent.", "?", ". This is annoying.", ". Thanks")
MINUTES: Final = {"Billing": (5, 9), "Machines": (14, 26), "Orders": (4, 8)}


def make_past_work(*, now: datetime) -> None:
    """Closed chats with their topics, and a model that waits to learn from them."""
    random = Random(SEED)
    workstream = Workstream.objects.get(name="Contoso chat")
    skills = {skill.name: skill.pk for skill in Skill.objects.filter(name__in=WRITTEN)}
    contacts = list(Contact.objects.order_by("pk"))
    agents = list(Agent.objects.filter(is_enabled=True).order_by("pk"))
    texts, assignments = [], []
    for number in range(ITEMS):
        topic = tuple(WRITTEN)[number % len(WRITTEN)]
        began = now - timedelta(days=DAYS * (1 - number / ITEMS), minutes=random.uniform(60, 300))
        ended = began + timedelta(minutes=random.uniform(*MINUTES[topic]))
        text = " ".join([random.choice(BEGINNINGS), random.choice(WRITTEN[topic])]).strip()
        text += random.choice(ENDINGS)
        item = _item(workstream, random.choice(contacts), text, began, ended)
        item.agent = random.choice(agents)
        item.required_skills = [[skills[topic], None]]
        item.save()
        texts.append(Message(item=item, author=Author.CUSTOMER, text=text, created_at=began))
        assignments.append(_assignment(item, began, ended))
    Message.objects.bulk_create(texts)
    Assignment.objects.bulk_create(assignments)
    _create_model(workstream)


def _item(
    workstream: Workstream, contact: Contact, text: str, began: datetime, ended: datetime
) -> WorkItem:
    return WorkItem(
        workstream=workstream,
        kind=ItemKind.CONVERSATION,
        channel=workstream.channel,
        title=text[:300],
        state=ItemState.CLOSED,
        reason=Reason.ENDED_BY_AGENT,
        queue_id=workstream.fallback_queue_id,
        is_pushed=True,
        contact=contact,
        customer={"name": contact.name, "email": contact.email, "phone": contact.phone},
        context=contact.data,
        required_units=workstream.capacity_units,
        created_at=began,
        waiting_since=began,
        last_activity_at=ended,
        state_changed_at=ended,
        closed_at=ended,
    )


def _assignment(item: WorkItem, began: datetime, ended: datetime) -> Assignment:
    return Assignment(
        item=item,
        agent=item.agent,
        queue_id=item.queue_id,
        how=How.PUSH,
        outcome=Outcome.ACCEPTED,
        units=item.required_units,
        offered_at=began,
        decided_at=began,
        ended_at=ended,
        capacity_released_at=ended,
    )


def _create_model(workstream: Workstream) -> None:
    model = LearnedModel.objects.create(
        kind=RuleType.SKILLS, name=MODEL, inputs=["messages"], minimum_confidence=50
    )
    model.workstreams.add(workstream)

"""The bots of the demo organisation: scripted, so that they need no outside service."""

from datetime import datetime
from typing import Any, Final

from agents.models import User
from workstreams.actions.choose_bots import choose_assist_bots, choose_bot
from workstreams.actions.create_channel_instance import create_channel_instance
from workstreams.actions.create_workstream import create_workstream
from workstreams.actions.save_bot import save_bot
from workstreams.models import Queue, Workstream
from workstreams.terms import BotKind, BotPurpose, Channel, DistributionMode, WorkstreamType

HELPER: Final[dict[str, Any]] = {
    "greeting": "Hello! I am Contoso's automated helper. Ask me about opening hours, delivery or"
    " refunds, or write “agent” to talk to somebody.",
    "rules": [
        {
            "words": ["agent", "person", "human", "somebody", "talk to someone"],
            "reply": "Of course. I will find somebody for you.",
            "then": "escalate",
        },
        {
            "words": ["opening hours", "open", "when are you there"],
            "reply": "We are there from Monday to Friday, 9 to 17 o'clock.",
        },
        {
            "words": ["delivery", "deliver", "parcel", "shipping"],
            "reply": "Parcels take two to three working days. Does yours take longer? Then write"
            " “agent”.",
            "set": {"topic": "delivery"},
        },
        {
            "words": ["refund", "money back", "return"],
            "reply": "Refunds are made by our colleagues. I will find somebody for you.",
            "set": {"topic": "refund"},
            "then": "escalate",
        },
        {
            "words": ["bye", "goodbye", "that is all", "thank you"],
            "reply": "You are welcome. Have a nice day!",
            "then": "end",
        },
    ],
    "fallback": "I did not understand that. Could you say it in other words?",
    "misunderstandings": 2,
    "escalation": "I had better find somebody who can help you.",
}
KNOWLEDGE: Final[dict[str, Any]] = {
    "rules": [
        {
            "words": ["refund", "money back", "return"],
            "title": "Refunds",
            "text": "You can send it back within 30 days, and get your money back within a week.",
            "url": "https://contoso.example/knowledge/refunds",
        },
        {
            "words": ["delivery", "parcel", "shipping"],
            "title": "Where a parcel is",
            "text": "Could you tell me the number of your order, please?",
            "url": "https://contoso.example/knowledge/parcels",
        },
    ]
}


def create_bots(*, queues: dict[str, Queue], by: User, now: datetime) -> Workstream:
    """A chat whose customers talk to a bot first, and whose agents are helped by another."""
    helper = save_bot(name="Contoso helper", kind=BotKind.SCRIPTED, script=HELPER, by=by, now=now)
    knowledge = save_bot(
        name="Contoso knowledge",
        kind=BotKind.SCRIPTED,
        purpose=BotPurpose.ASSIST,
        script=KNOWLEDGE,
        by=by,
        now=now,
    )
    workstream = create_workstream(
        name="Contoso help",
        type=WorkstreamType.MESSAGING,
        channel=Channel.LIVE_CHAT,
        distribution_mode=DistributionMode.PUSH,
        fallback_queue=queues["Support"],
        by=by,
        now=now,
    )
    create_channel_instance(workstream=workstream, name="Contoso help", slug="help", by=by, now=now)
    choose_bot(workstream=workstream, bot=helper, by=by, now=now)
    return choose_assist_bots(workstream=workstream, bots=[knowledge], by=by, now=now)

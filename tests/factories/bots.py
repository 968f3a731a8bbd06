"""Bots, and the jobs that have them answer."""

from itertools import count
from typing import Any

from procrastinate.contrib.django.models import ProcrastinateJob

from config.clock import database_now
from workstreams.actions.let_bot_answer import let_bot_answer
from workstreams.actions.suggest_to_agent import suggest_to_agent
from workstreams.bots.wake import QUEUE
from workstreams.models import Bot, Workstream
from workstreams.terms import BotKind, BotPurpose

NUMBERS = count(1)
SCRIPT: dict[str, Any] = {
    "greeting": "Hello, I am the helper.",
    "rules": [
        {"words": ["opening hours", "open"], "reply": "From 9 to 5.", "then": "go_on"},
        {
            "words": ["refund", "money back"],
            "reply": "I pass you on.",
            "set": {"topic": "refund"},
            "then": "escalate",
        },
        {"words": ["bye"], "reply": "Goodbye.", "then": "end"},
    ],
    "fallback": "What do you mean?",
    "misunderstandings": 2,
    "escalation": "Let me find somebody.",
}
ASSIST_SCRIPT = {
    "rules": [
        {
            "words": ["refund"],
            "title": "Refunds",
            "text": "Within 14 days.",
            "url": "https://kb.example/refunds",
        },
        {"words": ["parcel"], "title": "Parcels", "text": "Ask for the number.", "url": ""},
    ]
}


def make_bot(name: str = "", **fields: Any) -> Bot:
    """A scripted bot that talks to customers."""
    defaults = {"kind": BotKind.SCRIPTED, "script": SCRIPT}
    if fields.get("kind") == BotKind.WEBHOOK:
        defaults = {"kind": BotKind.WEBHOOK, "endpoint": "https://bot.example/talk"}
    return Bot.objects.create(name=name or f"bot-{next(NUMBERS)}", **{**defaults, **fields})


def make_assist_bot(name: str = "", **fields: Any) -> Bot:
    """A scripted bot that suggests to agents."""
    fields = {"purpose": BotPurpose.ASSIST, "script": ASSIST_SCRIPT, **fields}
    return make_bot(name, **fields)


def with_bot(workstream: Workstream, bot: Bot) -> Workstream:
    """The workstream, with this bot."""
    workstream.bot = bot
    workstream.save()
    return workstream


def do_bot_jobs() -> int:
    """Does what the worker would do for bots, retries that are due later too; how many jobs."""
    done: set[int] = set()
    while True:
        jobs = ProcrastinateJob.objects.filter(queue_name=QUEUE, status="todo").order_by("id")
        waiting = [job for job in jobs if job.pk not in done]
        if not waiting:
            return len(done)
        done.add(waiting[0].pk)
        _do(waiting[0].args)


def _do(args: dict[str, int]) -> None:
    if "message_id" in args:
        suggest_to_agent(message_id=args["message_id"], now=database_now())
        return
    while let_bot_answer(item_id=args["item_id"], now=database_now()):
        pass

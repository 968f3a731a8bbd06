"""Talk to a bot without creating work: what was said stands in the form itself, signed."""

import json
from typing import Any, Final
from uuid import uuid4

from django.core import signing

from config.clock import database_now
from workstreams.bots.answer import BadAnswer, BotAnswer, Proposal
from workstreams.bots.ask import ask, ask_for_suggestions
from workstreams.bots.webhook import BotUnreachable
from workstreams.models import Bot
from workstreams.terms import BotPurpose

SALT: Final = "bot-trial"
LINES_KEPT: Final = 30
TEXT_LENGTH: Final = 1000
ENDINGS: Final = {
    "escalate": "People would go on here.",
    "end": "The conversation would end here.",
}
Line = dict[str, str]
Trial = dict[str, Any]


def empty_trial(bot: Bot) -> Trial:
    """Nothing said yet."""
    return _shown([], {}, str(uuid4()))


def next_trial(bot: Bot, *, so_far: str, text: str) -> Trial:
    """The trial after the bot was told ``text``. Strange or old forms begin anew."""
    lines, state, key = _read(so_far)
    text = text.replace("\x00", "").strip()[:TEXT_LENGTH]
    if not text:
        return _shown(lines, state, key)
    lines = [*lines, {"author": "customer", "text": text}]
    try:
        answered, state = _ask(bot, text, state, key)
    except (BotUnreachable, BadAnswer) as failure:
        answered = [{"author": "note", "text": f"The bot failed: {failure}"}]
    return _shown([*lines, *answered], state, key)


def _ask(bot: Bot, text: str, state: dict[str, Any], key: str) -> tuple[list[Line], dict[str, Any]]:
    now = database_now()
    document: dict[str, Any] = {
        "type": "message",
        "is_trial": True,
        "conversation": {"id": key, "workstream": "", "channel": "", "customer": {}, "context": {}},
        "message": {
            "id": str(uuid4()),
            "author": "customer",
            "text": text,
            "at": now.isoformat(),
        },
    }
    asked: dict[str, Any] = {
        "document": document,
        "key": str(uuid4()),
        "timestamp": int(now.timestamp()),
    }
    if bot.purpose == BotPurpose.ASSIST:
        document["type"] = "suggestions_wanted"
        return _cards(ask_for_suggestions(bot, **asked)), state
    answer = ask(bot, state=state, **asked)
    return _lines(answer), dict(answer.state)


def _lines(answer: BotAnswer) -> list[Line]:
    lines = [{"author": "bot", "text": each} for each in answer.messages]
    if answer.context:
        pairs = ", ".join(f"{name} = {value}" for name, value in answer.context.items())
        lines.append({"author": "note", "text": f"Variables: {pairs}"})
    if answer.summary:
        lines.append({"author": "note", "text": f"For the agent: {answer.summary}"})
    if answer.action:
        lines.append({"author": "note", "text": ENDINGS[answer.action]})
    return lines or [{"author": "note", "text": "The bot said nothing."}]


def _cards(proposals: tuple[Proposal, ...]) -> list[Line]:
    cards = [
        {"author": "bot", "text": " | ".join(filter(None, [each.title, each.text, each.url]))}
        for each in proposals
    ]
    return cards or [{"author": "note", "text": "No suggestion."}]


def _shown(lines: list[Line], state: dict[str, Any], key: str) -> Trial:
    kept = lines[-LINES_KEPT:]
    so_far = signing.dumps([kept, state, key], salt=SALT, compress=True)
    return {"lines": kept, "so_far": so_far}


def _read(so_far: str) -> tuple[list[Line], dict[str, Any], str]:
    try:
        lines, state, key = signing.loads(so_far, salt=SALT, max_age=24 * 3600)
    except (signing.BadSignature, ValueError, json.JSONDecodeError):
        return [], {}, str(uuid4())
    return lines, state, key

"""What a bot answers, whatever kind it is."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from workstreams.models.message import MESSAGE_BYTES

MOST_MESSAGES: Final = 10
MOST_SUGGESTIONS: Final = 5
SUMMARY_LENGTH: Final = 4000
# Set by a bot, it ends the conversation like the action does (B 10.2).
CLOSES: Final = "close_conversation"


class BotAction(StrEnum):
    """What a bot wants besides saying something."""

    ESCALATE = "escalate"
    END = "end"


class BadAnswer(Exception):
    """An answer that cannot be understood; the text says why."""


@dataclass(frozen=True, kw_only=True)
class BotAnswer:
    """``context`` are variables to set; ``summary`` is for the agent; ``state`` is what a
    script remembers until the next message."""

    messages: tuple[str, ...] = ()
    action: BotAction | None = None
    context: Mapping[str, str | int | float] = field(default_factory=dict)
    summary: str = ""
    state: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """One card for the agent, of a smart assist bot."""

    title: str
    text: str = ""
    url: str = ""


def read_answer(body: bytes) -> BotAnswer:
    """An answer as bots send it; nothing at all means that it answers later. BadAnswer."""
    if not body.strip():
        return BotAnswer()
    given = _object(body)
    messages = tuple(_text(each, "messages") for each in _list(given, "messages", MOST_MESSAGES))
    if any(len(each.encode()) > MESSAGE_BYTES for each in messages):
        raise BadAnswer("A message is longer than 28 KB.")
    context = dict(_context(given.get("context")))
    action = _action(given.get("action"))
    if context.pop(CLOSES, "") == "true":
        action = BotAction.END
    return BotAnswer(
        messages=tuple(each for each in messages if each),
        action=action,
        context=context,
        summary=_text(given.get("summary") or "", "summary")[:SUMMARY_LENGTH],
    )


def signed_for(body: bytes) -> tuple[str, str]:
    """The conversation and the key that an answer names under ``signed_for``, which its signature
    covers; empty where it does not say. BadAnswer."""
    named = (_object(body) if body.strip() else {}).get("signed_for") or {}
    if not isinstance(named, dict):
        raise BadAnswer("signed_for is an object.")
    conversation = _text(named.get("conversation") or "", "signed_for.conversation")
    return conversation.lower(), _text(named.get("key") or "", "signed_for.key")


def read_proposals(body: bytes) -> tuple[Proposal, ...]:
    """The cards a smart assist bot sends: ``{"suggestions": [{title, text, url}]}``. BadAnswer."""
    if not body.strip():
        return ()
    given = _list(_object(body), "suggestions", MOST_SUGGESTIONS)
    return tuple(_proposal(each) for each in given)


def is_web_address(url: str) -> bool:
    """Whether people may be sent there: a link of a bot is never a script."""
    return url.startswith(("https://", "http://")) and not any(each.isspace() for each in url)


def _proposal(given: Any) -> Proposal:
    if not isinstance(given, dict):
        raise BadAnswer("Each suggestion is an object.")
    title = _text(given.get("title") or "", "title")[:200]
    url = _text(given.get("url") or "", "url")
    if not title:
        raise BadAnswer("A suggestion needs a title.")
    if url and (len(url) > 500 or not is_web_address(url)):
        raise BadAnswer("The url of a suggestion is no web address.")
    return Proposal(title=title, text=_text(given.get("text") or "", "text")[:4000], url=url)


def _object(body: bytes) -> dict[str, Any]:
    try:
        given = json.loads(body, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise BadAnswer("The answer is no JSON.") from error
    if not isinstance(given, dict):
        raise BadAnswer("The answer is no JSON object.")
    return given


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _list(given: Mapping[str, Any], name: str, most: int) -> list[Any]:
    found = given.get(name)
    if found is None:
        return []
    if not isinstance(found, list):
        raise BadAnswer(f"{name} is no list.")
    if len(found) > most:
        raise BadAnswer(f"There are more than {most} {name}.")
    return found


def _text(given: Any, name: str) -> str:
    if not isinstance(given, str):
        raise BadAnswer(f"What stands in {name} is no text.")
    try:
        given.encode()
    except UnicodeEncodeError as error:
        raise BadAnswer(f"What stands in {name} is no text.") from error
    return given.replace("\x00", "").strip()


def _action(given: Any) -> BotAction | None:
    if given is None:
        return None
    if given not in list(BotAction):
        raise BadAnswer("The action is neither escalate nor end.")
    return BotAction(given)


def _context(given: Any) -> Mapping[str, str | int | float]:
    if given is None:
        return {}
    if not isinstance(given, dict):
        raise BadAnswer("The context is no object.")
    return {_text(name, "context"): _value(value) for name, value in given.items()}


def _value(given: Any) -> str | int | float:
    if isinstance(given, bool):
        return "true" if given else "false"
    if isinstance(given, int | float):
        if abs(given) > 1e15:
            raise BadAnswer("A number of the context is too large.")
        return given
    return _text(given, "context")

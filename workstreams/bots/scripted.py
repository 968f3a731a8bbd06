"""Bots that follow a script: pure functions, without an outside service.

A script of conversations is ``{"greeting", "rules": [RULE], "fallback", "misunderstandings",
"escalation"}`` with RULE ``{"words": [text], "reply", "set": {name: value}, "then"}``; ``then`` is
go_on, escalate or end. One of smart assist is ``{"rules": [{"words", "title", "text", "url"}]}``.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from workstreams.bots.answer import BotAction, BotAnswer, Proposal

Script = Mapping[str, Any]
State = Mapping[str, Any]

GO_ON: Final = "go_on"
MISUNDERSTANDINGS: Final = 2
WORD: Final = re.compile(r"\w+")


def answer(script: Script, state: State, text: str | None) -> BotAnswer:
    """What the script says to ``text``; None is the beginning, before anything was said."""
    greeting = [] if state.get("is_greeted") else [str(script.get("greeting") or "")]
    known = {"topics": [], "misunderstood": 0, **state, "is_greeted": True}
    if text is None:
        return BotAnswer(messages=_said(greeting), state=known)
    rule = _first_match(script, text)
    if rule is None:
        return _not_understood(script, greeting, known, text)
    return _understood(rule, greeting, known, text)


def suggest(script: Script, text: str) -> tuple[Proposal, ...]:
    """The cards of every rule whose words the customer used, in the script's order."""
    return tuple(
        Proposal(
            title=str(rule.get("title", "")),
            text=str(rule.get("text", "")),
            url=str(rule.get("url", "")),
        )
        for rule in script.get("rules", ())
        if _is_said(rule, text)
    )


def _understood(
    rule: Script, greeting: list[str], state: Mapping[str, Any], text: str
) -> BotAnswer:
    topic = next(iter(rule.get("words", ())), "")
    topics = [*(each for each in state["topics"] if each != topic), topic]
    then = rule.get("then") or GO_ON
    action = None if then == GO_ON else BotAction(then)
    return BotAnswer(
        messages=_said([*greeting, str(rule.get("reply") or "")]),
        action=action,
        context=dict(rule.get("set") or {}),
        summary=_summary(topics, text) if action else "",
        state={**state, "topics": topics, "misunderstood": 0},
    )


def _not_understood(
    script: Script, greeting: list[str], state: Mapping[str, Any], text: str
) -> BotAnswer:
    """Asks again, until it was asked often enough; then people go on."""
    times = int(state["misunderstood"]) + 1
    remembered = {**state, "misunderstood": times}
    if times < int(script.get("misunderstandings") or MISUNDERSTANDINGS):
        again = [*greeting, str(script.get("fallback") or "")]
        return BotAnswer(messages=_said(again), state=remembered)
    return BotAnswer(
        messages=_said([*greeting, str(script.get("escalation") or "")]),
        action=BotAction.ESCALATE,
        summary=f"{_summary(state['topics'], text)} The bot did not understand this.",
        state=remembered,
    )


def _summary(topics: Sequence[str], text: str) -> str:
    about = f"The customer asked about: {', '.join(topics)}. " if topics else ""
    return f"{about}Last message: “{text[:500]}”"


def _first_match(script: Script, text: str) -> Script | None:
    return next((rule for rule in script.get("rules", ()) if _is_said(rule, text)), None)


def _is_said(rule: Script, text: str) -> bool:
    """Whether any of the rule's words, or phrases, stands in the text as whole words."""
    said = f" {_normal(text)} "
    return any(f" {_normal(words)} " in said for words in rule.get("words", ()) if _normal(words))


def _normal(text: str) -> str:
    return " ".join(WORD.findall(text.casefold()))


def _said(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(each for each in texts if each)

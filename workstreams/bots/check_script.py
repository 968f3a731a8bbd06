"""What a script may say: cleaned, or a sentence for each fault."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from workstreams.bots.answer import is_web_address
from workstreams.bots.scripted import GO_ON, MISUNDERSTANDINGS
from workstreams.terms import BotPurpose

MOST_RULES: Final = 100
MOST_WORDS: Final = 50
WORDS_LENGTH: Final = 100
TEXT_LENGTH: Final = 4000
MOST_VARIABLES: Final = 20
NAME_LENGTH: Final = 100
THEN: Final = (GO_ON, "escalate", "end")
Faults = dict[str, str]


def checked_script(purpose: str, script: Any) -> tuple[dict[str, Any], Faults]:
    """The script with every key, and what is wrong by field: ``script`` or ``script.rules.2``."""
    if not isinstance(script, Mapping):
        return {}, {"script": "A script is an object with rules."}
    rules = script.get("rules", [])
    if not isinstance(rules, Sequence) or isinstance(rules, str):
        return {}, {"script": "The rules of a script are a list."}
    if len(rules) > MOST_RULES:
        return {}, {"script": f"A script has at most {MOST_RULES} rules."}
    is_assist = purpose == BotPurpose.ASSIST
    faults: Faults = {}
    cleaned = []
    for number, rule in enumerate(rules, start=1):
        one, fault = (_proposal if is_assist else _rule)(rule)
        if fault:
            faults[f"script.rules.{number}"] = f"Rule {number}: {fault}"
        cleaned.append(one)
    if is_assist:
        return {"rules": cleaned}, faults
    texts, of_texts = _texts(script)
    return {**texts, "rules": cleaned}, faults | of_texts


def _texts(script: Mapping[str, Any]) -> tuple[dict[str, Any], Faults]:
    found: dict[str, Any] = {}
    faults: Faults = {}
    for name in ("greeting", "fallback", "escalation"):
        text = script.get(name) or ""
        if not _is_text(text, TEXT_LENGTH):
            faults[f"script.{name}"] = f"The {name} is a text of at most {TEXT_LENGTH} characters."
            text = ""
        found[name] = text.replace("\x00", "").strip()
    times = script.get("misunderstandings", MISUNDERSTANDINGS)
    if not isinstance(times, int) or isinstance(times, bool) or not 1 <= times <= 10:
        faults["script.misunderstandings"] = (
            "The bot passes the customer on after 1 to 10 misunderstandings."
        )
    return {**found, "misunderstandings": times}, faults


def _rule(rule: Any) -> tuple[dict[str, Any], str]:
    words, fault = _words(rule)
    if fault:
        return {}, fault
    reply, then = rule.get("reply") or "", rule.get("then") or GO_ON
    variables, fault = _variables(rule.get("set") or {})
    if not _is_text(reply, TEXT_LENGTH):
        fault = f"a reply is a text of at most {TEXT_LENGTH} characters."
    elif then not in THEN:
        fault = "then the bot goes on, escalates or ends."
    elif not reply.strip() and then == GO_ON:
        fault = "say something, or escalate or end."
    if fault:
        return {}, fault
    return {"words": words, "reply": _clean(reply), "set": variables, "then": then}, ""


def _proposal(rule: Any) -> tuple[dict[str, Any], str]:
    words, fault = _words(rule)
    if fault:
        return {}, fault
    title, text, url = (rule.get(name) or "" for name in ("title", "text", "url"))
    if not _is_text(title, 200) or not title.strip():
        return {}, "a suggestion needs a title of at most 200 characters."
    if not _is_text(text, TEXT_LENGTH):
        return {}, f"a text has at most {TEXT_LENGTH} characters."
    if not _is_text(url, 500) or (url and not is_web_address(url)):
        return {}, "a link begins with https:// or http://."
    return {"words": words, "title": _clean(title), "text": _clean(text), "url": _clean(url)}, ""


def _words(rule: Any) -> tuple[list[str], str]:
    given = rule.get("words") if isinstance(rule, Mapping) else None
    if not isinstance(given, Sequence) or isinstance(given, str):
        return [], "it needs words of the customer."
    if not all(_is_text(each, WORDS_LENGTH) for each in given):
        return [], f"words have at most {WORDS_LENGTH} characters."
    words = [_clean(each) for each in given if any(letter.isalnum() for letter in each)]
    if not 0 < len(words) <= MOST_WORDS:
        return [], f"it needs 1 to {MOST_WORDS} words or phrases of the customer."
    return words, ""


def _variables(given: Any) -> tuple[dict[str, Any], str]:
    if not isinstance(given, Mapping) or len(given) > MOST_VARIABLES:
        return {}, f"it sets at most {MOST_VARIABLES} variables."
    for name, value in given.items():
        if not _is_text(name, NAME_LENGTH) or not name.strip():
            return {}, f"the name of a variable has 1 to {NAME_LENGTH} characters."
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not (_is_text(value, TEXT_LENGTH) or (is_number and abs(value) <= 1e15)):
            return {}, f"the variable {name} is a text or a number."
    values = {
        _clean(name): _clean(value) if isinstance(value, str) else value
        for name, value in given.items()
    }
    return values, ""


def _is_text(given: Any, length: int) -> bool:
    """Half of a character, as careless programs send it, cannot be stored."""
    if not isinstance(given, str) or len(given) > length:
        return False
    return not any("\ud800" <= each <= "\udfff" for each in given)


def _clean(text: str) -> str:
    return text.replace("\x00", "").strip()

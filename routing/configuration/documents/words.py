"""A piece in plain words: label by label what it says."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from routing.check_learning import is_learned
from routing.engine.conditions import describe
from workstreams.auto_close import Times, times_in_words
from workstreams.overflow import pair_words

Facts = Iterator[tuple[str, str]]
NOTHING: Final = "none"
WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
KIND_WORDS: Final[dict[str, str]] = {
    "rating_model": "Rating model",
    "skill": "Skill",
    "agent_attribute": "Agent attribute",
    "capacity_profile": "Capacity profile",
    "presence": "Presence",
    "operating_hours": "Operating hours",
    "record_type": "Record type",
    "session_template": "Session template",
    "notification_template": "Notification template",
    "bot": "Bot",
    "learned_model": "Model",
    "assignment_method": "Assignment method",
    "queue": "Queue",
    "workstream": "Workstream",
    "intake": "Intake rules",
    "channel_instance": "Channel instance",
    "automated_message": "Automated message",
    "message_template": "Message template",
    "quick_reply": "Quick reply",
    "identification": "Customer identification",
    "service": "Service configuration",
    "agent": "Agent",
}


def facts(document: Mapping[str, Any]) -> dict[str, str]:
    """Every label of a piece with its value as people read it."""
    found: dict[str, str] = {}
    type_ = str(document.get("type", ""))
    for key, value in document.items():
        if key in TELLERS_BY_TYPE:
            found.update(TELLERS_BY_TYPE[key](value, type_))
        else:
            tell = TELLERS.get(key)
            found.update(tell(value) if tell else [(label(key), plain(value))])
    return found


def label(key: str) -> str:
    """``keep_same_agent`` as ``keep same agent``."""
    return key.replace("_", " ")


def plain(value: Any) -> str:
    """A value without brackets and quotes; what is stored has another order than what is not."""
    if value is None or value == "" or value == [] or value == {}:
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(plain(one) for one in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{label(key)} {plain(inside)}" for key, inside in sorted(value.items()))
    return str(value)


def _classification(rulesets: list[Mapping[str, Any]]) -> Facts:
    yield "classification rulesets in order", plain([one["name"] for one in rulesets])
    for ruleset in rulesets:
        where = f"ruleset “{ruleset['name']}”"
        if is_learned(ruleset):
            yield where, _learned(ruleset)
            continue
        rules = ruleset.get("rules") or []
        yield f"{where}, rules in order", plain([rule["name"] for rule in rules])
        for rule in rules:
            yield f"{where}, rule “{rule['name']}”", f"{_when(rule)}: {_then(rule)}"


def _learned(ruleset: Mapping[str, Any]) -> str:
    kind = label(str(ruleset["kind"]))
    return f"{kind} by {ruleset['model'] or 'built-in words'} from {plain(ruleset['inputs'])}"


def _route_to_queue(rules: list[Mapping[str, Any]], type: str) -> Facts:
    yield "route-to-queue rules in order", plain([rule["name"] for rule in rules])
    for rule in rules:
        said = f"{_when(rule)}: to {_queues(rule)}"
        yield f"route-to-queue rule “{rule['name']}”", said + _own_overflow(rule, type)


def _own_overflow(rule: Mapping[str, Any], type: str) -> str:
    pairs = rule.get("overflow")
    if pairs is None:
        return ""
    return f" (overflow of its own: {_pairs(pairs, type) or 'never'})"


def _overflow(pairs: list[Mapping[str, Any]], type: str) -> Facts:
    yield "overflow in order", _pairs(pairs, type) or NOTHING


def _pairs(pairs: list[Mapping[str, Any]], type: str) -> str:
    return "; ".join(pair_words(pair, type) for pair in pairs)


def _intake(rules: list[Mapping[str, Any]]) -> Facts:
    yield "rules in order", plain([rule["name"] for rule in rules])
    for rule in rules:
        sort = rule.get("record_type") or "any record"
        yield f"rule “{rule['name']}”", f"{sort}, {_when(rule)}: to {rule['workstream']}"


def _rules(rules: list[Mapping[str, Any]]) -> Facts:
    """Of intake, or of how customers are recognised: both are the rules of one piece."""
    return _identification(rules) if rules and "entity" in rules[0] else _intake(rules)


def _identification(rules: list[Mapping[str, Any]]) -> Facts:
    yield "identification rules in order", plain([rule["name"] for rule in rules])
    for rule in rules:
        state = "" if rule.get("is_enabled", True) else ", switched off"
        said = f"{label(rule['entity'])} by {plain(rule['keys'])}{state}"
        yield f"identification rule “{rule['name']}”", said


def _context_variables(variables: list[Mapping[str, Any]]) -> Facts:
    yield "context variables", plain([f"{one['name']} ({one['type']})" for one in variables])


def _questions(questions: list[Mapping[str, Any]]) -> Facts:
    yield "survey questions in order", plain([one["name"] for one in questions])
    for one in questions:
        need = ", required" if one["is_required"] else ""
        options = f": {plain(one['options'])}" if one["options"] else ""
        said = f"{one['text']} ({label(one['answer_type'])}{need}{options})"
        yield f"survey question “{one['name']}”", said


def _messages(messages: list[Mapping[str, Any]]) -> Facts:
    for one in messages:
        said = one["text"] if one["is_active"] else "says nothing"
        yield f"automated message {label(one['trigger'])} ({one['locale']})", said


def _periods(periods: list[Mapping[str, Any]]) -> Facts:
    yield "open", plain([_period(one) for one in periods])


def _period(one: Mapping[str, Any]) -> str:
    said = f"{WEEKDAYS[one['weekday']]} {one['start']}-{one['end']}"
    if one.get("every_weeks", 1) > 1:
        said += f" every {one['every_weeks']} weeks"
    said += "".join(f" {key} {one[key]}" for key in ("from", "until") if one.get(key))
    if one.get("except_on"):
        said += f" except on {' and '.join(one['except_on'])}"
    return said


def _holidays(holidays: list[Mapping[str, Any]]) -> Facts:
    yield "holidays", plain([_holiday(one) for one in holidays])


def _holiday(one: Mapping[str, Any]) -> str:
    last = f" to {one['until']}" if one.get("until") else ""
    yearly = " each year" if one.get("repeats_yearly") else ""
    return f"{one['date']}{last} {one['reason']}".strip() + yearly


def _when(rule: Mapping[str, Any]) -> str:
    condition = rule.get("when")
    return f"if {describe(condition)}" if condition else "always"


def _then(rule: Mapping[str, Any]) -> str:
    then = rule.get("then") or {}
    parts = [f"set {label(name)} to {plain(value)}" for name, value in _items(then, "set")]
    parts += [f"needs {_skill(skill)}" for skill in then.get("skills") or []]
    parts += [f"takes {profile}" for profile in then.get("capacity_profiles") or []]
    if then.get("priority") is not None:
        parts.append(f"priority {then['priority']}")
    return ", ".join(parts) or "nothing"


def _items(then: Mapping[str, Any], key: str) -> list[tuple[str, Any]]:
    return list((then.get(key) or {}).items())


def _skill(skill: Mapping[str, Any]) -> str:
    rating = skill.get("rating")
    return str(skill["skill"]) if rating is None else f"{skill['skill']} {rating}"


def _queues(rule: Mapping[str, Any]) -> str:
    shares = rule.get("queues") or []
    if len(shares) == 1:
        return str(shares[0]["queue"])
    return plain([f"{share['queue']} {share.get('percent', 100)} %" for share in shares])


def _auto_close(times: Times) -> Facts:
    for channel, row in times.items():
        yield f"auto-close of {label(channel)}", times_in_words(row)


def _filter(condition: Mapping[str, Any]) -> Facts:
    yield "closed work", describe(condition) if condition else "all"


# What reads otherwise for calls than for conversations.
TELLERS_BY_TYPE: Final[dict[str, Callable[[Any, str], Facts]]] = {
    "route_to_queue": _route_to_queue,
    "overflow": _overflow,
}
TELLERS: Final[dict[str, Callable[[Any], Facts]]] = {
    "when": _filter,
    "classification": _classification,
    "rules": _rules,
    "identification_rules": _identification,
    "context_variables": _context_variables,
    "survey_questions": _questions,
    "automated_messages": _messages,
    "periods": _periods,
    "holidays": _holidays,
    "auto_close": _auto_close,
}

"""Entries as the rows would write them: lists that are sets are sorted, defaults stand there.

So equal configuration is an equal entry, however a person wrote it.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date, time
from typing import Any, Final

from agents.terms import BasePresence
from routing.check_learning import ruleset_document
from routing.configuration.documents.checks import PAIR_KEYS, PAIR_ORDER
from routing.configuration.rows.opening import (
    holiday_document,
    in_order_of_days,
    opening_document,
)
from routing.configuration.rows.selection import in_order_of_names
from routing.engine.methods.tidy import tidy_method
from routing.terms import RuleType
from workstreams.actions.refusals import InvalidSettings
from workstreams.actions.save_quick_reply import clean_tags
from workstreams.actions.save_survey_question import clean_options
from workstreams.bots.check_script import checked_script
from workstreams.overflow import with_hours_pair
from workstreams.terms import AnswerType, BotKind

Document = dict[str, Any]
PRESENCES: Final = [presence.value for presence in BasePresence]


def tidy(kind: str, entry: Document) -> Document:
    """The entry in the one form in which it is compared and written."""
    arrange = ARRANGE.get(kind)
    return arrange(entry) if arrange else entry


def tidy_rules(rules: Any, **defaults: Any) -> Any:
    """Rules with all their keys, in the order people read them."""
    if not isinstance(rules, list):
        return rules
    return [
        {
            # No overflow of its own is something else than an empty one.
            key: rule.get(key) if default is None else rule.get(key) or default
            for key, default in defaults.items()
        }
        if isinstance(rule, Mapping) and rule.keys() <= defaults.keys()
        else rule
        for rule in rules
    ]


def _workstream(entry: Document) -> Document:
    entry["allowed_presences"] = [each for each in PRESENCES if each in entry["allowed_presences"]]
    entry["assist_bots"] = _names(entry["assist_bots"])
    if "profiles" in entry["capacity"]:
        entry["capacity"] = entry["capacity"] | {"profiles": _names(entry["capacity"]["profiles"])}
    entry["context_variables"] = sorted(
        entry["context_variables"], key=lambda each: (each["name"].casefold(), each["name"])
    )
    entry["classification"] = [_ruleset(each) for each in entry["classification"]]
    entry["route_to_queue"] = tidy_rules(
        [_with_shares(rule) for rule in entry["route_to_queue"]],
        name="",
        when={},
        queues=[],
        overflow=None,
    )
    return entry


def _ruleset(ruleset: Any) -> Any:
    if not isinstance(ruleset, Mapping):
        return ruleset
    rules = tidy_rules(ruleset.get("rules") or [], name="", when={}, then={})
    whole = ruleset_document(
        name=ruleset.get("name", ""),
        kind=ruleset.get("kind", RuleType.LOGICAL.value),
        model=ruleset.get("model"),
        inputs=ruleset.get("inputs") or [],
        rules=rules,
    )
    # What does not belong there is still looked at, and refused.
    return {**ruleset, **whole}


def tidy_pairs(pairs: Any) -> Any:
    """Overflow pairs with all their keys, in the order people read them."""
    if not isinstance(pairs, list):
        return pairs
    return [
        {key: pair.get(key) for key in PAIR_ORDER}
        if isinstance(pair, Mapping) and pair.keys() <= PAIR_KEYS
        else pair
        for pair in pairs
    ]


def _queue(entry: Document) -> Document:
    """Operating hours come with the pair that says what happens outside them (A 7)."""
    entry["overflow"] = with_hours_pair(
        tidy_pairs(entry["overflow"]), has_hours=entry["operating_hours"] is not None
    )
    return entry


def _with_shares(rule: Any) -> Any:
    if isinstance(rule, Mapping) and "overflow" in rule:
        rule = {**rule, "overflow": tidy_pairs(rule["overflow"])}
    queues = rule.get("queues") if isinstance(rule, Mapping) else None
    if not isinstance(queues, list):
        return rule
    whole = [{"percent": 100} | each if isinstance(each, dict) else each for each in queues]
    return rule | {"queues": whole}


def _operating_hours(entry: Document) -> Document:
    """What is as usual is left out: a first day, every week, a holiday of one day."""
    entry["periods"] = in_order_of_days(
        opening_document(
            weekday=each["weekday"],
            start=time.fromisoformat(each["start"]),
            end=time.fromisoformat(each["end"]),
            valid_from=_day(each.get("from")),
            valid_until=_day(each.get("until")),
            every_weeks=each.get("every_weeks", 1),
            except_on=[date.fromisoformat(day) for day in each.get("except_on", [])],
        )
        for each in entry["periods"]
    )
    entry["holidays"] = sorted(
        (
            holiday_document(
                day=date.fromisoformat(each["date"]),
                reason=each["reason"],
                until=_day(each.get("until")),
                repeats_yearly=each.get("repeats_yearly", False),
            )
            for each in entry["holidays"]
        ),
        key=lambda one: str(one["date"]),
    )
    return entry


def _bot(entry: Document) -> Document:
    """A script has all its keys once it is saved."""
    if entry["kind"] == BotKind.SCRIPTED:
        script, faults = checked_script(entry["purpose"], entry["script"])
        entry["script"] = entry["script"] if faults else script
    else:
        entry["script"] = {}
    return entry


def _session_template(entry: Document) -> Document:
    """A tab is opened once."""
    tabs = dict.fromkeys(entry["tabs"])
    entry["tabs"] = [tab for tab in tabs if tab != entry["anchor_tab"]]
    return entry


def _quick_reply(entry: Document) -> Document:
    entry["workstreams"] = _names(entry["workstreams"])
    with suppress(InvalidSettings):
        entry["tags"] = clean_tags(entry["tags"])
    return entry


def _channel_instance(entry: Document) -> Document:
    entry["survey_questions"] = [
        question | {"options": _options(question)} for question in entry["survey_questions"]
    ]
    entry["automated_messages"] = sorted(
        entry["automated_messages"], key=lambda one: (one["trigger"], one["locale"])
    )
    return entry


def _options(question: Document) -> list[str]:
    is_choice = question["answer_type"] == AnswerType.OPTIONS
    return clean_options(question["options"]) if is_choice else []


def _names(names: Iterable[str]) -> list[str]:
    return in_order_of_names(set(names))


def _learned_model(entry: Document) -> Document:
    entry["workstreams"] = _names(entry["workstreams"])
    return entry


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


ARRANGE: Final[dict[str, Callable[[Document], Document]]] = {
    "bot": _bot,
    "session_template": _session_template,
    "learned_model": _learned_model,
    "assignment_method": tidy_method,
    "queue": _queue,
    "workstream": _workstream,
    "operating_hours": _operating_hours,
    "quick_reply": _quick_reply,
    "channel_instance": _channel_instance,
}

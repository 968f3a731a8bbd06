"""The form of a bot: where its answers come from, and the script of one that needs no service."""

import math
import re
from collections.abc import Iterable
from typing import Any, Final

from django import forms

from config.forms import AppModelForm
from workstreams.bots.check_script import MOST_RULES
from workstreams.bots.endpoint import endpoint_fault
from workstreams.bots.scripted import GO_ON, MISUNDERSTANDINGS
from workstreams.models import Bot
from workstreams.terms import BotKind, BotPurpose

SPARE_RULES: Final = 2
RULE: Final = re.compile(r"(?:rule|card)_([0-9]{1,3})_")
THEN: Final = ((GO_ON, "goes on"), ("escalate", "escalates to people"), ("end", "ends"))
TALKS: Final = "kind=scripted&purpose=conversation"
ASSISTS: Final = "kind=scripted&purpose=assist"
OF_WEBHOOK: Final = "kind=webhook"


class BotForm(AppModelForm):
    """Settings first, then one block of fields a rule and two more to fill in.

    Rules of scripts for customers are ``rule_1_...``, those of smart assist ``card_1_...``; a
    rule whose words are emptied goes away.
    """

    secret = forms.CharField(
        required=False,
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    greeting = forms.CharField(required=False, max_length=4000, widget=forms.Textarea({"rows": 2}))
    fallback = forms.CharField(
        required=False,
        max_length=4000,
        label="When it does not understand",
        initial="I did not understand that. Could you say it in other words?",
    )
    misunderstandings = forms.IntegerField(
        min_value=1,
        max_value=10,
        initial=MISUNDERSTANDINGS,
        label="Misunderstandings before people take over",
    )
    escalation = forms.CharField(
        required=False,
        max_length=4000,
        label="What it says then",
        initial="Let me find somebody who can help you.",
    )

    class Meta:
        model = Bot
        fields = ["name", "kind", "purpose", "endpoint", "is_enabled"]
        labels = {"purpose": "What it does", "endpoint": "Address", "is_enabled": "Switched on"}
        help_texts = {
            "kind": "A webhook bot is a service of its own; a scripted one lives here.",
            "endpoint": "Where it is asked: https, or http on this machine itself.",
            "is_enabled": "A bot that is switched off leaves its conversations to people.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stored = "A secret is stored; leave this empty to keep it."
        fresh = "Leave this empty to have one made, which the bot's page can show once."
        self.fields["secret"].help_text = stored if self.instance.secret else fresh
        self._conditions = {"endpoint": OF_WEBHOOK, "secret": OF_WEBHOOK}
        script = self.instance.script or {}
        for name in ("greeting", "fallback", "misunderstandings", "escalation"):
            self._conditions[name] = TALKS
            if name in script:
                self.initial[name] = script[name]
        is_assist = self.instance.purpose == BotPurpose.ASSIST
        rules = list(script.get("rules", ()))
        self._rule_count = self._add_rules("rule", [] if is_assist else rules, _rule_fields, TALKS)
        self._card_count = self._add_rules(
            "card", rules if is_assist else [], _card_fields, ASSISTS
        )
        self.shown_when = self._conditions  # type: ignore[misc]  # each form has its own rules
        self.fieldsets = (  # type: ignore[misc]  # as above
            ("", ("name", ("kind", "purpose"), "endpoint", "secret", "is_enabled")),
            ("", ("greeting", "fallback", "misunderstandings", "escalation")),
            *(
                ("", tuple(f"{kind}_{number}_{part}" for part in parts))
                for kind, count, parts in (
                    ("rule", self._rule_count, ("words", "reply", "set", "then")),
                    ("card", self._card_count, ("words", "title", "text", "url")),
                )
                for number in range(1, count + 1)
            ),
        )

    def _add_rules(self, kind: str, rules: list[Any], fields_of: Any, shown: str) -> int:
        """As many as there are, or as were sent, and two more."""
        sent = {int(found[1]) for name in self.data if (found := RULE.match(name))}
        count = max(len(rules) + SPARE_RULES, min(max(sent, default=0), MOST_RULES))
        for number in range(1, count + 1):
            rule = rules[number - 1] if number <= len(rules) else {}
            for name, field in fields_of(number, rule):
                self.fields[f"{kind}_{number}_{name}"] = field
                self._conditions[f"{kind}_{number}_{name}"] = shown
        return count

    def settings(self) -> dict[str, Any]:
        """What ``save_bot`` wants."""
        given = self.cleaned_data
        names = ("name", "kind", "purpose", "endpoint", "secret", "is_enabled")
        return {name: given[name] for name in names} | {"script": self._script()}

    def _script(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given["purpose"] == BotPurpose.ASSIST:
            return {"rules": self._given("card", self._card_count, ("title", "text", "url"))}
        rules = self._given("rule", self._rule_count, ("reply", "set", "then"))
        return {
            "greeting": given.get("greeting", ""),
            "fallback": given.get("fallback", ""),
            "misunderstandings": given.get("misunderstandings") or MISUNDERSTANDINGS,
            "escalation": given.get("escalation", ""),
            "rules": [{**rule, "set": _variables(rule["set"])} for rule in rules],
        }

    def _given(self, kind: str, count: int, parts: Iterable[str]) -> list[dict[str, Any]]:
        found = []
        for number in range(1, count + 1):
            words = str(self.cleaned_data.get(f"{kind}_{number}_words") or "")
            if words.strip():
                values = {
                    part: self.cleaned_data.get(f"{kind}_{number}_{part}") or "" for part in parts
                }
                found.append({"words": _split(words), **values})
        return found

    def clean(self) -> dict[str, Any]:
        """Variables are lines of name = value; an address is safe."""
        cleaned = super().clean() or self.cleaned_data
        fault = endpoint_fault(str(cleaned.get("endpoint") or ""))
        if cleaned.get("kind") == BotKind.WEBHOOK and fault and "endpoint" not in self.errors:
            self.add_error("endpoint", fault)
        for number in range(1, self._rule_count + 1):
            name = f"rule_{number}_set"
            lines = str(cleaned.get(name) or "").splitlines()
            if any(line.strip() and "=" not in line for line in lines):
                self.add_error(name, "Write each variable on a line of its own: name = value.")
        return cleaned


def _rule_fields(number: int, rule: dict[str, Any]) -> Iterable[tuple[str, forms.Field]]:
    variables = "\n".join(f"{name} = {value}" for name, value in rule.get("set", {}).items())
    yield "words", _words(f"Rule {number}: when the customer says", rule)
    yield "reply", _long(f"Rule {number}: the bot answers", rule.get("reply", ""))
    yield (
        "set",
        _long(
            f"Rule {number}: and sets variables",
            variables,
            help_text="One a line: name = value. Rules of the workstream can read them.",
        ),
    )
    yield (
        "then",
        forms.ChoiceField(
            required=False,
            choices=THEN,
            label=f"Rule {number}: then it",
            initial=rule.get("then", GO_ON),
        ),
    )


def _card_fields(number: int, rule: dict[str, Any]) -> Iterable[tuple[str, forms.Field]]:
    yield "words", _words(f"Suggestion {number}: when the customer says", rule)
    yield (
        "title",
        forms.CharField(
            required=False,
            max_length=200,
            label=f"Suggestion {number}: title",
            initial=rule.get("title", ""),
        ),
    )
    yield "text", _long(f"Suggestion {number}: text for the answer", rule.get("text", ""))
    yield (
        "url",
        forms.CharField(
            required=False,
            max_length=500,
            label=f"Suggestion {number}: link",
            initial=rule.get("url", ""),
        ),
    )


def _words(label: str, rule: dict[str, Any]) -> forms.CharField:
    return forms.CharField(
        required=False,
        max_length=4000,
        label=label,
        initial=", ".join(rule.get("words", ())),
        help_text="Any of these words or phrases, separated by commas.",
    )


def _long(label: str, initial: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        required=False,
        max_length=4000,
        label=label,
        initial=initial,
        help_text=help_text,
        widget=forms.Textarea({"rows": 2}),
    )


def _split(words: str) -> list[str]:
    return [each.strip() for each in words.split(",") if each.strip()]


def _variables(lines: str) -> dict[str, str | int | float]:
    pairs = (line.partition("=") for line in lines.splitlines() if line.strip())
    return {name.strip(): _number_or_text(value.strip()) for name, _, value in pairs}


def _number_or_text(value: str) -> str | int | float:
    """``04`` is a text: what is written back differs."""
    for kind in (int, float):
        try:
            number = kind(value)
        except ValueError:
            continue
        if str(number) == value and math.isfinite(number):
            return number
    return value

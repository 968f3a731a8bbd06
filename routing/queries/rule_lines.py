"""Rules as sentences, with the addresses of what can be done to them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from routing.catalogue import sentence_of
from routing.check_learning import SECOND_SENTIMENT, is_learned
from routing.engine.conditions import validate
from routing.engine.conditions.fields import in_words
from routing.queries.deleted_rule import DeletedRule, deleted_rule
from routing.queries.rule_lists import RuleList, rule_list
from routing.terms import LABELS, RulesetKind, RuleType
from workstreams.models import Workstream

LEARNED_WORDS = {
    RuleType.SKILLS: "Finds skills",
    RuleType.SENTIMENT: "Predicts sentiment",
    RuleType.EFFORT: "Estimates effort",
}
SLUGS = {kind: kind.value.replace("_", "-") for kind in RulesetKind}


@dataclass(frozen=True, kw_only=True)
class RuleLine:
    """One rule as people read it. ``number`` counts within its ruleset."""

    number: int
    name: str
    condition: str
    outcome: str
    is_first: bool
    is_last: bool
    edit_url: str
    copy_url: str
    delete_url: str
    move_url: str

    def has(self, words: list[str]) -> bool:
        """Whether each word stands somewhere in it."""
        text = f"{self.name}\n{self.condition}\n{self.outcome}".casefold()
        return all(word in text for word in words)


@dataclass(frozen=True, kw_only=True)
class RuleGroup:
    """One ruleset of a list that may have several. ``learned`` says what a model does; the
    addresses are of rulesets of classification alone."""

    name: str
    lines: list[RuleLine]
    number: int = 1
    learned: str = ""
    is_first: bool = True
    is_last: bool = True
    edit_url: str = ""
    delete_url: str = ""
    move_url: str = ""
    create_url: str = ""


@dataclass(frozen=True, kw_only=True)
class RuleCard:
    """A list of rules as a card shows it; of a ``search`` only what was found. ``deleted`` is
    the name of a rule that can be put back."""

    id: str
    kind: RulesetKind
    title: str
    revision: int
    groups: list[RuleGroup]
    count: int
    found: int
    create_url: str
    page_url: str
    restore_url: str
    ruleset_url: str = ""
    warning: str = ""
    search: str = ""
    deleted: str = ""


def rule_card(
    kind: RulesetKind, workstream: Workstream, session: Mapping[str, Any], *, now: datetime
) -> RuleCard:
    """The card of a workstream's rules, in four queries at most."""
    rules = rule_list(kind, workstream)
    return card_of(rules, deleted=deleted_rule(session, rules, now=now))


def own_intake_rules(workstream: Workstream) -> list[dict[str, str]]:
    """Name and condition of the intake rules that lead here, in their order; one query."""
    rules = workstream.intake_rules.order_by("position", "pk").values("name", "when")
    return [{"name": rule["name"], "condition": _condition(dict(rule))} for rule in rules]


def card_of(rules: RuleList, *, search: str = "", deleted: DeletedRule | None = None) -> RuleCard:
    """The card of a list that is loaded already."""
    words = search.casefold().split()
    groups = [
        _group(rules, number, ruleset, words)
        for number, ruleset in enumerate(rules.rulesets, start=1)
    ]
    return RuleCard(
        id=SLUGS[rules.kind],
        kind=rules.kind,
        title=_title(rules),
        revision=rules.revision,
        groups=groups,
        count=sum(len(ruleset["rules"]) for ruleset in rules.rulesets),
        found=sum(len(group.lines) for group in groups),
        create_url=address("rule-create", rules),
        page_url=address("ruleset-edit", rules),
        restore_url=address("rule-restore", rules),
        ruleset_url=_ruleset_url(rules),
        warning=SECOND_SENTIMENT if _feels_twice(rules) else "",
        search=search,
        deleted=deleted.rule["name"] if deleted else "",
    )


def _group(rules: RuleList, number: int, ruleset: dict[str, Any], words: list[str]) -> RuleGroup:
    lines = [line for line in _lines(rules, number, ruleset["rules"]) if line.has(words)]
    if rules.kind != RulesetKind.CLASSIFICATION:
        return RuleGroup(name=ruleset["name"], lines=lines, number=number)
    create = "" if is_learned(ruleset) else f"{address('rule-create', rules)}?ruleset={number}"
    return RuleGroup(
        name=ruleset["name"],
        lines=lines,
        number=number,
        learned=_learned(ruleset) if is_learned(ruleset) else "",
        is_first=number == 1,
        is_last=number == len(rules.rulesets),
        edit_url=address("ruleset-settings", rules, ruleset=number),
        delete_url=address("ruleset-delete", rules, ruleset=number),
        move_url=address("ruleset-move", rules, ruleset=number),
        create_url=create,
    )


def _learned(ruleset: dict[str, Any]) -> str:
    """`skills by Topics, from title, messages`."""
    what = LEARNED_WORDS[RuleType(ruleset["kind"])]
    by = f"the model {ruleset['model']}" if ruleset["model"] else "built-in words"
    return f"{what} by {by}, from {', '.join(map(in_words, ruleset['inputs']))}"


def _ruleset_url(rules: RuleList) -> str:
    is_classification = rules.kind == RulesetKind.CLASSIFICATION
    return address("ruleset-create", rules) if is_classification else ""


def _feels_twice(rules: RuleList) -> bool:
    kinds = [ruleset.get("kind") for ruleset in rules.rulesets]
    return kinds.count(RuleType.SENTIMENT) > 1


def _title(rules: RuleList) -> str:
    if rules.record_type is None:
        return LABELS[rules.kind]
    return f"{LABELS[rules.kind]}: {rules.record_type}"


def address(name: str, rules: RuleList, **numbers: int) -> str:
    """Where a page of these rules is."""
    if rules.record_type is not None:
        name = "intake-list" if name == "ruleset-edit" else f"intake-{name}"
        kwargs = {"record_type": rules.record_type.name, **numbers}
        return reverse(f"routing:{name}", kwargs=kwargs)
    assert rules.workstream is not None
    kwargs = {"workstream_id": rules.workstream.pk, "kind": SLUGS[rules.kind], **numbers}
    return reverse(f"routing:{name}", kwargs=kwargs)


def outcome(rule: dict[str, Any]) -> str:
    """What follows when the rule matches: `to VIP 70 % or Support 30 %`, `set ...`."""
    if "queues" in rule:
        own = ", with overflow of its own" if rule.get("overflow") is not None else ""
        return _shares(rule["queues"]) + own
    if "workstream" in rule:
        return f"to the workstream {rule['workstream']}"
    return ", ".join(_outputs(rule.get("then") or {})) or "nothing"


def _lines(rules: RuleList, ruleset: int, documents: list[dict[str, Any]]) -> Iterator[RuleLine]:
    for number, rule in enumerate(documents, start=1):
        place = {"ruleset": ruleset, "number": number}
        yield RuleLine(
            number=number,
            name=rule["name"],
            condition=_condition(rule),
            outcome=outcome(rule),
            is_first=number == 1,
            is_last=number == len(documents),
            edit_url=address("rule-edit", rules, **place),
            copy_url=address("rule-copy", rules, **place),
            delete_url=address("rule-delete", rules, **place),
            move_url=address("rule-move", rules, **place),
        )


def _condition(rule: dict[str, Any]) -> str:
    when = rule.get("when")
    return "(a condition that cannot be read)" if validate(when) else sentence_of(when)


def _shares(shares: list[dict[str, Any]]) -> str:
    if len(shares) == 1:
        return f"to {shares[0]['queue']}"
    return "to " + " or ".join(f"{share['queue']} {share['percent']} %" for share in shares)


def _outputs(then: dict[str, Any]) -> Iterator[str]:
    for field, value in (then.get("set") or {}).items():
        words = str(value).lower() if isinstance(value, bool) else value
        yield f"set {in_words(field)} to {words}"
    for skill in then.get("skills") or ():
        rating = skill.get("rating")
        yield f"need {skill['skill']}" + (f" (rating {rating})" if rating is not None else "")
    for profile in then.get("capacity_profiles") or ():
        yield f"take capacity of {profile}"
    if then.get("priority") is not None:
        yield f"priority {then['priority']}"

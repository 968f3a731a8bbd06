"""The rule that somebody deleted last, as long as it can be put back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from routing.check_learning import is_learned
from routing.queries.rule_lists import RuleList
from routing.terms import RulesetKind

KEY: Final = "deleted_rule"
KEPT_FOR: Final = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class DeletedRule:
    """A rule, the ruleset it stood in as that is numbered now, and at which place."""

    ruleset: int
    number: int
    rule: dict[str, Any]


def list_key(rules: RuleList) -> str:
    """Which list it is, of all."""
    owner = rules.record_type or rules.workstream
    return f"{rules.kind} {owner.pk if owner else 0}"


def deleted_rule(
    session: Mapping[str, Any], rules: RuleList, *, now: datetime
) -> DeletedRule | None:
    """What was deleted from this list within the last ten minutes, in this session, as long as its
    ruleset can be told."""
    kept = session.get(KEY)
    if not isinstance(kept, dict) or kept.get("list") != list_key(rules):
        return None
    if datetime.fromisoformat(kept["at"]) < now - KEPT_FOR:
        return None
    ruleset = _ruleset_of(rules, kept)
    if ruleset is None:
        return None
    return DeletedRule(ruleset=ruleset, number=kept["number"], rule=kept["rule"])


def _ruleset_of(rules: RuleList, kept: Mapping[str, Any]) -> int | None:
    """Its number: that of then as long as nothing was saved since, else that of the only ruleset of
    its name. Other lists than classification have one."""
    if rules.kind != RulesetKind.CLASSIFICATION:
        return 1
    name = kept.get("ruleset")
    found = [n for n, each in enumerate(rules.rulesets, start=1) if each["name"] == name]
    if kept.get("revision") == rules.revision and kept["ruleset_number"] in found:
        found = [kept["ruleset_number"]]
    if len(found) != 1 or is_learned(rules.rulesets[found[0] - 1]):
        return None
    return found[0]

"""The rule that somebody deleted last, as long as it can be put back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from routing.queries.rule_lists import RuleList

KEY: Final = "deleted_rule"
KEPT_FOR: Final = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class DeletedRule:
    """A rule, and where it stood."""

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
    """What was deleted from this list within the last ten minutes, in this session."""
    kept = session.get(KEY)
    if not isinstance(kept, dict) or kept.get("list") != list_key(rules):
        return None
    if datetime.fromisoformat(kept["at"]) < now - KEPT_FOR:
        return None
    return DeletedRule(ruleset=kept["ruleset"], number=kept["number"], rule=kept["rule"])

"""What stands against saving rules: every fault with its path, wherever the rules come from."""

from routing.check_rules.intake import record_type_of
from routing.check_rules.known import Known, fixed_fields, known_rows
from routing.check_rules.rulesets import (
    MAXIMUM_RULES,
    MAXIMUM_RULESETS,
    OUTPUT_CHECKS,
    check_rule,
    check_rulesets,
    comparable_name,
)

__all__ = [
    "MAXIMUM_RULES",
    "MAXIMUM_RULESETS",
    "OUTPUT_CHECKS",
    "Known",
    "check_rule",
    "check_rulesets",
    "comparable_name",
    "fixed_fields",
    "known_rows",
    "record_type_of",
]

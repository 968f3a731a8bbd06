"""Conditions of rules: checked, said in words, and compiled to closures.

Text compares without regard to case and surrounding blanks, as Microsoft's conditions do.
A number and a text that reads as a number compare as numbers. A missing value matches only
the negative operators and `is_not_set`. A value of a wrong type matches nothing and leaves a
note. An empty condition matches everything.
"""

from routing.engine.conditions.check import Finding, validate
from routing.engine.conditions.condition import Condition, ConditionError, compile_condition
from routing.engine.conditions.describe import describe
from routing.engine.conditions.fields import is_fixed, is_readable, is_writable
from routing.engine.conditions.limits import MAXIMUM_FIELD, NOT_STORABLE, check_condition
from routing.engine.conditions.operators import OPERATORS, Takes
from routing.engine.conditions.values import is_storable

__all__ = [
    "MAXIMUM_FIELD",
    "NOT_STORABLE",
    "OPERATORS",
    "Condition",
    "ConditionError",
    "Finding",
    "Takes",
    "check_condition",
    "compile_condition",
    "describe",
    "is_fixed",
    "is_readable",
    "is_storable",
    "is_writable",
    "validate",
]

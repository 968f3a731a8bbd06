"""Which of many conditions can still match, after one look at each field.

A rule whose condition needs a row that fails cannot match. Rows over one field are kept as
tables, so that one look-up says of all rules at once which fail; sets of rules are bits of
numbers. Only what is left is tested. The answer is exactly that of testing all, notes
included: a rule that reads a value of a wrong type is always tested.
"""

from routing.engine.screen.rule_list import RuleList
from routing.engine.screen.screen import Screen

__all__ = ["RuleList", "Screen"]

"""Tests by their names, for tables that say which of them bear a meaning."""

import ast
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

TESTS: Final = Path(__file__).resolve().parents[1]


def missing(tests: Iterable[str]) -> list[str]:
    """Those (``file::name``) that are not there."""
    return [test for test in tests if test.partition("::")[2] not in _names_in(test)]


def _names_in(test: str) -> frozenset[str]:
    return names_in(test.partition("::")[0])


@cache
def names_in(file: str) -> frozenset[str]:
    """The functions and classes of a file of tests."""
    tree = ast.parse((TESTS / file).read_text())
    return frozenset(
        node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)
    ) | frozenset(
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    )

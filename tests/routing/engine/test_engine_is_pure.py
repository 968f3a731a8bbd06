"""The engine imports no Django and no models, and reads no clock."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import routing.engine

FOLDER = Path(routing.engine.__file__).parent
MODULES = sorted(FOLDER.rglob("*.py"))
# Numbers in, numbers out: they know no database and no clock.
LIBRARIES = {"numpy", "scipy"}
OWN = ("routing.engine", "routing.terms", "agents.terms", "workstreams.terms")


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield node.module or ""
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_a_module_imports_the_engine_the_words_and_the_standard_library_only(module):
    tree = ast.parse(module.read_text())

    for name in imported(tree):
        assert name.startswith(OWN) or name.partition(".")[0] in LIBRARIES | sys.stdlib_module_names


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_a_module_asks_for_no_time_and_no_chance(module):
    called = {
        node.func.attr
        for node in ast.walk(ast.parse(module.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }

    assert not called & {"now", "today", "utcnow", "random", "randrange", "open", "getenv"}

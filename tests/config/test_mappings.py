"""Mappings in templates, whose keys are what people typed."""

import re
from pathlib import Path

import pytest
from django.http import QueryDict
from django.template import Context, Template

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
SHOWN = "{% load mappings %}{% for name, value in of|entries %}{{ name }}={{ value }};{% endfor %}"
# A key called `items` comes before the method.
BY_METHOD = re.compile(r"{% for \w+, \w+ in [^%]*\.items\b")


@pytest.mark.parametrize(
    ("of", "shown"),
    [
        ({"items": 3, "b": 1}, "items=3;b=1;"),
        (QueryDict("items=abc&type=case"), "items=abc;type=case;"),
        ({}, ""),
        (None, ""),
        ("no mapping", ""),
    ],
)
def test_every_entry_is_shown_whatever_it_is_called(of, shown):
    assert Template(SHOWN).render(Context({"of": of})) == shown


def test_no_template_loops_over_the_items_of_a_mapping_by_method():
    found = [path.name for path in TEMPLATES.rglob("*.html") if BY_METHOD.search(path.read_text())]

    assert found == []

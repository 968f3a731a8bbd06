"""Any condition goes through the builder, as a browser would send it back, and stays the same."""

import json
from html.parser import HTMLParser
from typing import Any

from django.http import QueryDict
from django.template.loader import render_to_string
from hypothesis import example, given, settings
from hypothesis import strategies as st

from routing.catalogue import Catalogue, Given, Lookup, catalogue_of
from routing.engine.conditions import OPERATORS, Takes, check_condition, validate
from routing.engine.conditions.types import FieldType
from routing.forms.conditions import Builder

CATALOGUE: Catalogue = catalogue_of(
    Given(
        type="messaging",
        channel="wechat",
        variables={"amount": FieldType.NUMBER, "Tier": FieldType.TEXT, "tier": FieldType.TEXT},
        answers={"topic": ("Sales, abroad", "Service")},
        attributes={"attributes.vip": FieldType.BOOLEAN},
    )
)
NAMES = {Lookup.SKILL: ["French", "Dutch"]}
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=12)
NUMBERS = st.integers(-(10**20), 10**20) | st.floats(allow_nan=False, allow_infinity=False)
SCALARS = (
    WORDS | NUMBERS | st.booleans() | st.sampled_from(["5", "true", "a, b", '"q"', " x ", "05"])
)
MOMENTS = (
    st.dates().map(str)
    | st.datetimes().map(str)
    | st.datetimes().map(lambda each: each.isoformat(timespec="minutes"))
    | st.datetimes().map(lambda each: f"{each:%Y-%m-%dT%H:%M:00}Z")
    | st.sampled_from(["2026-03-01T14:30:00+02:00", "0001-01-01T00:00+05:00", "20260301"])
)
DURATIONS = NUMBERS | st.dictionaries(
    st.sampled_from(["days", "hours", "minutes"]), st.integers(0, 9) | st.just("2"), min_size=1
)
VALUES: dict[Takes, st.SearchStrategy[Any]] = {
    Takes.NOTHING: st.none() | SCALARS,
    Takes.VALUE: SCALARS,
    Takes.VALUES: st.lists(SCALARS, min_size=1, max_size=4),
    Takes.TEXT: SCALARS,
    Takes.NUMBER: NUMBERS | st.sampled_from(["5", " 5 ", "1e3"]),
    Takes.RANGE: st.lists(NUMBERS, min_size=2, max_size=2)
    | st.lists(MOMENTS, min_size=2, max_size=2),
    Takes.MOMENT: MOMENTS,
    Takes.DURATION: DURATIONS,
}
PATHS = st.sampled_from(sorted(CATALOGUE.fields)) | st.sampled_from(
    ["context.other", "attributes.x y", "record.a.b", "customer.Customer: name", "context. a "]
)


@st.composite
def rows(draw: st.DrawFn) -> dict[str, Any]:
    op = draw(st.sampled_from(sorted(OPERATORS)))
    row = {"field": draw(PATHS), "op": op}
    takes = OPERATORS[op].takes
    if takes is Takes.NOTHING and draw(st.booleans()):
        return row
    return {**row, "value": draw(VALUES[takes])}


CONDITIONS = st.recursive(
    rows(),
    lambda inside: (
        st.builds(lambda child: {"not": child}, inside)
        | st.builds(
            lambda word, children: {word: children},
            st.sampled_from(["all", "any"]),
            st.lists(inside, max_size=4),
        )
    ),
    max_leaves=12,
)


class Fields(HTMLParser):
    """What a browser sends of a form: successful controls in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.sent = QueryDict(mutable=True)
        self.select: dict[str, str | None] = {}
        self.options: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "input" and given.get("name"):
            value = (given.get("value") or "").replace("\r", "").replace("\n", "")
            if given.get("type") in (None, "text", "hidden", "number", "date", "time"):
                self.sent.appendlist(str(given["name"]), value)
        elif tag == "select":
            self.select, self.options = given, []
        elif tag == "option" and self.select:
            self.options.append((given.get("value") or "", "selected" in given))

    def handle_endtag(self, tag: str) -> None:
        if tag != "select":
            return
        chosen = [value for value, is_chosen in self.options if is_chosen]
        if not chosen and "multiple" not in self.select and self.options:
            chosen = [self.options[0][0]]
        for value in chosen:
            self.sent.appendlist(str(self.select["name"]), value)
        self.select = {}


def sent_by_a_browser(builder: Builder) -> QueryDict:
    fields = Fields()
    fields.feed(
        render_to_string(
            "routing/rules/_condition_group.html", {"group": builder.root, "builder": builder}
        )
    )
    return fields.sent


@example(condition={})
@example(condition={"all": []})
@example(condition={"not": {"any": []}})
@example(condition={"not": {"not": {"field": "title", "op": "is_set"}}})
@example(condition={"any": [{"all": [{"field": "title", "op": "is_set"}]}]})
@example(condition={"field": "context.topic", "op": "in", "value": ["Sales, abroad"]})
@example(condition={"field": "account.email", "op": "in", "value": ["0\n0"]})
@example(condition={"field": "context.a\nb", "op": "equals", "value": "0\n0"})
@example(condition={"field": "attributes.vip", "op": "in", "value": ["0", False]})
@given(condition=CONDITIONS)
@settings(max_examples=200, deadline=None)
def test_any_condition_comes_back_the_same(condition):
    if validate(condition):
        return

    shown = Builder(condition, None, CATALOGUE, NAMES)
    again = Builder(None, sent_by_a_browser(shown), CATALOGUE, NAMES)

    assert json.dumps(again.document(), sort_keys=True) == json.dumps(condition, sort_keys=True)
    if not check_condition(condition):
        again.check()
        assert [error for error in again.errors if "This group is about" not in error[1]] == []

"""What the buttons of the builder do."""

from typing import Any

import pytest

from routing.catalogue import Given, catalogue_of
from routing.engine.conditions.check import MAXIMUM_DEPTH, MAXIMUM_ROWS
from routing.forms.conditions import Builder

CATALOGUE = catalogue_of(
    Given(type="messaging", channel="live_chat", variables={}, answers={}, attributes={})
)


def row(name):
    return {"field": f"context.{name}", "op": "is_set"}


A, B, C, D = map(row, "abcd")
TREE = {"all": [A, {"any": [B, C]}, D]}


def edited(command, when=TREE):
    builder = Builder(when, None, CATALOGUE, {})
    builder.edit(command)
    return builder


@pytest.mark.parametrize(
    ("command", "after", "said"),
    [
        ("up c-3", {"all": [A, {"any": [B, C, D]}]}, "Condition 3 moved to 2.3"),
        ("down c-1", {"all": [{"any": [A, B, C]}, D]}, "Condition 1 moved to 1.1"),
        ("up c-2-2", {"all": [A, {"any": [C, B]}, D]}, "Condition 2.2 moved to 2.1"),
        ("up c-2-1", {"all": [A, B, C, D]}, "Condition 2.1 moved to 2"),
        ("down c-2-2", {"all": [A, B, C, D]}, "Condition 2.2 moved to 3"),
        ("up c-2", {"all": [{"any": [B, C]}, A, D]}, "Group 2 moved to 1"),
        ("up c-1", TREE, "Condition 1 moved to 1"),
        ("remove c-1", {"all": [{"any": [B, C]}, D]}, "Condition 1 removed"),
        ("remove c-2", {"all": [A, D]}, "Group 2 removed"),
        ("remove c-2-1", {"all": [A, C, D]}, "Condition 2.1 removed"),
        ("move c-1 before c-2-2", {"all": [{"any": [B, A, C]}, D]}, "Condition 1 moved to 1.2"),
        ("move c-1 after c-3", {"all": [{"any": [B, C]}, D, A]}, "Condition 1 moved to 3"),
        ("move c-3 into c-2", {"all": [A, {"any": [B, C, D]}]}, "Condition 3 moved to 2.3"),
        ("move c-2-1 into c", {"all": [A, C, D, B]}, "Condition 2.1 moved to 4"),
        ("move c-2 into c-2", TREE, ""),
        ("move c-2 before c-2-1", TREE, ""),
        ("move c-1 before c-9", TREE, ""),
        ("remove c", TREE, ""),
        ("add-row c-1", TREE, ""),
        ("explode c-1", TREE, ""),
        ("", TREE, ""),
    ],
)
def test_a_button_changes_the_condition(command, after, said):
    builder = edited(command)

    assert builder.document() == after
    assert builder.said == said


def test_new_rows_and_groups_change_nothing_until_they_are_filled():
    for command in ("add-row c", "add-row c-2", "add-group c-2", "add-related c"):
        builder = edited(command)

        assert builder.document() == TREE
        assert (
            sum(form.fields["field"].widget.attrs.get("autofocus", 0) for form in builder.rows) == 1
        )


def test_an_emptied_group_goes():
    one = {"all": [A, {"not": {"any": [B]}}]}

    assert edited("up c-2-1", one).document() == {"all": [A, B]}
    assert edited("remove c-2-1", one).document() == A


def test_a_related_group_asks_for_the_same_of_another_record():
    when = {"all": [A, {"any": [{"field": "contact.name", "op": "is_set"}]}]}
    builder = Builder(when, None, CATALOGUE, {})
    group: Any = builder.root.children[1]
    assert group.about == "contact"

    group.about = "contact.account"
    builder.edit("refit c-2")

    assert builder.document()["all"][1]["any"][0]["field"] == "contact.account.name"


def test_a_row_of_a_related_group_is_about_that_record():
    when = {"all": [A, {"any": [{"field": "contact.name", "op": "is_set"}]}]}
    builder = Builder(when, None, CATALOGUE, {})
    group: Any = builder.root.children[1]
    group.children[0].field = "Title"

    builder.check()

    [(place, sentence)] = builder.errors
    assert place == "c-2-1-field"
    assert sentence == "Condition 2.1: This group is about the contact: choose its fields."


def test_limits_are_said_and_nothing_is_added():
    deep = A
    for _ in range(MAXIMUM_DEPTH - 1):
        deep = {"not": deep}
    full = {"any": [A] * MAXIMUM_ROWS}

    assert "at most 500 rows" in edited("add-row c", full).said
    assert "at most 20 deep" in edited(f"add-group c{'-1' * (MAXIMUM_DEPTH - 2)}", deep).said
    assert len(edited("add-row c", full).rows) == MAXIMUM_ROWS


def test_another_field_gets_an_operator_that_fits():
    sent = {"c-join": "all", "c-1-field": "Created at", "c-1-op": "equals", "c-1-value": "x"}
    builder = Builder(None, sent, CATALOGUE, {})

    builder.edit("refit c-1")

    [form] = builder.rows
    assert form["op"].value() == "on_or_after"
    assert form["value"].value() == "x"

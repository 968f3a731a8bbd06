"""Which input fits field and operator, and what comes of what is typed into it."""

import pytest

from routing.catalogue import Given, Lookup, catalogue_of
from routing.engine.conditions.types import OPERATORS_OF, FieldType
from routing.forms.conditions import Builder
from routing.forms.conditions.values import last_of, listed, parts_of

CATALOGUE = catalogue_of(
    Given(
        type="messaging",
        channel="live_chat",
        variables={"amount": FieldType.NUMBER, "zip": FieldType.TEXT},
        answers={"topic": ("Sales, abroad", "Service")},
        attributes={"attributes.vip": FieldType.BOOLEAN},
    )
)
NAMES = {Lookup.SKILL: ["French", "Dutch"], Lookup.CHANNEL_INSTANCE: ["Shop"]}


def builder(**row):
    sent = {f"c-1-{name}": value for name, value in row.items()}
    return Builder(None, {"c-join": "all", "c-bare": "1", **sent}, CATALOGUE, NAMES)


INPUTS = [
    ("context.zip", "equals", "text", '<input type="text"'),
    ("context.zip", "in", "list", 'placeholder="one, another"'),
    ("context.amount", "greater", "number", '<input type="number"'),
    ("context.amount", "equals", "number", '<input type="number"'),
    ("context.amount", "between", "range", '<input type="number"'),
    ("created_at", "on_or_after", "date", '<input type="date"'),
    ("created_at", "on_or_before", "date", '<input type="time"'),
    ("created_at", "between", "range", '<input type="date"'),
    ("created_at", "between", "range", 'id="c-1-second_time"'),
    ("created_at", "older_than", "duration", '<option value="hours"'),
    ("channel", "equals", "choice", '<option value="sms">SMS</option>'),
    ("channel", "in", "choices", "multiple"),
    ("sentiment", "not_equals", "choice", '<option value="very_negative">Very negative</option>'),
    ("context.topic", "equals", "choice", '<option value="Sales, abroad">'),
    ("attributes.vip", "equals", "choice", '<option value="true">Yes</option>'),
    ("skills", "contains", "name", 'list="names-skill"'),
    ("skills", "in", "choices", '<option value="French">'),
    ("contact.name", "equals", "name", 'hx-get="/rules/names/contact/c-1/"'),
    ("account.name", "starts_with", "name", 'hx-get="/rules/names/account/c-1/"'),
    ("contact.name", "in", "list", 'hx-get="/rules/names/contact/c-1/?several=1"'),
    ("context.zip", "not_in", "list", 'placeholder="one, another"'),
    ("engagement.instance", "equals", "name", 'list="names-channel_instance"'),
    ("title", "is_set", "nothing", ""),
    ("record.whatever", "older_than", "duration", '<option value="days"'),
    ("record.whatever", "equals", "text", '<input type="text"'),
]


@pytest.mark.parametrize(("field", "op", "kind", "html"), INPUTS)
def test_an_input_fits_field_and_operator(field, op, kind, html):
    [form] = builder(field=field, op=op).rows

    assert form.input == kind
    assert html in "".join(str(each) for each in form.value_fields)
    offered = [value for value, _ in form.fields["op"].widget.choices]
    assert offered == list(OPERATORS_OF[CATALOGUE.type_of(field)])


TYPED = [
    ("Context: zip", "equals", {"value": "01067"}, "01067"),
    ("context.zip", "equals", {"value": "10115"}, "10115"),
    ("context.zip", "in", {"value": '10115, "a, b"'}, ["10115", "a, b"]),
    ("context.amount", "equals", {"value": "5"}, 5),
    ("context.amount", "less", {"value": " 2.5 "}, 2.5),
    ("context.amount", "between", {"value": "1", "second": "9"}, [1, 9]),
    ("context.amount", "between", {"value": "1 and 9"}, [1, 9]),
    (
        "created_at",
        "between",
        {"value": "2026-01-01", "second": "2026-02-01"},
        ["2026-01-01", "2026-02-01"],
    ),
    ("created_at", "older_than", {"value": "2", "second": "days"}, {"days": 2}),
    ("created_at", "newer_than", {"value": "1 hour", "second": "days"}, {"hours": 1}),
    ("channel", "in", {"values": ["sms", "line"]}, ["sms", "line"]),
    ("channel", "in", {"value": "sms, line"}, ["sms", "line"]),
    ("context.topic", "in", {"values": ["Sales, abroad"]}, ["Sales, abroad"]),
    ("attributes.vip", "equals", {"value": "true"}, True),
    ("attributes.other", "equals", {"value": "5"}, 5),
    ("attributes.other", "equals", {"value": "05"}, "05"),
    ("SKILLS", "contains", {"value": "French"}, "French"),
]


@pytest.mark.parametrize(("field", "op", "typed", "value"), TYPED)
def test_what_is_typed_becomes_what_field_and_operator_want(field, op, typed, value):
    form = builder(field=field, op=op, **typed)

    form.check()

    assert form.errors == []
    assert form.document()["value"] == value
    assert form.document()["field"] == CATALOGUE.path_of(field)


@pytest.mark.parametrize(
    ("field", "op", "typed", "name"),
    [
        ("context.amount", "greater", {"value": "many"}, "value"),
        ("created_at", "on_or_after", {"value": "2026-02-30"}, "value"),
        ("created_at", "older_than", {"value": "long", "second": "days"}, "value"),
        ("channel", "in", {}, "values"),
        ("channel", "equals", {"value": ""}, "value"),
        ("", "contains", {"value": "x"}, "field"),
        ("planet", "equals", {"value": "x"}, "field"),
        ("title", "matches", {"value": "x"}, "op"),
    ],
)
def test_what_does_not_fit_is_shown_as_typed_with_its_error(field, op, typed, name):
    form = builder(field=field, op=op, **typed)

    form.check()

    [row] = form.rows
    assert set(row.errors) == {name}
    assert row["field"].value() == field
    assert all(row[each].value() == given for each, given in typed.items())
    assert "is-invalid" in str(row[name])


@pytest.mark.parametrize(
    ("values", "line"),
    [(["a", "b"], "a, b"), (["a, b"], '"a, b"'), (['say "hi"'], '"say ""hi"""'), (["x "], '"x "')],
)
def test_values_in_one_line_come_apart_again(values, line):
    assert listed(values) == line
    assert parts_of(line) == [value.strip() for value in values]


MOMENTS = [
    ({"value": "2026-03-01", "time": ""}, "2026-03-01"),
    ({"value": "2026-03-01", "time": "14:30"}, "2026-03-01T14:30:00Z"),
    ({"value": "2026-03-01"}, "2026-03-01"),
]


@pytest.mark.parametrize(
    ("line", "before", "last"),
    [
        ("Ada", "", "Ada"),
        ("Ada, Bo", "Ada, ", "Bo"),
        ('"Hopper, Gr', "", "Hopper, Gr"),
        ('Ada, "Hopper, Grace"', "Ada, ", "Hopper, Grace"),
        ('"Hopper, Grace",Ad', '"Hopper, Grace", ', "Ad"),
        ('"Hopper ""Amazing"", Gr', "", 'Hopper "Amazing", Gr'),
        ('5" pipe, 6" p', '5" pipe, ', '6" p'),
    ],
)
def test_the_value_that_is_being_typed_is_the_last_one(line, before, last):
    assert last_of(line) == (before, last)


@pytest.mark.parametrize(("typed", "value"), MOMENTS)
def test_a_moment_is_a_day_with_or_without_a_time(typed, value):
    form = builder(field="created_at", op="on_or_after", **typed)

    form.check()

    assert form.errors == []
    assert form.document()["value"] == value


def test_both_ends_of_a_range_have_a_time():
    typed = {"value": "2026-03-01", "time": "08:00", "second": "2026-03-01", "second_time": "17:00"}

    form = builder(field="created_at", op="between", **typed)

    form.check()
    assert form.errors == []
    assert form.document()["value"] == ["2026-03-01T08:00:00Z", "2026-03-01T17:00:00Z"]


def test_a_time_without_its_day_is_refused_and_shown():
    form = builder(field="created_at", op="on_or_after", value="", time="14:30")

    form.check()

    assert [each for _, each in form.errors] == [
        'Condition 1: "is on or after" needs a date such as 2025-03-01.'
    ]
    assert form.rows[0]["time"].value() == "14:30"


@pytest.mark.parametrize(
    ("stored", "day", "time"),
    [
        ("2026-03-01T14:30:00+02:00", "2026-03-01", "12:30"),
        ("2026-03-01T14:30", "2026-03-01", "14:30"),
        ("2026-03-01", "2026-03-01", ""),
    ],
)
def test_a_stored_moment_is_shown_in_utc_and_stays(stored, day, time):
    condition = {"field": "created_at", "op": "on_or_before", "value": stored}

    form = Builder(condition, None, CATALOGUE, NAMES)

    assert form.document() == condition
    assert [form.rows[0][each].value() for each in ("value", "time")] == [day, time]


def test_a_moment_with_seconds_is_shown_as_it_is():
    stored = {"field": "created_at", "op": "on_or_before", "value": "2026-03-01T14:30:07Z"}

    form = Builder(stored, None, CATALOGUE, NAMES)

    assert form.rows[0].value_names == ("value",)
    assert form.rows[0]["value"].value() == "2026-03-01T14:30:07Z"


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        (
            "context.amount",
            {"value": "9", "second": "1"},
            "This is between nothing: 9 comes after 1. Enter the smaller number first.",
        ),
        (
            "created_at",
            {"value": "2026-03-02", "second": "2026-03-01", "second_time": "10:00"},
            "This is between nothing: 2026-03-02 comes after 2026-03-01 10:00 UTC."
            " Enter the earlier date first.",
        ),
    ],
)
def test_a_range_the_wrong_way_round_is_refused_at_its_row(field, typed, sentence):
    form = builder(field=field, op="between", **typed)

    form.check()

    assert form.rows[0].errors == {"value": [sentence]}

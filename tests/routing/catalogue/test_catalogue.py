"""Which fields rules can ask about, by workstream."""

from typing import Any

import pytest

from routing.catalogue import Given, catalogue_of
from routing.catalogue.engagement import ATTRIBUTES
from routing.engine.conditions import OPERATORS, check_condition, is_readable
from routing.engine.conditions.types import OPERATORS_OF, FieldType

SAMPLES = {
    FieldType.NUMBER: 5,
    FieldType.DATE: "2026-03-01",
    FieldType.BOOLEAN: True,
}
VALUES = {
    "in": ["a", "b"],
    "not_in": ["a"],
    "older_than": {"days": 2},
    "newer_than": {"hours": 1},
    "is_set": None,
    "is_not_set": None,
}


def catalogue(type="messaging", channel="live_chat", **given):
    empty: dict[str, Any] = {"variables": {}, "answers": {}, "attributes": {}}
    return catalogue_of(Given(type=type, channel=channel, **(empty | given)))


KINDS = [
    *[("messaging", channel) for channel in ATTRIBUTES if channel != "voice"],
    ("messaging", "custom"),
    ("voice", "voice"),
    ("record", "record"),
]


@pytest.mark.parametrize(("type", "channel"), KINDS)
def test_every_field_is_legal_named_once_and_takes_its_operators(type, channel):
    fields = catalogue(type, channel, record_types=(("case", "Case"),)).fields.values()

    labels = [each.label.casefold() for each in fields]
    assert len(labels) == len(set(labels))
    for each in fields:
        assert is_readable(each.path), each.path
        for op in OPERATORS_OF[each.type]:
            sample = SAMPLES.get(each.type, "x")
            value = VALUES.get(op, [sample, sample] if op == "between" else sample)
            row = {"field": each.path, "op": op} | ({} if value is None else {"value": value})
            assert check_condition(row) == [], row


@pytest.mark.parametrize(
    ("channel", "name", "type"),
    [
        ("teams", "customer_name", "text"),
        ("facebook", "timezone", "number"),
        ("facebook", "page_scoped_id", "text"),
        ("line", "customer_name", "text"),
        ("wechat", "province", "text"),
        ("whatsapp", "first_message", "text"),
        ("sms", "organization_phone", "text"),
        ("live_chat", "language", "text"),
    ],
)
def test_a_channel_offers_what_it_tells_and_nothing_of_others(channel, name, type):
    path = f"engagement.{name}"

    assert catalogue(channel=channel).type_of(path) == type
    assert catalogue(channel=channel).why_nobody_gives(path) is None
    assert catalogue(channel="custom").why_nobody_gives(path) is not None


def test_related_records_go_two_levels_deep():
    chat, record = catalogue(), catalogue("record", "record")

    assert {"contact.account.name", "case.contact.email"} <= chat.fields.keys()
    assert {"record.contact.account.name", "record.account.phone"} <= record.fields.keys()
    assert chat.why_nobody_gives("record.title") == "Only routed records have fields of a record."
    assert chat.words_of("contact.account.name") == "contact's account name"
    assert ("record.contact.account", "Record's contact's account") in record.entities


def test_variables_answers_and_attributes_are_fields_with_types():
    known = catalogue(
        variables={"amount": FieldType.NUMBER, "topic": FieldType.TEXT},
        answers={"topic": ("Sales", "Service")},
        attributes={"attributes.vip": FieldType.BOOLEAN},
    )

    assert known.type_of("context.amount") == FieldType.NUMBER
    assert known.fields["context.topic"].choices == (("Sales", "Sales"), ("Service", "Service"))
    assert known.type_of("attributes.vip") == FieldType.BOOLEAN
    assert known.type_of("attributes.other") == FieldType.ANY
    assert "is called tier" in (known.why_nobody_gives("context.tier") or "")


def test_a_field_is_found_by_label_in_any_case_or_by_path():
    known = catalogue(variables={"Tier": FieldType.TEXT, "tier": FieldType.NUMBER})

    assert known.path_of("contact's account: NAME") == "contact.account.name"
    assert known.path_of("Context: Tier") == "context.Tier"
    assert known.path_of("Context: tier") == "context.tier"
    assert known.path_of(" attributes.vip ") == "attributes.vip"
    assert known.label_of("attributes.vip") == "attributes.vip"


def test_every_operator_is_offered_for_some_type():
    offered = {op for type_, ops in OPERATORS_OF.items() if type_ != "any" for op in ops}

    assert offered == set(OPERATORS)

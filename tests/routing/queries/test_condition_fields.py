"""The catalogue as an organisation has it, and that every field of it can be read."""

import pytest

from routing.engine.conditions.fields import read
from routing.models import Rule, Ruleset
from routing.queries.condition_fields import condition_fields
from routing.queries.item_fields import FIELD_RELATIONS, item_fields
from tests.factories import make_item, make_workstream
from workstreams.models import (
    Account,
    ChannelInstance,
    Contact,
    ContextVariable,
    Record,
    RecordType,
    SurveyQuestion,
    WorkItem,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    works_at = Account.objects.create(name="Analytical", email="a@engine.test", phone="1")
    return Contact.objects.create(
        name="Ada", email="ada@engine.test", phone="2", account=works_at, data={"tier": "gold"}
    )


@pytest.fixture
def case(ada):
    other = Account.objects.create(name="Difference", email="d@engine.test", phone="3")
    return Record.objects.create(
        record_type=RecordType.objects.get(name="case"),
        number="C1",
        title="Cogs",
        description="Worn",
        contact=ada,
        account=other,
    )


def loaded(item):
    return WorkItem.objects.select_related(*FIELD_RELATIONS).get(pk=item.pk)


def test_variables_answers_and_what_rules_set_are_in_the_catalogue(
    workstream, django_assert_max_num_queries
):
    ContextVariable.objects.create(workstream=workstream, name="amount", type="number")
    widget = ChannelInstance.objects.create(workstream=workstream, name="Shop", slug="shop")
    SurveyQuestion.objects.create(
        channel_instance=widget, name="topic", text="What?", options=["Sales", "Service"]
    )
    ruleset = Ruleset.objects.create(kind="classification", workstream=workstream, name="One")
    Rule.objects.create(ruleset=ruleset, name="VIP", then={"set": {"attributes.vip": True}})

    with django_assert_max_num_queries(5):
        fields = condition_fields(workstream).fields

    assert fields["context.amount"].type == "number"
    assert [value for value, _ in fields["context.topic"].choices] == ["Sales", "Service"]
    assert fields["attributes.vip"].type == "boolean"


def test_intake_knows_the_types_of_records():
    known = condition_fields(None)

    assert ("case", "Case") in known.fields["record.type"].choices
    assert "engagement.instance" not in known.fields


def test_further_fields_of_records_and_customers_can_be_asked_for(ada):
    refund = RecordType.objects.create(name="refund", label="Refund")
    data = {"amount": 9, "urgent": True, "tags": ["a"], "more": {"x": 1}, "Title": 1, "contact": 1}
    record = Record.objects.create(record_type=refund, title="One", data=data, contact=ada)
    Record.objects.create(record_type=refund, title="Two", data={"amount": "ten"})
    case = RecordType.objects.get(name="case")
    Record.objects.create(record_type=case, title="Three", data={"product": "X"})
    workstream = make_workstream("Refunds", type="record", record_type=refund)
    item = loaded(make_item(workstream, record=record))

    known = condition_fields(workstream)

    types = {"amount": "any", "urgent": "boolean", "tags": "names", "contact.tier": "text"}
    for name, type_ in types.items():
        assert known.fields[f"record.{name}"].type == type_
        assert read(item_fields(item), f"record.{name}") is not None
    assert not known.fields.keys() & {"record.product", "record.more", "record.Title"}
    assert known.path_of("Record: amount") == "record.amount"
    assert "record.product" in condition_fields(None).fields
    assert "record.amount" not in condition_fields(None, case).fields
    assert "case.product" in condition_fields(make_workstream("Chat")).fields


def test_what_rules_set_is_suggested_by_its_label(workstream):
    ContextVariable.objects.create(workstream=workstream, name="amount", type="number")
    ruleset = Ruleset.objects.create(kind="classification", workstream=workstream, name="One")
    Rule.objects.create(ruleset=ruleset, name="VIP", then={"set": {"attributes.gold": True}})

    known = condition_fields(workstream)

    assert known.outputs[:2] == ["Context: amount", "Attribute: gold"]
    assert not any("contact" in label.lower() for label in known.outputs)
    for path in ("attributes.gold", "attributes.new", "record.a b", "title", "context.x"):
        assert known.path_of(known.output_label_of(path)) == path
    assert known.output_label_of("attributes.new") == "Attribute: new"
    assert known.output_label_of("customer.name") == "Customer: name"


def test_a_record_gives_two_levels_of_related_records(case, django_assert_num_queries):
    workstream = make_workstream("Cases", type="record")
    item = loaded(make_item(workstream, record=case))

    with django_assert_num_queries(0):
        fields = item_fields(item)

    for path in condition_fields(workstream).fields:
        if path.startswith("record."):
            assert read(fields, path) not in (None, ""), path
    assert read(fields, "record.contact.account.name") == "Analytical"
    assert read(fields, "record.contact.tier") == "gold"
    assert read(fields, "record.account.name") == "Difference"


def test_a_conversation_gives_two_levels_of_related_records(
    workstream, ada, case, django_assert_num_queries
):
    item = loaded(make_item(workstream, contact=ada, case=case))

    with django_assert_num_queries(0):
        fields = item_fields(item)

    for path in condition_fields(workstream).fields:
        if path.startswith(("contact.", "account.", "case.")):
            assert read(fields, path) not in (None, ""), path
    assert read(fields, "contact.account.name") == "Analytical"
    assert read(fields, "case.contact.email") == "ada@engine.test"
    assert read(fields, "case.contact.account") is None

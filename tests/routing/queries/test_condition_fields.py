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

    with django_assert_max_num_queries(4):
        fields = condition_fields(workstream).fields

    assert fields["context.amount"].type == "number"
    assert [value for value, _ in fields["context.topic"].choices] == ["Sales", "Service"]
    assert fields["attributes.vip"].type == "boolean"


def test_intake_knows_the_types_of_records():
    known = condition_fields(None)

    assert ("case", "Case") in known.fields["record.type"].choices
    assert "engagement.instance" not in known.fields


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

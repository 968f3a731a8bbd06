"""What slugs show of a work item."""

import pytest

from tests.factories import make_agent, make_chat_widget, make_item, make_workstream
from workstreams.models import Account, Contact, ContextVariable, Record, RecordType, WorkItem
from workstreams.queries.slug_values import (
    KNOWN_SLUGS,
    SAMPLE_VALUES,
    SLUG_RELATIONS,
    known_slugs,
    slug_values,
)
from workstreams.slugs import fill
from workstreams.terms import WorkstreamType

pytestmark = pytest.mark.django_db


def test_every_known_slug_has_a_value_and_a_sample():
    values = slug_values(make_item(make_workstream()))

    assert set(values) == set(KNOWN_SLUGS) == set(SAMPLE_VALUES)


def test_a_customer_known_by_name_has_three_names():
    item = make_item(make_workstream(), customer={"name": "Ada King Lovelace"})

    text = fill(
        "{customerName}: {FirstName{Customer}}/{LastName{Customer}}/{FullName{Customer}}",
        slug_values(item),
    )

    assert text == "Ada King Lovelace: Ada/King Lovelace/Ada King Lovelace"


def test_the_linked_contact_is_the_customers_record():
    contact = Contact.objects.create(name="Ada Lovelace")
    item = make_item(make_workstream(), customer={"name": "ada"}, contact=contact)

    values = slug_values(item)

    assert (values["customerName"], values["customerEntityName"]) == ("Ada Lovelace", "contact")
    assert values["customerRecordId"] == str(contact.pk)


def test_an_account_is_the_customers_record_where_no_contact_is_linked():
    account = Account.objects.create(name="Babbage & Co")
    item = make_item(make_workstream(), account=account)

    assert slug_values(item)["customerEntityName"] == "account"


def test_an_unknown_customer_has_no_record():
    item = make_item(make_workstream())

    values = slug_values(item)

    assert (values["customerEntityName"], values["customerRecordId"]) == ("", "")


def test_a_linked_case_shows_by_its_number_and_title():
    case = _case("CAS-7", "Broken wheel")

    values = slug_values(make_item(make_workstream(), case=case))

    assert (values["caseId"], values["caseTitle"]) == ("CAS-7", "Broken wheel")


def test_a_routed_case_is_record_and_case_at_once():
    workstream = make_workstream(type=WorkstreamType.RECORD)

    values = slug_values(make_item(workstream, record=_case("CAS-8", "Lost")))

    assert (values["entityRoutingLogicalName"], values["entityRoutingRecordId"]) == (
        "case",
        "CAS-8",
    )
    assert values["caseTitle"] == "Lost"


def test_context_variables_have_two_slugs():
    item = make_item(make_workstream(), context={"tier": "gold"})

    assert fill("{tier} {OCContext.tier}", slug_values(item)) == "gold gold"


def test_a_context_variable_hides_no_slug_of_the_product():
    item = make_item(make_workstream(), title="Mine", context={"title": "theirs"})

    assert fill("{title} {OCContext.title}", slug_values(item)) == "Mine theirs"


def test_the_visitor_is_known_from_the_engagement():
    context = {"engagement": {"language": "nl", "device": "Phone"}}
    values = slug_values(make_item(make_workstream(), context=context))

    assert (values["visitorLanguage"], values["visitorDevice"]) == ("nl", "Phone")
    assert "engagement" not in values


def test_a_visitor_of_unknown_language_reads_that_of_the_chat():
    workstream = make_workstream()
    widget = make_chat_widget(workstream, locale="fr")

    values = slug_values(make_item(workstream, channel_instance=widget))

    assert values["visitorLanguage"] == "fr"


def test_the_agent_is_called_by_all_names():
    agent = make_agent("grace")
    agent.user.first_name, agent.user.last_name, agent.nickname = "Grace", "Hopper", "Amazing"

    text = fill(
        "{AgentName} {FirstName{Agent}} {LastName{Agent}} {Nickname{Agent}}",
        slug_values(make_item(make_workstream()), agent),
    )

    assert text == "Grace Hopper Grace Hopper Amazing"


def test_an_agent_without_nickname_goes_by_the_first_name():
    agent = make_agent("grace")
    agent.user.first_name, agent.user.last_name = "Grace", "Hopper"

    assert slug_values(make_item(make_workstream()), agent)["Nickname{Agent}"] == "Grace"


def test_an_item_that_is_loaded_whole_costs_no_query(django_assert_num_queries):
    workstream = make_workstream(type=WorkstreamType.RECORD)
    found = make_item(workstream, record=_case("CAS-9", "Slow"))
    item = WorkItem.objects.select_related(*SLUG_RELATIONS).get(pk=found.pk)

    with django_assert_num_queries(0):
        slug_values(item)


def test_names_of_context_variables_are_known_slugs():
    ContextVariable.objects.create(workstream=make_workstream(), name="loyalty")

    assert "loyalty" in known_slugs()


def _case(number: str, title: str) -> Record:
    case = RecordType.objects.get(name="case")
    return Record.objects.create(record_type=case, number=number, title=title)

"""Work opens on the desk as the session template of its workstream says."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from tests.factories import make_item, make_session_template, make_workstream
from tests.factories.records import make_record
from tests.routing.queries.test_desk import make_offer
from tests.scenarios import in_conversation
from workstreams.models import Contact, Message, Record, RecordType, Workstream
from workstreams.terms import Author, Reason, WorkstreamType

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def held(agent, workstream):
    """Makes the workstream's template, and a conversation of it that the agent has."""

    def open_with(**template: Any) -> Any:
        workstream.session_template = make_session_template(**template)
        workstream.save()
        contact = Contact.objects.create(name="Ann")
        item = hold(workstream, agent, contact=contact, context={"tier": "gold"})
        Message.objects.create(
            item=item, author=Author.CUSTOMER, text="Help me", created_at=item.created_at
        )
        return item

    return open_with


def test_title_and_icon_are_those_of_the_template(desk, held):
    item = held(title="{tier} customer {customerName}", icon="star")

    page = page_of(desk, item)

    heading = page.split('id="desk-panel-title"')[1].split("</h2>")[0]
    assert "gold customer Ann" in heading
    assert "sprite.svg#star" in heading


def test_the_title_stands_on_the_first_tab_where_the_template_says_so(desk, held):
    item = held(title="All about {customerName}", titles_anchor_tab=True, tabs=["context"])

    assert tabs_of(page_of(desk, item)) == ["All about Ann", "Context"]


def test_the_tabs_are_those_of_the_template_and_the_first_is_open(desk, held):
    item = held(anchor_tab="context", tabs=["history", "routing"])

    page = page_of(desk, item)

    assert tabs_of(page) == ["Context", "Earlier conversations", "Why it is here"]
    assert "gold" in page


def test_only_the_open_tab_is_read(desk, held):
    page = page_of(desk, held(anchor_tab="customer", tabs=["context"]))

    assert "gold" not in page


def test_a_single_tab_needs_no_bar_of_tabs(desk, held):
    assert tabs_of(page_of(desk, held(tabs=[]))) == []


def test_a_tab_is_a_fragment_with_one_root(desk, held):
    item = held(tabs=["context"])

    html = text_of(desk.get(tab_url(item, "context"), headers=HTMX))

    assert re.match(rf'\s*<div class="session"\s+id="session-{item.pk}"', html)
    assert "gold" in html
    assert "<html" not in html


def test_without_scripts_a_tab_is_a_page(desk, held):
    item = held(tabs=["context"])

    answer = desk.get(tab_url(item, "context"))

    assert answer.url == f"{address(item)}?tab=context"
    assert "gold" in text_of(desk.get(answer.url))


@pytest.mark.parametrize("tab", ["", "no", "history", "x" * 10_000, "<b>", "²"])
def test_a_tab_the_session_has_not_is_the_first(desk, held, tab):
    item = held(tabs=["context"])

    html = text_of(desk.get(reverse("agents:desk-tab", args=[item.pk]), {"tab": tab}, headers=HTMX))

    assert 'value="customer"' in html


def test_the_open_tab_stays_when_the_work_item_changes(desk, held):
    item = held(tabs=["context"])
    side = reverse("agents:desk-side", args=[item.pk])

    html = text_of(desk.get(f"{side}?shown=active&tab=context", headers=HTMX))

    assert "gold" in html


def test_a_docked_conversation_is_there_at_once(desk, held):
    page = page_of(desk, held(panel_mode="docked"))

    assert "Help me" in page
    assert "panel__bar" not in page


def test_a_minimized_conversation_is_a_bar_that_opens(desk, held):
    page = page_of(desk, held(panel_mode="minimized"))

    assert '<details class="panel__bar">' in page
    assert "Help me" in page.split('<details class="panel__bar">')[1]


def test_a_hidden_conversation_is_there_when_asked_for(desk, held):
    item = held(panel_mode="hidden")

    page = page_of(desk, item)

    assert "Help me" not in page
    assert "Show the conversation" in page
    assert "Help me" in text_of(desk.get(f"{address(item)}?panel=docked"))


def test_earlier_conversations_are_the_customers_own(desk, held, agent, now):
    item = held(anchor_tab="history")
    early = item.created_at - timedelta(days=1)
    make_item(item.workstream, title="Lost parcel", contact=item.contact, at=early)
    make_item(item.workstream, title="Somebody else's", contact=Contact.objects.create(name="Bo"))

    page = page_of(desk, item).split('class="session__tab"')[1].split("</aside>")[0]

    assert "Lost parcel" in page
    assert "Somebody else's" not in page


def test_a_stranger_has_no_earlier_conversations(desk, held):
    item = held(anchor_tab="history")
    make_item(item.workstream, title="Another stranger")
    type(item).objects.filter(pk=item.pk).update(contact=None)

    assert "Nobody knows this customer yet." in page_of(desk, item)


def test_earlier_conversations_show_once_the_work_item_is_ones_own(desk, queue):
    workstream = make_workstream("Pick", mode="pick", queue=queue)
    workstream.session_template = make_session_template(anchor_tab="history")
    workstream.save()
    contact = Contact.objects.create(name="Ann")
    make_item(
        workstream, title="Lost parcel", contact=contact, queue=make_workstream().fallback_queue
    )

    page = page_of(desk, make_item(workstream, contact=contact))

    assert "Lost parcel" not in page
    assert "Shown once this work item is with you." in page


def test_why_it_is_here_tells_what_happened(desk, workstream, agent, now):
    workstream.session_template = make_session_template(anchor_tab="routing")
    workstream.save()
    item = in_conversation(workstream, agent, now)

    page = page_of(desk, item)

    assert "Offer accepted" in page


def test_the_record_shows_its_own_fields(desk, agent, queue):
    workstream = make_workstream(
        type=WorkstreamType.RECORD,
        session_template=make_session_template(anchor_tab="record", panel_mode="hidden"),
    )
    record = a_case(data={"severity": "high"})

    page = page_of(desk, hold(workstream, agent, record=record))

    for words in ("CAS-1", "Broken wheel", "severity", "high", "It fell off."):
        assert words in page


def test_what_is_known_may_be_called_as_it_likes(desk, held, agent, workstream):
    held(tabs=["context"])
    item = hold(workstream, agent, context={"items": 3})

    assert "<dt>items</dt>" in text_of(desk.get(tab_url(item, "context"), headers=HTMX))


def test_a_record_without_a_template_opens_as_records_of_its_type_do(desk, agent):
    workstream = make_workstream(type=WorkstreamType.RECORD)

    page = page_of(desk, hold(workstream, agent, record=a_case()))

    assert "It fell off." in page
    assert "Show the conversation" in page


def test_work_without_a_template_opens_beside_its_conversation(desk, agent, workstream):
    page = page_of(desk, hold(workstream, agent))

    assert tabs_of(page)[0] == "Customer summary"
    assert 'class="log"' in page


def test_names_are_text_and_no_markup(desk, held):
    item = held(title="<b>{customerName}</b>")

    assert "&lt;b&gt;Ann&lt;/b&gt;" in page_of(desk, item)


@pytest.mark.parametrize(("tab", "queries"), [("customer", 0), ("context", 0), ("history", 1)])
def test_each_tab_costs_little(desk, held, django_assert_max_num_queries, tab, queries):
    item = held(tabs=["context", "history", "routing"])

    with django_assert_max_num_queries(6 + queries):
        desk.get(tab_url(item, tab), headers=HTMX)


def hold(workstream: Workstream, agent: Any, **fields: Any) -> Any:
    fields = {"customer": {"name": "Ann"}} | fields
    return make_item(
        workstream, state="active", agent=agent, reason=Reason.IN_CONVERSATION, **fields
    )


def a_case(**fields: Any) -> Record:
    return Record.objects.create(
        record_type=RecordType.objects.get(name="case"),
        number="CAS-1",
        title="Broken wheel",
        description="It fell off.",
        **fields,
    )


def address(item: Any) -> str:
    return reverse("agents:desk-item", args=[item.pk])


def tab_url(item: Any, tab: str) -> str:
    return f"{reverse('agents:desk-tab', args=[item.pk])}?tab={tab}"


def test_the_linked_case_is_shown_once_the_work_is_with_the_agent(desk, agent, workstream, now):
    workstream.session_template = make_session_template(anchor_tab="record", tabs=["context"])
    workstream.save()
    case = make_record("Fraud", description="The neighbour did it")
    item = make_item(workstream, case=case)

    assert "The neighbour did it" not in page_of(desk, item)
    assert "The linked case is shown once this work item is with you." in page_of(desk, item)

    make_offer(item, agent, now)
    assert "The neighbour did it" in page_of(desk, item)


def page_of(desk: Any, item: Any) -> str:
    return text_of(desk.get(address(item)))


def tabs_of(page: str) -> list[str]:
    if 'class="session__tabs"' not in page:
        return []
    bar = page.split('class="session__tabs"')[1].split("</nav>")[0]
    return [found.strip() for found in re.findall(r">([^<>]+)</a>", bar)]


def text_of(response: Any) -> str:
    return str(response.content.decode())

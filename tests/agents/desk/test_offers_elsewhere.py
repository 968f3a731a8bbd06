"""Who is not at the desk is offered work all the same: every page of an agent shows it."""

import json

import pytest
from django.urls import reverse

from config.clock import database_now
from routing import service
from routing.terms import Outcome
from tests.agents.desk.test_desk_pages import end_offer
from tests.factories import make_agent, make_item, make_notification_template
from tests.routing.queries.test_desk import make_offer
from tests.scenarios import in_conversation, offered
from workstreams.models import Workstream
from workstreams.terms import ConsultState

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
PLACE = 'id="desk-offers"'
ASKS = f"{reverse('agents:desk-offers')}?elsewhere=1"


def page_of(client, address, **more):
    return client.get(address, **more).content.decode()


@pytest.mark.parametrize("name", ["inbox", "desk-profile", "personal-reply-list"])
def test_every_page_of_an_agent_asks_for_offers_and_hears_of_them(desk, agent, name):
    page = page_of(desk, reverse(f"agents:{name}"))

    assert page.count(PLACE) == 1
    assert f'hx-get="{ASKS}&amp;shown=0&amp;asked=0"' in page
    assert f'data-live-topics="agent-{agent.pk}"' in page
    assert f"load, agent-{agent.pk}-changed from:body" in page


def test_the_desk_has_its_own(desk):
    page = page_of(desk, reverse("agents:desk"))

    assert page.count(PLACE) == 1
    assert "offers-elsewhere" not in page
    assert "elsewhere=" not in page


def test_people_without_a_desk_are_offered_nothing(client, supervisor):
    client.force_login(supervisor)

    assert PLACE not in page_of(client, reverse("routing:floor"))


def test_what_is_offered_there_is_asked_for_again_and_again(
    desk, agent, workstream: Workstream, now
):
    item = offered(workstream, now, title="Lost card")

    page = page_of(desk, ASKS, headers=HTMX)

    assert "Lost card" in page
    assert reverse("agents:desk-accept", args=[item.pk]) in page
    assert "elsewhere=1" in page
    assert f'data-live-topics="agent-{agent.pk}"' in page
    # What a queue is asked is told to those alone who were signed in by then.
    assert "every 60s, " in page


def test_who_is_no_agent_any_more_is_asked_no_further(desk, agent):
    agent.is_enabled = False
    agent.save()

    assert desk.get(ASKS, headers=HTMX).status_code == 286


def test_who_typed_something_elsewhere_stays_there(desk, agent, workstream: Workstream):
    item = offered(workstream, database_now(), title="Lost card")
    address = reverse("agents:desk-accept", args=[item.pk])

    answer = desk.post(address, {"stay": "yes"}, headers=HTMX)

    item.refresh_from_db()
    assert (item.state, item.agent) == ("active", agent)
    assert "HX-Redirect" not in answer
    assert "It is on your desk." in answer["HX-Trigger"]


def test_of_very_many_missed_offers_the_first_are_named_and_the_others_counted(
    desk, agent, workstream: Workstream, now
):
    items = [make_item(workstream, customer={"name": f"Ann{each}"}) for each in range(22)]
    missed = [make_offer(item, agent, now) for item in items]
    for offer in missed:
        end_offer(offer, Outcome.MISSED, now)
    was = "-".join(str(offer.pk) for offer in missed)

    answer = desk.get(f"{ASKS}&was={was}", headers=HTMX)

    told = json.loads(answer["HX-Trigger"])["toast"]["text"]
    assert told.startswith("Missed, and back in its queue: Ann0, Ann1, ")
    assert told.endswith(", Ann19, and 2 more.")


def test_nothing_opens_by_itself_there(desk, agent, workstream: Workstream, now):
    template = make_notification_template(auto_assign=True, auto_accept=True)
    rules = {"template": template, "may_decline": False, "auto_assign": True, "auto_accept": True}
    offer = make_offer(make_item(workstream), agent, now, **rules)

    page = page_of(desk, ASKS, headers=HTMX)
    answer = desk.get(f"{ASKS}&opening={offer.item_id}", headers=HTMX)

    assert "until it is yours" in page
    assert "deadline-passed from" not in page
    assert "opening=" not in page
    assert "HX-Redirect" not in answer


def test_who_is_asked_for_advice_hears_of_it_there_too(
    client, agent, workstream: Workstream, queue, now
):
    item = in_conversation(workstream, agent, now)
    eva = make_agent("eva", queues=[queue])
    asked = service.consult(item_id=item.pk, by=agent, agent=eva, question="Is it covered?")
    client.force_login(eva.user)

    page = page_of(client, ASKS, headers=HTMX)

    assert "Is it covered?" in page
    assert reverse("agents:consult-accept", args=[asked.pk]) in page
    told = client.get(f"{ASKS}&shown=0&asked=0", headers=HTMX)["HX-Trigger"]
    assert "1 request for advice" in told
    assert "offer" not in told
    assert "Is it covered?" not in page_of(client, reverse("agents:desk-offers"), headers=HTMX)


def test_who_types_there_and_advises_keeps_the_page(client, agent, workstream, queue, now):
    item = in_conversation(workstream, agent, now)
    eva = make_agent("eva", queues=[queue])
    asked = service.consult(item_id=item.pk, by=agent, agent=eva, question="Is it covered?")
    client.force_login(eva.user)
    address = reverse("agents:consult-accept", args=[asked.pk])

    answer = client.post(address, {"stay": "yes"}, headers=HTMX)

    asked.refresh_from_db()
    assert asked.state == ConsultState.ADVISING
    assert (answer.status_code, "HX-Redirect" in answer) == (204, False)
    assert "It is on your desk." in answer["HX-Trigger"]

"""Each of the supervisors' moves can be switched off (A 21, B 16.1)."""

import pytest
from django.urls import reverse

from routing import service
from routing.exceptions import NotForSupervisors
from tests.factories import make_agent, make_queue
from tests.scenarios import arrive, in_conversation
from workstreams.actions.send_message import send_message
from workstreams.models import ServiceConfiguration
from workstreams.terms import Author

pytestmark = pytest.mark.django_db


@pytest.fixture
def taker(db):
    return make_agent("tom", queues=[make_queue("Others")])


@pytest.fixture
def talk(workstream, agent, now):
    return in_conversation(workstream, agent, now)


@pytest.fixture
def waits(workstream, talk, now):
    return arrive(workstream, now)


MOVES = {
    "monitor": lambda o: service.monitor(item_id=o["talk"].pk, by=o["by"], now=o["now"]),
    "assign": lambda o: service.assign(
        item_id=o["waits"].pk, agent=o["taker"], by=o["by"], now=o["now"]
    ),
    "transfer": lambda o: service.transfer(
        item_id=o["talk"].pk, agent=o["taker"], by=o["by"], now=o["now"]
    ),
    "force_close": lambda o: service.force_close(item_id=o["talk"].pk, by=o["by"], now=o["now"]),
}


@pytest.mark.parametrize("verb", MOVES)
def test_a_move_is_refused_while_its_switch_is_off(verb, talk, waits, taker, supervisor, now):
    objects = {"talk": talk, "waits": waits, "taker": taker, "by": supervisor, "now": now}
    ServiceConfiguration.objects.update_or_create(pk=1, defaults={f"supervisors_{verb}": False})

    with pytest.raises(NotForSupervisors, match="Supervisors"):
        MOVES[verb](objects)
    for other in ("monitor", "assign", "transfer", "force_close"):
        if other != verb:
            MOVES[other](objects)


def test_joining_goes_with_watching(talk, now):
    ServiceConfiguration.objects.update_or_create(pk=1, defaults={"supervisors_monitor": False})

    with pytest.raises(NotForSupervisors):
        service.join(item_id=talk.pk, by=make_agent("vera"), now=now)


def test_what_was_said_is_read_all_the_same_as_the_switch_says(
    client, supervisor, administrator, talk, now
):
    say = {"item_id": talk.pk, "author": Author.CUSTOMER, "text": "Where is it?", "now": now}
    send_message(**say)
    ServiceConfiguration.objects.update_or_create(pk=1, defaults={"supervisors_monitor": False})
    client.force_login(supervisor)

    page = client.get(reverse("routing:work-item-explanation", args=[talk.pk])).content.decode()
    answer = client.get(f"/api/v1/work-items/{talk.pk}/messages").json()

    assert "Where is it?" in page
    assert "Where is it?" in [each["text"] for each in answer["items"]]
    client.force_login(administrator)
    switches = client.get(reverse("workstreams:service-configuration")).content.decode()
    assert "Off: they do neither, and still read what was said" in switches


def test_agents_transfer_their_own_all_the_same(talk, agent, taker, now):
    ServiceConfiguration.objects.update_or_create(pk=1, defaults={"supervisors_transfer": False})

    service.transfer(item_id=talk.pk, by=agent.user, agent=taker, now=now)


@pytest.mark.parametrize(
    ("switch", "button"),
    [
        ("supervisors_assign", "work-item-assign"),
        ("supervisors_transfer", "work-item-transfer"),
        ("supervisors_force_close", "work-item-close"),
    ],
)
def test_buttons_go_with_the_switches(client, supervisor, waits, switch, button):
    client.force_login(supervisor)
    address = reverse(f"routing:{button}", args=[waits.pk])
    floor = reverse("routing:floor")
    before = client.get(floor).content.decode()
    ServiceConfiguration.objects.update_or_create(pk=1, defaults={switch: False})

    after = client.get(floor).content.decode()
    refused = client.post(address, {"to": "agent", "agent": "1"})

    assert address in before
    assert address not in after
    assert refused.status_code in (403, 422)


def test_a_conversation_has_no_button_to_watch_it(client, supervisor, talk):
    client.force_login(supervisor)
    page = reverse("routing:work-item-explanation", args=[talk.pk])
    address = reverse("routing:work-item-monitor", args=[talk.pk])
    before = client.get(page).content.decode()
    ServiceConfiguration.objects.update_or_create(pk=1, defaults={"supervisors_monitor": False})

    assert address in before
    assert address not in client.get(page).content.decode()
    assert client.post(address).status_code == 403

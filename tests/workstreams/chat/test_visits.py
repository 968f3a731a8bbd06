"""Customers who close the window, or lose the net, and come back or do not."""

from datetime import timedelta

import pytest
from django.urls import reverse

from config.models import Event
from routing import service
from routing.exceptions import OnlyAgentsEnd
from routing.sweeps import disconnect_customers, tell_departures
from tests.factories import make_chat_widget, make_workstream
from tests.scenarios import arrive, in_conversation, offered, units_used
from workstreams.actions.note_visit import GRACE, note_departure, note_visit
from workstreams.channels.live_chat.visitor import Visitor
from workstreams.models import ChatVisit
from workstreams.queries.slug_values import RECONNECT, slug_values

pytestmark = pytest.mark.django_db
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


@pytest.fixture
def widget(workstream):
    return make_chat_widget(workstream, "shop")


@pytest.fixture
def item(workstream, widget, agent, now):
    item = in_conversation(workstream, agent, now, channel_instance=widget)
    note_visit(item_id=item.pk, now=now)
    return item


def opened(item, now, *pages):
    """These pages, and no other."""
    ChatVisit.objects.all().delete()
    for page in pages:
        note_visit(item_id=item.pk, now=now, page=page)


def sweep(now):
    told = tell_departures.sweep(now=now, limit=10)
    return told, disconnect_customers.sweep(now=now, limit=10)


def kinds(item):
    events = Event.objects.filter(work_item_id=item.pk, kind__startswith="customer-")
    return list(events.order_by("pk").values_list("kind", flat=True))


def test_the_desk_is_told_of_a_window_that_closed(item, agent, client, now):
    note_departure(item_id=item.pk, now=now)

    assert sweep(now + GRACE) == (1, 0)
    assert sweep(now + GRACE + SECOND) == (0, 0)
    client.force_login(agent.user)
    assert "Customer left" in client.get(f"/desk/{item.pk}/").content.decode()
    assert kinds(item) == ["customer-left"]


def test_a_page_that_is_loaded_again_is_no_departure(item, now):
    note_departure(item_id=item.pk, now=now)
    note_visit(item_id=item.pk, now=now + 2 * SECOND)

    assert sweep(now + GRACE + SECOND) == (0, 0)
    assert kinds(item) == []


def test_who_closes_one_of_two_pages_is_there(item, now):
    opened(item, now, "one", "two")

    note_departure(item_id=item.pk, now=now + SECOND, page="one")

    assert sweep(now + 60 * SECOND) == (0, 0)


def test_who_closes_both_pages_left(item, now):
    opened(item, now, "one", "two")

    for page in ("one", "two"):
        note_departure(item_id=item.pk, now=now + SECOND, page=page)

    assert sweep(now + SECOND + GRACE) == (1, 0)


def test_a_page_that_fell_silent_keeps_nobody_there(item, now):
    note_visit(item_id=item.pk, now=now, page="lost")
    note_visit(item_id=item.pk, now=now + 91 * SECOND, page="open")

    note_departure(item_id=item.pk, now=now + 92 * SECOND, page="open")

    assert sweep(now + 92 * SECOND + GRACE) == (1, 0)


def test_of_many_pages_the_last_are_kept(item, now):
    for number in range(50):
        note_visit(item_id=item.pk, now=now + number * SECOND, page=f"page{number}")

    assert sorted(ChatVisit.objects.get().pages)[:1] == ["page30"]


def test_a_page_that_falls_silent_has_lost_the_net(item, now):
    assert sweep(now + 89 * SECOND) == (0, 0)
    assert sweep(now + 90 * SECOND) == (1, 0)

    assert ChatVisit.objects.get().left_at == now + 90 * SECOND


@pytest.mark.parametrize(("minutes", "given"), [(1, 1), (None, 3)], ids=["its own", "the usual"])
def test_who_fell_silent_has_his_time_from_when_the_desk_is_told(item, widget, now, minutes, given):
    type(widget).objects.update(reconnect_minutes=minutes)
    told_at = now + 90 * SECOND

    assert sweep(told_at) == (1, 0)
    assert sweep(told_at + given * MINUTE - SECOND) == (0, 0)
    assert sweep(told_at + given * MINUTE) == (0, 1)


def test_nobody_is_given_up_for_the_time_in_which_nobody_could_be_heard(item, agent, now):
    back_at = now + 30 * MINUTE

    assert sweep(back_at) == (1, 0)
    note_visit(item_id=item.pk, now=back_at + 20 * SECOND)

    item.refresh_from_db()
    assert sweep(back_at + 20 * SECOND) == (0, 0)
    assert (item.state, item.agent) == ("active", agent)


def test_who_comes_back_in_time_goes_on_with_the_same_agent(item, agent, now):
    note_departure(item_id=item.pk, now=now)
    sweep(now + GRACE)

    note_visit(item_id=item.pk, now=now + 2 * MINUTE)

    item.refresh_from_db()
    assert sweep(now + 2 * MINUTE) == (0, 0)
    assert (item.state, item.agent) == ("active", agent)
    assert kinds(item) == ["customer-left", "customer-returned"]


def test_after_three_minutes_the_conversation_goes_to_wrap_up(item, agent, now):
    note_departure(item_id=item.pk, now=now)

    assert sweep(now + 3 * MINUTE - SECOND) == (1, 0)
    assert units_used(agent) == 1
    assert [sweep(now + 3 * MINUTE)[1] for _ in range(2)] == [1, 0]

    item.refresh_from_db()
    reason = "customer_disconnected_or_left_active_conversation"
    assert (item.state, item.reason, item.agent) == ("wrap_up", reason, agent)
    assert not ChatVisit.objects.exists()


def test_a_chat_may_give_more_time(item, widget, now):
    type(widget).objects.update(reconnect_minutes=10)
    note_departure(item_id=item.pk, now=now)

    assert [sweep(now + minutes * MINUTE)[1] for minutes in (9, 10)] == [0, 1]


def test_who_leaves_the_queue_is_closed(workstream, widget, now):
    item = arrive(workstream, now, channel_instance=widget)
    note_visit(item_id=item.pk, now=now)
    note_departure(item_id=item.pk, now=now)

    sweep(now + 3 * MINUTE)

    item.refresh_from_db()
    reason = "customer_disconnected_or_left_open_conversation"
    assert (item.state, item.reason) == ("closed", reason)


def test_who_leaves_an_offer_is_closed_and_the_agent_is_free(workstream, widget, agent, now):
    item = offered(workstream, now, channel_instance=widget)
    note_visit(item_id=item.pk, now=now)
    note_departure(item_id=item.pk, now=now)

    sweep(now + 3 * MINUTE)

    item.refresh_from_db()
    assert (item.state, units_used(agent)) == ("closed", 0)


def test_a_persistent_chat_waits_for_its_customer(queue, agent, now):
    persistent = make_workstream("Persistent", queue=queue, persistent_chat=True)
    widget = make_chat_widget(persistent)
    item = in_conversation(persistent, agent, now, channel_instance=widget)
    note_visit(item_id=item.pk, now=now)
    note_departure(item_id=item.pk, now=now)

    assert sweep(now + 60 * MINUTE) == (1, 0)
    with pytest.raises(OnlyAgentsEnd):
        service.leave(item_id=item.pk, now=now)


def test_a_page_without_scripts_is_never_gone(workstream, agent, now):
    item = in_conversation(workstream, agent, now)
    note_departure(item_id=item.pk, now=now)

    assert sweep(now + 60 * MINUTE) == (0, 0)


def test_a_chat_that_is_over_is_not_told_of(item, agent, now):
    service.end(item_id=item.pk, by=agent, now=now)
    note_departure(item_id=item.pk, now=now)

    sweep(now + GRACE)

    assert (kinds(item), ChatVisit.objects.count()) == ([], 0)


def test_the_page_tells_by_the_visitors_token(client, item, widget):
    token = Visitor(instance_id=widget.pk, conversation_key=item.conversation_key).token
    address = reverse("workstreams:chat-visit", args=["shop"])
    ChatVisit.objects.all().delete()

    answers = [client.post(address, {"v": v}).status_code for v in (token, "forged")]
    client.post(address, {"v": token, "page": "x1"})
    client.post(address, {"v": token, "page": "\0"})

    assert (answers, ChatVisit.objects.count()) == ([204, 204], 1)
    assert set(ChatVisit.objects.get().pages) == {"", "x1"}
    client.post(address, {"v": token, "leaving": "1"})
    client.post(address, {"v": token, "leaving": "1", "page": "x1"})
    assert ChatVisit.objects.get().left_at is not None


def test_the_link_leads_back_to_the_page_with_the_chat(item, widget):
    assert slug_values(item)[RECONNECT] == ""
    widget.portal_url = "https://shop.example/help"
    widget.save()
    item.refresh_from_db()

    assert slug_values(item)[RECONNECT].startswith("https://shop.example/help?v=")

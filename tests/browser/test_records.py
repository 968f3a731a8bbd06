"""Records find their queue, and a customer her preferred agent."""

from playwright.sync_api import Page, expect

from config.clock import database_now
from routing import configuration
from routing.actions.route_batch import route_batch
from routing.models import RecordBatch
from tests.browser.moves import choose_presence, offer_of
from tests.browser.stage.cast import becomes_available
from tests.factories import make_agent, make_intake_rule, make_queue, make_record, make_workstream
from tests.factories.records import VIP
from workstreams.actions.take_in import take_in
from workstreams.models import Contact, ServiceConfiguration, WorkItem, Workstream


def route_cases() -> None:
    """Cases of important customers have a workstream; a clerk serves it."""
    now = database_now()
    service = {"record_routing_enabled_at": now, "preferred_agents": True}
    ServiceConfiguration.objects.update_or_create(pk=1, defaults=service)
    desk = make_queue("Case desk", type="record")
    make_agent("carol", presence="offline", queues=[desk])
    make_intake_rule(make_workstream("Cases", type="record", queue=desk), name="VIPs", when=VIP)
    make_record("Lost parcel")
    make_record("Late parcel", data={"tier": "vip"})
    configuration.publish(by=None, now=now)


def test_a_record_is_saved_and_routed_and_many_at_once(scene):
    route_cases()
    page = scene.window("sven", "/records/")

    page.get_by_role("link", name="New record").click()
    form = page.get_by_role("dialog")
    form.get_by_label("Type").select_option(label="Case")
    form.get_by_label("Title").fill("Broken parcel")
    form.get_by_label("Further fields").fill("tier: vip")
    form.get_by_label("Save and route").check()
    form.get_by_role("button", name="Create record").click()
    expect(page.get_by_text("It waits in the queue Case desk.")).to_be_visible()

    see_what_is_unrouted(page)
    route_all(page)
    resolve(page)


def see_what_is_unrouted(page: Page) -> None:
    page.goto("/records/")
    page.get_by_role("link", name="Unrouted").click()
    expect(page.get_by_role("row", name="Lost parcel")).to_contain_text("Not routed yet")
    expect(page.get_by_role("row", name="Late parcel")).to_be_visible()
    expect(page.get_by_role("row", name="Broken parcel")).to_have_count(0)


def route_all(page: Page) -> None:
    """What a worker does meanwhile, the page shows by itself."""
    page.get_by_role("button", name="Route all 2 that match").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Apply routing rule")
    page.get_by_role("button", name="Route all 2").click()
    expect(page.get_by_text("0 of 2 records are done")).to_be_visible()
    route_batch(batch_id=RecordBatch.objects.get().pk, now=database_now(), limit=10)
    expect(page.get_by_text("All 2 records are done")).to_be_visible()
    expect(page.get_by_role("row", name="Lost parcel")).to_contain_text("No intake rule matches")
    expect(page.get_by_role("row", name="Late parcel")).to_contain_text("Case desk")


def resolve(page: Page) -> None:
    page.get_by_role("link", name="Late parcel").click()
    page.get_by_role("button", name="Resolve").click()
    expect(page.get_by_text("Resolved: it is not routed.")).to_be_visible()
    expect(page.get_by_role("region", name="Routed as")).to_contain_text("Closed")


def test_a_customer_reaches_her_preferred_agent(scene, agent):
    route_cases()
    carla = Contact.objects.create(name="Carla Miller", email="carla@example.org")
    page = scene.window("sven", f"/contacts/{carla.pk}/")
    for username in ("bob", "alice"):
        page.get_by_role("link", name="Add", exact=True).click()
        page.get_by_role("dialog").get_by_label("Agent").fill(username)
        page.get_by_role("dialog").get_by_role("button", name="Add").click()
        expect(page.get_by_role("dialog")).to_be_hidden()
    page.get_by_role("button", name="Move Alice up").click()
    expect(page.get_by_role("region", name="Preferred agents")).to_contain_text("1. Alice")

    # Bob has more room, and the queue's method would choose him.
    becomes_available("bob")
    choose_presence(agent, "Available")
    shop = Workstream.objects.get(name="Shop chat")
    take_in(workstream=shop, contact=carla, title="It is me again", now=database_now())
    expect(offer_of(agent, "Carla Miller")).to_be_visible()
    agent.goto(f"/work-items/{WorkItem.objects.get().pk}/")
    expect(agent.get_by_text("was chosen as a preferred agent of the customer")).to_be_visible()

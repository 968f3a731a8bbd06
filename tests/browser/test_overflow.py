"""A queue that is full, and one that is closed: what customers and administrators see."""

from typing import Any

from playwright.sync_api import Page, expect

from agents.models import OperatingHours
from config.clock import database_now
from routing import configuration
from routing.models import Rule, RuleQueue, Ruleset
from routing.terms import RulesetKind
from tests.browser.moves import cell, start_chat
from tests.factories import make_queue
from workstreams.models import Queue, Workstream

ITEMS = "Unfinished work items, table"


def route_to(name: str, **fields: Any) -> Queue:
    """A queue to which all chats of the shop go by a rule."""
    queue = make_queue(name, **fields)
    shop = Workstream.objects.get(name="Shop chat")
    ruleset = Ruleset.objects.create(
        kind=RulesetKind.ROUTE_TO_QUEUE, workstream=shop, name="Route to queues"
    )
    RuleQueue.objects.create(rule=Rule.objects.create(ruleset=ruleset, name="All"), queue=queue)
    configuration.publish(by=None, now=database_now())
    return queue


def open_overflow(page: Page, queue: Queue) -> None:
    """From the list to the form."""
    page.get_by_role("link", name="Queues", exact=True).first.click()
    page.get_by_role("link", name=queue.name, exact=True).click()
    page.get_by_role("link", name="Edit overflow").click()


def test_when_the_limit_is_reached_the_next_customer_waits_in_the_other_queue(
    administrator, supervisor, customer, another_customer
):
    desk = route_to("Desk")
    open_overflow(administrator, desk)
    administrator.get_by_role("button", name="Add condition").first.click()
    administrator.get_by_label("Condition of overflow 1").select_option("Work item limit exceeds")
    administrator.get_by_label("Limit of overflow 1").fill("1")
    administrator.get_by_label("Action of overflow 1").select_option(
        "Transfer to a different queue"
    )
    administrator.get_by_label("Queue of overflow 1").select_option("VIP")
    administrator.get_by_role("button", name="Save overflow").last.click()
    summary = administrator.get_by_role("region", name="Overflow")
    expect(summary).to_contain_text("Work item limit exceeds 1: transfer to VIP")

    start_chat(customer, "Carla", "Is it in stock?")
    expect(cell(supervisor, ITEMS, "Is it in stock?", "Queue")).to_have_text("Desk")
    start_chat(another_customer(), "Dora", "Where is my parcel?")

    expect(cell(supervisor, ITEMS, "Where is my parcel?", "Queue")).to_have_text("VIP")
    supervisor.get_by_role("link", name="Where is my parcel?", exact=True).click()
    expect(supervisor.get_by_role("main")).to_contain_text(
        "1 wait, and the limit is 1: transferred to VIP."
    )


def test_after_hours_a_customer_hears_so_and_the_conversation_ends(administrator, customer):
    never = OperatingHours.objects.create(name="Never", time_zone="UTC")
    night = route_to("Night", operating_hours=never)
    open_overflow(administrator, night)
    administrator.get_by_label("Action of overflow 1").select_option("End the conversation")
    administrator.get_by_role("button", name="Save overflow").last.click()
    expect(administrator.get_by_text("Overflow of “Night” saved.")).to_be_visible()

    start_chat(customer, "Carla", "Is anybody there?")

    log = customer.get_by_role("log")
    expect(log).to_contain_text("You have reached us outside our operating hours.")
    expect(log).to_contain_text("this conversation ends here")
    expect(customer.get_by_label("Your message")).to_have_count(0)

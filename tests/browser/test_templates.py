"""Templates that an administrator makes are what agents see."""

import re

from playwright.sync_api import Page, expect

from tests.browser.moves import choose_presence, offer_of, start_chat

NAME = re.compile(r"^Name\b")


def test_an_offer_reads_as_the_administrator_wrote_it(administrator, agent, customer):
    dialog = new_template(administrator, "Warm welcome")
    dialog.get_by_label("Title", exact=False).first.fill("{customerName} needs you")
    dialog.get_by_label("Header 1").fill("Waiting in")
    dialog.get_by_label("Value 1").fill("{queueName}")
    dialog.get_by_label("Accept button").fill("I am coming")
    dialog.get_by_label("Decline button").fill("Not now")
    preview = dialog.get_by_role("group", name="Preview")
    expect(preview).to_contain_text("Ada Lovelace needs you")
    expect(preview).to_contain_text("I am coming")
    save(administrator, "Warm welcome")
    choose(administrator, "Warm welcome")

    start_chat(customer, "Carla", "Where is my parcel?")
    choose_presence(agent, "Available")
    offer = offer_of(agent, "Carla needs you")
    expect(offer).to_contain_text(re.compile(r"Waiting in\s+Support"))
    expect(offer.get_by_role("button", name="Not now")).to_be_visible()
    offer.get_by_role("button", name="I am coming").click()
    expect(agent.get_by_label("Reply to Carla")).to_be_visible()


def test_slugs_that_nothing_fills_are_named_while_typing(administrator):
    dialog = new_template(administrator, "Wrong")
    dialog.get_by_label("Title", exact=False).first.fill("{customer}")

    preview = dialog.get_by_role("group", name="Preview")
    expect(preview).to_contain_text("{customer} is no slug")
    dialog.get_by_role("button", name="Create notification template").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Not saved yet.")


def test_work_that_is_assigned_and_opened_by_itself_needs_no_click(administrator, agent, customer):
    dialog = new_template(administrator, "Straight through")
    dialog.get_by_label("Assign work items without asking").check()
    dialog.get_by_label("Open them without a click").check()
    dialog.get_by_label("Countdown in seconds").fill("300")
    expect(dialog.get_by_label("Decline button")).to_be_hidden()
    save(administrator, "Straight through")
    choose(administrator, "Straight through")

    start_chat(customer, "Carla", "Where is my parcel?")
    choose_presence(agent, "Available")
    offer = offer_of(agent, "Carla")
    expect(offer).to_contain_text("until it opens")
    expect(offer.get_by_role("button", name="Open")).to_be_visible()
    expect(offer.get_by_role("button", name="Decline")).to_have_count(0)
    agent.clock.install()
    agent.reload()
    expect(offer).to_contain_text("until it opens")
    agent.clock.fast_forward(300_000)
    expect(agent.get_by_label("Reply to Carla")).to_be_visible()


def new_template(page: Page, name: str):
    """The dialog of a new notification template."""
    page.goto("/notification-templates/")
    page.get_by_role("link", name="New notification template").click()
    dialog = page.get_by_role("dialog", name="New notification template")
    dialog.get_by_role("textbox", name=NAME).fill(name)
    return dialog


def save(page: Page, name: str) -> None:
    page.get_by_role("dialog").get_by_role("button", name="Create notification template").click()
    expect(page.get_by_text(f"Notification template “{name}” created.")).to_be_visible()


def choose(page: Page, name: str) -> None:
    """For incoming work of the shop's chat."""
    page.goto("/workstreams/1/notifications/")
    page.get_by_label("Incoming unauthenticated").select_option(name)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Agent notifications of “Shop chat” saved.")).to_be_visible()

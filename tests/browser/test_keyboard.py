"""Everything that matters can be done without a mouse."""

import re

from playwright.sync_api import expect

from config.clock import database_now
from tests.browser.moves import sign_in_by_keyboard, start_chat, tab_to
from tests.browser.stage import cast
from workstreams.models import ServiceConfiguration


def test_an_administrator_creates_a_workstream_by_keyboard(scene):
    ServiceConfiguration.objects.update(record_routing_enabled_at=database_now())
    page = scene.window(path="/workstreams/")
    sign_in_by_keyboard(page, "ada")
    link = page.get_by_role("link", name="New workstream")
    expect(link).to_be_visible()
    tab_to(page, link)
    page.keyboard.press("Enter")

    dialog = page.get_by_role("dialog", name="Create a workstream")
    expect(dialog.get_by_role("textbox", name=re.compile("^Name"))).to_be_focused()
    page.keyboard.type("Returns")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(dialog.get_by_role("radio", name="Record")).to_be_checked()
    tab_to(page, dialog.get_by_role("button", name="Create workstream"))
    expect(dialog.get_by_label("Record", exact=True).last).to_be_visible()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    choose_first_record_type(dialog)
    tab_to(page, dialog.get_by_role("button", name="Create workstream"))
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Returns", level=1)).to_be_visible()


def choose_first_record_type(dialog):
    select = dialog.get_by_role("combobox", name=re.compile("^Record"))
    tab_to(dialog.page, select)
    dialog.page.keyboard.press("ArrowDown")
    expect(select).not_to_have_value("")


def test_an_agent_accepts_and_replies_by_keyboard(scene, customer):
    start_chat(customer, "Carla", "Can you hear me?")
    page = scene.window("bob", "/desk/")
    cast.becomes_available("bob")
    accept = page.get_by_role("article", name="Carla").get_by_role("button", name="Accept")
    expect(accept).to_be_visible()
    tab_to(page, accept)
    page.keyboard.press("Enter")

    expect(page.get_by_label("Reply to Carla")).to_be_focused()
    page.keyboard.type("Loud and clear.")
    page.keyboard.press("Enter")

    expect(customer.get_by_role("log")).to_contain_text("Loud and clear.")
    expect(page.get_by_label("Reply to Carla")).to_be_focused()
    expect(page.get_by_label("Reply to Carla")).to_have_value("")

"""Every page works as plain HTML first."""

import re

from playwright.sync_api import Page, expect

from tests.browser.moves import open_item
from tests.browser.stage import Scene, cast
from tests.browser.stage.cast import CHAT


def test_a_workstream_is_created_on_a_page(scene):
    page = plain(scene, "ada", "/workstreams/")
    page.get_by_role("link", name="New workstream").click()
    page.get_by_role("textbox", name=re.compile(r"^Name\b(?! of)")).fill("Returns")
    page.get_by_role("radio", name=re.compile("^Pick")).check()
    page.get_by_role("radio", name="Create new").check()
    page.get_by_label("Name of the new queue").fill("Returns desk")
    page.get_by_role("button", name="Create workstream").click()

    expect(page.get_by_role("heading", name="Returns", level=1)).to_be_visible()
    expect(page.get_by_role("link", name="Returns desk").first).to_be_visible()


def test_an_item_is_picked_and_answered_on_pages(scene):
    cast.asks_to_be_called("Dora", "Call me at noon")
    page = plain(scene, "alice", "/desk/")
    open_item(page, "Call me at noon").get_by_role("button", name="Pick").click()
    page.get_by_label("Reply to Dora").fill("I will.")
    page.get_by_role("button", name="Send").click()

    expect(page.get_by_role("log")).to_contain_text("I will.")


def test_a_customer_writes_on_pages(scene):
    page = plain(scene, "", CHAT)
    page.get_by_label("Your name").fill("Carla")
    page.get_by_label("Message").fill("Anybody there?")
    page.get_by_role("button", name="Start chat").click()
    page.get_by_label("Your message").fill("Hello?")
    page.get_by_role("button", name="Send").click()

    expect(page.get_by_role("log")).to_contain_text("Anybody there?")
    expect(page.get_by_role("log")).to_contain_text("Hello?")


def test_a_nested_rule_is_built_on_a_page(scene):
    page = plain(scene, "ada", "/rules/workstreams/1/route-to-queue/new/")
    page.get_by_role("textbox", name="Name").fill("Lately, by chat")
    page.get_by_label("Field of condition 1").fill("Created at")
    press(page, "Show what fits condition 1")
    page.get_by_label("Comparison of condition 1").select_option("is newer than")
    press(page, "Show what fits condition 1")
    page.get_by_label("Value of condition 1").fill("2")
    page.get_by_label("Unit of condition 1").select_option("days")
    press(page, "Add group to the whole condition")
    page.get_by_label("Field of condition 2.1").fill("channel")
    page.get_by_label("Value of condition 2.1").fill("live_chat")
    press(page, "Move condition 2.1 up")
    page.get_by_label("Queue of queue 1").select_option("VIP")
    page.get_by_role("button", name="Save rule").last.click()

    expect(
        page.get_by_text("creation is newer than 2 days and channel equals Chat")
    ).to_be_visible()


def test_pages_can_be_read(scene):
    page = plain(scene, "ada", "/")

    for area in ("Queues live", "Work items", "Queues", "Versions", "Agents", "Operating hours"):
        page.get_by_role("link", name=area, exact=True).click()
        expect(page.get_by_role("heading", level=1, name=area)).to_be_visible()


def press(page: Page, name: str) -> None:
    """Of what is half there a browser without scripts would send half."""
    page.get_by_role("button", name=name).click()
    page.wait_for_load_state()


def plain(scene: Scene, name: str, path: str) -> Page:
    """A window with JavaScript switched off."""
    return scene.window(name, path, java_script_enabled=False)

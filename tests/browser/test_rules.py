"""Rules that an administrator writes decide where the next customer waits."""

import re

from playwright.sync_api import Locator, Page, expect

from routing.models import Rule
from tests.browser.moves import cell, hold, start_chat, tab_to
from tests.browser.stage import Scene
from tests.browser.stage.cast import CHAT

TRIES = 10
PAUSE_BETWEEN_WORDS_MILLISECONDS = 1_500
ITEMS = "Unfinished work items, table"


def test_gold_customers_go_to_the_vip_queue_and_others_to_the_fallback_queue(
    scene, administrator, supervisor
):
    administrator.get_by_role("link", name="Shop chat", exact=True).click()
    add_classification(administrator)
    add_route(administrator)

    visit(scene, "Gloria", "?ctx.tier=gold")
    visit(scene, "Norma", "?ctx.tier=silver")

    expect(cell(supervisor, ITEMS, "Gloria says hello", "Queue")).to_have_text("VIP")
    expect(cell(supervisor, ITEMS, "Norma says hello", "Queue")).to_have_text("Support")
    for title, result in (("Gloria says hello", "Applied"), ("Norma says hello", "Processed")):
        supervisor.goto("/floor/")
        supervisor.get_by_role("link", name=title, exact=True).click()
        for rule in ("Gold customers", "Important ones"):
            expect(supervisor.get_by_role("listitem").filter(has_text=rule)).to_contain_text(result)
    supervisor.get_by_role("link", name="Rule by rule, then and today").click()
    expect(supervisor.get_by_text("Same answer")).to_have_count(2)


def add_classification(page: Page) -> None:
    """A rule that makes the tier an attribute."""
    page.locator("#classification").get_by_role("link", name="New rule", exact=True).click()
    page.get_by_label("Name").fill("Gold customers")
    condition(page, "context.tier", "gold")
    page.get_by_label("Field of output 1").fill("attributes.vip")
    page.get_by_label("Value of output 1").fill("true")
    page.get_by_role("button", name="Save rule").click()
    expect(page.locator("#classification")).to_contain_text("set attributes vip to true")


def add_route(page: Page) -> None:
    """A rule that reads what the other one wrote."""
    page.locator("#route-to-queue").get_by_role("link", name="New rule").click()
    page.get_by_label("Name").fill("Important ones")
    page.get_by_label("Field of condition 1").fill("Attribute: vip")
    page.keyboard.press("Tab")
    page.get_by_role("combobox", name="Value of condition 1").select_option("Yes")
    page.get_by_label("Queue of queue 1").select_option("VIP")
    page.get_by_role("button", name="Save rule").click()
    expect(page.locator("#route-to-queue")).to_contain_text("to VIP")


def condition(page: Page, field: str, value: str) -> None:
    """The first row of the conditions."""
    page.get_by_label("Field of condition 1").fill(field)
    page.get_by_label("Comparison of condition 1").select_option("equals")
    page.get_by_label("Value of condition 1").fill(value)


def test_a_moment_is_a_day_with_a_time(scene):
    page = scene.window("ada", "/rules/workstreams/1/route-to-queue/new/")
    page.get_by_label("Name").fill("Since the campaign")
    page.get_by_label("Field of condition 1").fill("Created at")
    page.keyboard.press("Tab")
    page.get_by_label("Value, time in UTC").fill("14:30")
    page.get_by_label("Value of condition 1").fill("2026-03-01")
    page.get_by_label("Queue of queue 1").select_option("VIP")
    page.get_by_role("button", name="Save rule").click()

    rule = page.locator("#route-to-queue")
    expect(rule).to_contain_text("creation is on or after 2026-03-01 14:30 UTC")


def test_a_nested_rule_is_built_by_keyboard(scene):
    page = scene.window("ada", "/rules/workstreams/1/route-to-queue/new/")
    tab_to(page, page.get_by_label("Name"))
    page.keyboard.type("Chats of gold customers or of Acme")
    press(page, "Add group to the whole condition")
    expect(page.get_by_label("Field of condition 2.1")).to_be_focused()
    page.keyboard.type("context.tier")
    tab_to(page, page.get_by_label("Value of condition 2.1"))
    page.keyboard.type("gold")
    press(page, "Add related record to group 2")
    expect(page.get_by_label("Field of condition 2.2.1")).to_be_focused()
    for _ in range(5):
        page.keyboard.press("Shift+Tab")
    expect(page.get_by_label("What group 2.2 is about")).to_be_focused()
    choose_by_letters(page, page.get_by_label("What group 2.2 is about"), "Account")
    tab_to(page, page.get_by_label("Field of condition 2.2.1"))
    page.keyboard.type("account: NAME")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Value of condition 2.2.1")).to_have_attribute("list", re.compile("."))
    tab_to(page, page.get_by_label("Value of condition 2.2.1"))
    page.keyboard.type("Acme")
    press(page, "Add condition to the whole condition")
    expect(page.get_by_label("Field of condition 3")).to_be_focused()
    page.keyboard.type("Channel")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Value of condition 3")).to_have_role("combobox")
    tab_to(page, page.get_by_label("Value of condition 3"))
    choose_by_letters(page, page.get_by_label("Value of condition 3"), "Chat")
    press(page, "Move condition 3 up")
    expect(page.locator("#announcements")).to_have_text("Condition 3 moved to 2.3")
    expect(page.get_by_role("button", name="Move condition 2.3 up")).to_be_focused()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("#announcements")).to_have_text("Condition 2.3 moved to 3")
    tab_to(page, page.get_by_label("Queue of queue 1"))
    choose_by_letters(page, page.get_by_label("Queue of queue 1"), "VIP")
    tab_to(page, page.get_by_role("button", name="Save rule").last)
    page.keyboard.press("Enter")

    expect(page.locator("#route-to-queue")).to_contain_text("Chats of gold customers or of Acme")
    assert Rule.objects.get(name__startswith="Chats").when == {
        "all": [
            {
                "any": [
                    {"field": "context.tier", "op": "equals", "value": "gold"},
                    {"field": "account.name", "op": "equals", "value": "Acme"},
                ]
            },
            {"field": "channel", "op": "equals", "value": "live_chat"},
        ]
    }


def test_who_has_gone_on_keeps_the_place_in_a_group_that_comes_anew(scene):
    page = scene.window("ada", "/rules/workstreams/1/route-to-queue/new/")
    page.get_by_role("button", name="Add related record").click()
    expect(page.get_by_label("Field of condition 2.1")).to_be_focused()
    held = hold(page, "POST")
    button = page.get_by_role("button", name="Remove group 2")

    with page.expect_request("**/new/"):
        page.get_by_label("What group 2 is about").select_option("Account")
    tab_to(page, button)
    held.pop().continue_()

    suggestions = page.get_by_label("Field of condition 2.1")
    expect(suggestions).to_have_attribute("list", re.compile("account"))
    expect(button).to_be_focused()


def choose_by_letters(page: Page, select: Locator, label: str) -> None:
    """A letter that comes a second after the one before begins another word: then once more."""
    for _ in range(TRIES):
        page.keyboard.type(label)
        if select.evaluate("each => each.selectedOptions[0]?.label") == label:
            return
        page.wait_for_timeout(PAUSE_BETWEEN_WORDS_MILLISECONDS)
    raise AssertionError(f"{label} is not chosen")


def press(page: Page, button: str) -> None:
    """Go on to a button, and press it."""
    tab_to(page, page.get_by_role("button", name=button, exact=True))
    page.keyboard.press("Enter")


def test_a_condition_is_dragged_into_a_group(scene):
    page = scene.window("ada", "/rules/workstreams/1/route-to-queue/new/")
    page.get_by_label("Field of condition 1").fill("Title")
    page.get_by_label("Value of condition 1").fill("parcel")
    page.get_by_role("button", name="Add group").click()
    expect(page.get_by_label("Field of condition 2.1")).to_be_focused()

    page.locator("#c-1 [data-drag-handle]").drag_to(page.locator("#c-2 > .conditions__add"))

    expect(page.get_by_label("Value of condition 1.2")).to_have_value("parcel")
    expect(page.locator("#announcements")).to_have_text("Condition 1 moved to 1.2")


def visit(scene: Scene, name: str, query: str) -> None:
    """A customer comes from a page that says something about the customer."""
    start_chat(scene.window(path=f"{CHAT}{query}"), name, f"{name} says hello")


def test_a_rule_that_is_refused_keeps_what_was_typed(scene):
    page = scene.window("ada", "/rules/workstreams/1/route-to-queue/new/")
    page.get_by_label("Field of condition 1").fill("context.tier")
    page.get_by_role("button", name="Add condition").click()
    expect(page.get_by_label("Field of condition 2")).to_be_focused()
    page.get_by_label("Value of condition 2").fill("gold")
    page.get_by_role("button", name="Save rule").click()

    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert")).to_be_in_viewport()
    expect(page.get_by_label("Field of condition 1")).to_have_value("context.tier")
    expect(page.get_by_label("Value of condition 2")).to_have_value("gold")


def test_a_rule_is_moved_twice_by_keyboard(scene):
    page = scene.window("ada", "/workstreams/1/")
    for name in ("First", "Second", "Third"):
        page.locator("#route-to-queue").get_by_role("link", name="New rule").click()
        page.get_by_label("Name").fill(name)
        condition(page, "context.tier", name)
        page.get_by_label("Queue of queue 1").select_option("VIP")
        page.get_by_role("button", name="Save rule").click()
        expect(page.locator("#route-to-queue")).to_contain_text(name)

    page.get_by_role("button", name="Move First down").press("Enter")
    expect(page.locator("#announcements")).to_have_text("First moved to 2 of 3")
    expect(page.get_by_role("button", name="Move First down")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("#announcements")).to_have_text("First moved to 3 of 3")
    expect(page.get_by_role("button", name="Move First up")).to_be_focused()


def test_a_rule_asks_for_a_value_only_where_there_is_one(scene):
    page = scene.window("ada", "/rules/workstreams/1/route-to-queue/new/")

    page.get_by_label("Comparison of condition 1").select_option("is set")
    expect(page.get_by_label("Value of condition 1")).to_be_hidden()
    page.get_by_label("Comparison of condition 1").select_option("contains")
    expect(page.get_by_label("Value of condition 1")).to_be_visible()


def test_rules_fit_a_narrow_screen(scene):
    page = scene.window("ada", "/workstreams/1/")
    page.set_viewport_size({"width": 320, "height": 700})

    for address in ("/workstreams/1/", "/rules/workstreams/1/route-to-queue/", "/rules/intake/"):
        page.goto(address)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 320, f"{address} is {width} px wide"

"""An administrator creates each type of workstream, edits it beside somebody else, deletes it."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.test_configure import NAME, open_dialog


def begin(page: Page, name: str, type_: str) -> Locator:
    """The dialog with a name and a type."""
    dialog = open_dialog(page, "New workstream", "Create a workstream")
    dialog.get_by_role("textbox", name=NAME).fill(name)
    dialog.get_by_role("radio", name=type_).check()
    return dialog


def test_calls_are_pushed_and_get_a_number(administrator):
    dialog = begin(administrator, "Helpline", "Voice")
    expect(dialog.get_by_label("Channel")).to_be_hidden()
    expect(dialog.get_by_role("radio", name=re.compile("^Pick"))).to_be_hidden()
    expect(dialog.get_by_text("because calls are always offered")).to_be_visible()
    dialog.get_by_role("button", name="Create workstream").click()

    dialog = open_dialog(administrator, "Set up voice", "Set up a phone number")
    dialog.get_by_role("textbox", name=NAME).fill("Main line")
    dialog.get_by_label("Phone number").fill("+49 30 555123")
    dialog.get_by_role("button", name="Set up").click()

    expect(administrator.get_by_role("heading", name="Main line")).to_be_visible()
    expect(administrator.get_by_text("+4930555123").first).to_be_visible()


def test_records_wait_for_the_service_configuration(administrator):
    dialog = begin(administrator, "Cases", "Record")
    dialog.get_by_role("combobox", name=re.compile("^Record")).select_option("Case")
    dialog.get_by_role("button", name="Create workstream").click()
    dialog.get_by_role("link", name="service configuration").first.click()

    administrator.get_by_label("Unified routing for records").check()
    administrator.get_by_role("button", name="Save").click()
    expect(administrator.get_by_text("Service configuration saved.")).to_be_visible()
    expect(administrator.get_by_label("Unified routing for records")).to_be_disabled()
    administrator.goto("/workstreams/")
    dialog = begin(administrator, "Cases", "Record")
    dialog.get_by_role("combobox", name=re.compile("^Record")).select_option("Case")
    dialog.get_by_role("button", name="Create workstream").click()

    expect(administrator.get_by_role("heading", name="Cases", level=1)).to_be_visible()
    expect(administrator.get_by_text("Add an intake rule")).to_be_visible()


def test_entries_survive_another_type_and_a_refusal(administrator):
    dialog = begin(administrator, "", "Messaging")
    dialog.get_by_label("Channel").select_option("SMS")
    dialog.get_by_role("radio", name="Create new").check()
    dialog.get_by_label("Name of the new queue").fill("Texts desk")
    dialog.get_by_role("radio", name="Voice").check()
    dialog.get_by_role("radio", name="Messaging").check()
    expect(dialog.get_by_label("Channel")).to_have_value("sms")
    dialog.get_by_role("radio", name="Choose existing").check()
    dialog.get_by_role("button", name="Create workstream").click()

    expect(dialog.get_by_role("alert")).to_contain_text("Not saved yet.")
    dialog.get_by_role("radio", name="Create new").check()
    expect(dialog.get_by_label("Name of the new queue")).to_have_value("Texts desk")


def test_two_people_edit_and_one_applies_his_own(scene):
    ada, other = (scene.window("ada", "/workstreams/1/") for _ in range(2))
    mine = open_dialog(ada, "See more", "Work distribution")
    theirs = open_dialog(other, "See more", "Work distribution")
    theirs.get_by_label("Units").fill("7")
    theirs.get_by_role("button", name="Save").click()
    expect(other.get_by_text("saved.")).to_be_visible()

    mine.get_by_label("Units").fill("3")
    mine.get_by_role("button", name="Save").click()
    expect(mine.get_by_role("alert")).to_contain_text("saved this workstream")
    expect(mine.get_by_role("row", name="Units")).to_contain_text(re.compile("7.*3", re.DOTALL))
    mine.get_by_role("link", name="Reload").click()
    expect(mine.get_by_label("Units")).to_have_value("7")
    mine.get_by_label("Units").fill("4")
    mine.get_by_role("button", name="Save").click()

    expect(ada.get_by_text("4 units", exact=True)).to_be_visible()


def test_advanced_settings_are_folded(administrator):
    administrator.goto("/workstreams/1/")
    inside = administrator.get_by_role("heading", name="Agent notifications")
    expect(inside).to_be_hidden()

    administrator.get_by_role("heading", name="Advanced settings").click()

    expect(inside).to_be_visible()
    expect(administrator.get_by_role("heading", name="Context variables")).to_be_visible()


def test_a_workstream_in_use_names_what_stands_against_deleting_it(administrator):
    administrator.goto("/workstreams/1/")
    dialog = open_dialog(administrator, "Delete", "Delete workstream “Shop chat”?")

    expect(dialog.get_by_text("Change these first")).to_be_visible()
    expect(dialog.get_by_role("button", name="Delete workstream")).to_be_hidden()


def test_a_test_item_shows_the_queue_without_reloading(administrator):
    administrator.goto("/workstreams/1/test-item/")
    administrator.evaluate("window.stays = true")
    administrator.get_by_label("Title").fill("Where is my order?")
    administrator.get_by_role("button", name="Send test item").click()

    expect(administrator.get_by_role("heading", name="It would go here")).to_be_visible()
    expect(administrator.get_by_role("heading", name="Decisions")).to_be_visible()
    assert administrator.evaluate("window.stays") is True


def test_saving_keeps_the_page_and_what_is_unfolded(administrator):
    begin(administrator, "Steady", "Voice").get_by_role("button", name="Create workstream").click()
    expect(administrator.get_by_role("heading", name="Steady", level=1)).to_be_visible()
    administrator.get_by_text("Advanced settings").first.click()
    administrator.evaluate("window.isStillHere = true")

    dialog = open_dialog(administrator, "Rename", "Rename the workstream")
    dialog.get_by_role("textbox", name=NAME).fill("Steadier")
    dialog.get_by_role("button", name="Save").click()

    expect(administrator.get_by_role("heading", name="Steadier", level=1)).to_be_visible()
    expect(administrator.get_by_role("heading", name="Agent notifications")).to_be_visible()
    expect(administrator.get_by_role("link", name="Rename")).to_be_focused()
    assert administrator.evaluate("window.isStillHere")


def test_a_quick_reply_is_added_on_the_page_and_the_next_dialog_opens(administrator):
    administrator.goto("/workstreams/1/")
    administrator.get_by_role("heading", name="Advanced settings").click()

    dialog = open_dialog(administrator, "Add quick reply", "New quick reply")
    dialog.get_by_label("Title").fill("Opening hours")
    dialog.get_by_label("Message").first.fill("From 9 to 5.")
    dialog.get_by_role("button", name="Create quick reply").click()

    expect(administrator.get_by_role("link", name="Opening hours")).to_be_visible()
    open_dialog(administrator, "Rename", "Rename the workstream")

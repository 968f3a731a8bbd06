"""An administrator makes a workstream ready for its customers."""

import re

from playwright.sync_api import Locator, Page, expect

NAME = re.compile(r"^Name\b(?! of)")


def test_a_workstream_is_created_in_the_dialog_and_gets_its_chat(administrator):
    dialog = open_dialog(administrator, "New workstream", "Create a workstream")
    dialog.get_by_role("textbox", name=NAME).fill("Returns")
    dialog.get_by_role("radio", name="Messaging").check()
    dialog.get_by_label("Channel").select_option("Chat")
    dialog.get_by_role("radio", name=re.compile("^Push")).check()
    dialog.get_by_role("radio", name="Create new").check()
    dialog.get_by_label("Name of the new queue").fill("Returns desk")
    dialog.get_by_role("button", name="Create workstream").click()

    expect(administrator.get_by_role("heading", name="Returns", level=1)).to_be_visible()
    expect(administrator.get_by_role("link", name="Returns desk").first).to_be_visible()
    set_up_chat(administrator)


def set_up_chat(page: Page) -> None:
    """The part of the story that the workstream's own page reminds of."""
    dialog = open_dialog(page, "Set up chat", "Set up a chat")
    dialog.get_by_role("textbox", name=NAME).fill("Returns chat")
    dialog.get_by_label("Address").fill("returns")
    dialog.get_by_role("button", name="Set up").click()

    expect(page.get_by_role("heading", name="Returns chat")).to_be_visible()
    snippet = page.get_by_role("textbox", name="paste this before")
    expect(snippet).to_have_value(re.compile(r"^<script src=.*data-chat=\"returns\" async>"))
    with page.expect_popup() as chat:
        page.get_by_role("link", name="/chat/returns/").click()
    expect(chat.value.get_by_role("heading", name="Returns chat")).to_be_visible()


def test_a_form_that_is_refused_keeps_what_was_typed(administrator):
    dialog = open_dialog(administrator, "New workstream", "Create a workstream")
    dialog.get_by_role("textbox", name=NAME).fill("Shop chat")
    dialog.get_by_role("radio", name=re.compile("^Pick")).check()
    dialog.get_by_role("radio", name="Create new").check()
    dialog.get_by_label("Name of the new queue").fill("Another queue")
    dialog.get_by_role("button", name="Create workstream").click()

    expect(dialog.get_by_role("alert")).to_contain_text("Not saved yet.")
    expect(dialog.get_by_role("alert")).to_be_focused()
    expect(dialog.get_by_role("textbox", name=NAME)).to_have_value("Shop chat")
    expect(dialog.get_by_role("radio", name=re.compile("^Pick"))).to_be_checked()
    expect(dialog.get_by_label("Name of the new queue")).to_have_value("Another queue")


def test_escape_asks_only_when_something_would_be_lost(administrator):
    question = administrator.get_by_role("alertdialog", name="Close without saving?")
    dialog = open_dialog(administrator, "New workstream", "Create a workstream")
    administrator.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(administrator.get_by_role("link", name="New workstream")).to_be_focused()

    dialog = open_dialog(administrator, "New workstream", "Create a workstream")
    dialog.get_by_role("textbox", name=NAME).fill("Draft")
    administrator.keyboard.press("Escape")
    question.get_by_role("button", name="Keep editing").click()
    expect(dialog.get_by_role("textbox", name=NAME)).to_have_value("Draft")
    administrator.keyboard.press("Escape")
    question.get_by_role("button", name="Close without saving").click()
    expect(dialog).to_be_hidden()


def open_dialog(page: Page, link: str, title: str) -> Locator:
    """The dialog that a link opens."""
    page.get_by_role("link", name=link, exact=True).first.click()
    dialog = page.get_by_role("dialog", name=title)
    expect(dialog).to_be_visible()
    return dialog

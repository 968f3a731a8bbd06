"""An agent answers with a text at hand, without touching the mouse."""

import pytest
from playwright.sync_api import Locator, Page, expect

from agents.models import Agent
from tests.browser.moves import accept, choose_presence, start_chat
from tests.browser.test_accessibility import look_for_barriers
from workstreams.actions.save_quick_reply import save_quick_reply
from workstreams.models import ChannelInstance


@pytest.fixture
def replies(scene, now):
    """Two texts, and a chat that shows agents' nicknames."""
    alice = Agent.objects.select_related("user").get(user__username="alice")
    alice.nickname = "Ally"
    alice.save()
    ChannelInstance.objects.update(agent_name="nickname")
    texts = {
        "Greeting": "Hello {FirstName{Customer}}, this is {AgentName}.",
        "Parcel": "Your parcel has left us.",
    }
    for title, text in texts.items():
        save_quick_reply(title=title, message=text, by=alice.user, now=now)


def options_of(page: Page, name: str) -> Locator:
    return page.get_by_role("listbox", name=name).get_by_role("option")


def test_a_reply_is_found_and_sent_by_keyboard(replies, agent: Page, customer: Page):
    start_chat(customer, "Carla Lopez", "Where is my parcel?")
    choose_presence(agent, "Available")
    accept(agent, "Carla Lopez")
    field = agent.get_by_label("Reply to Carla Lopez")

    field.focus()
    agent.keyboard.type("/q")
    expect(options_of(agent, "Commands")).to_have_count(1)
    agent.keyboard.press("Enter")
    search = agent.get_by_role("combobox", name="Search quick replies")
    expect(search).to_be_focused()
    found = options_of(agent, "Quick replies")
    expect(found).to_have_count(2)
    agent.keyboard.press("ArrowDown")
    expect(agent.get_by_role("option", name="Parcel")).to_have_attribute("aria-selected", "true")
    agent.keyboard.type("this is")
    expect(found).to_have_count(1)
    agent.keyboard.press("Enter")

    expect(field).to_be_focused()
    expect(field).to_have_value("Hello Carla, this is Ally.")
    expect(customer.get_by_role("log")).not_to_contain_text("this is Ally")
    agent.keyboard.press("Enter")
    expect(customer.get_by_role("log")).to_contain_text("Hello Carla, this is Ally.")
    expect(customer.get_by_role("log")).to_contain_text("Ally has joined the conversation.")


def test_commands_open_the_dialogs_and_are_never_sent(replies, agent: Page, customer: Page):
    start_chat(customer, "Carla", "Where is my parcel?")
    choose_presence(agent, "Available")
    accept(agent, "Carla")
    field = agent.get_by_label("Reply to Carla")

    field.press_sequentially("/")
    expect(options_of(agent, "Commands")).to_have_count(5)
    field.press_sequentially("cq sup")
    expect(options_of(agent, "Commands")).to_have_count(1)
    agent.keyboard.press("Enter")
    dialog = agent.get_by_role("dialog", name="Ask for advice")
    expect(dialog.get_by_label("Name of the queue")).to_have_value("sup")
    expect(dialog.get_by_label("A queue")).to_be_checked()
    agent.keyboard.press("Escape")
    expect(field).to_be_focused()
    expect(field).to_have_value("")

    field.fill("/t Bob")
    agent.get_by_role("button", name="Send").click()
    expect(agent.get_by_role("dialog", name="Transfer").get_by_label("An agent")).to_be_checked()
    agent.keyboard.press("Escape")
    expect(field).to_be_focused()

    field.press_sequentially("/")
    agent.keyboard.press("Escape")
    expect(agent.get_by_role("listbox")).to_have_count(0)
    field.press_sequentially("t is typed for a transfer")
    agent.keyboard.press("Enter")
    expect(customer.get_by_role("log")).to_contain_text("/t is typed for a transfer")
    expect(field).to_have_value("")
    field.press_sequentially("/etc/hosts is a file")
    agent.keyboard.press("Enter")
    expect(customer.get_by_role("log")).to_contain_text("/etc/hosts is a file")
    expect(customer.get_by_role("log")).not_to_contain_text("Bob")
    expect(field).to_have_value("")
    field.press_sequentially("/")
    expect(options_of(agent, "Commands")).to_have_count(5)
    look_for_barriers(agent)


def test_the_list_has_no_barrier(replies, agent: Page, customer: Page):
    start_chat(customer, "Carla", "Where is my parcel?")
    choose_presence(agent, "Available")
    accept(agent, "Carla")

    agent.get_by_role("link", name="Quick replies", exact=True).click()
    expect(agent.get_by_role("listbox")).to_be_visible()

    look_for_barriers(agent)

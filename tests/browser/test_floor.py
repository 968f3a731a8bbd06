"""A supervisor watches, and asks why."""

from playwright.sync_api import expect

from tests.browser.moves import (
    accept,
    cell,
    choose_presence,
    is_unreloaded,
    mark,
    offer_of,
    row,
    say,
    start_chat,
)
from tests.browser.stage import cast

QUEUES, AGENTS, ITEMS = "Queues, table", "Agents, table", "Unfinished work items, table"


def test_the_floor_changes_by_itself(supervisor, agent, customer):
    expect(cell(supervisor, QUEUES, "Support", "Waiting")).to_have_text("0")
    mark(supervisor)

    start_chat(customer, "Carla", "Is it in stock?")
    expect(cell(supervisor, QUEUES, "Support", "Waiting")).to_have_text("1")
    expect(cell(supervisor, ITEMS, "Is it in stock?", "State")).to_contain_text("Open")
    choose_presence(agent, "Available")
    expect(cell(supervisor, AGENTS, "Alice", "Presence")).to_contain_text("Available")
    expect(cell(supervisor, QUEUES, "Support", "Offered")).to_have_text("1")
    accept(agent, "Carla")
    expect(cell(supervisor, QUEUES, "Support", "In progress")).to_have_text("1")
    expect(cell(supervisor, AGENTS, "Alice", "Work items now")).to_contain_text("Is it in stock?")
    expect(cell(supervisor, ITEMS, "Is it in stock?", "Agent")).to_have_text("Alice")

    assert is_unreloaded(supervisor)


def test_an_explanation_says_what_an_item_waits_for_and_then_who_got_it(supervisor, customer):
    start_chat(customer, "Carla", "Is it in stock?")
    supervisor.get_by_role("link", name="Is it in stock?", exact=True).click()
    expect(supervisor.get_by_role("heading", name="Is it in stock?", level=1)).to_be_visible()
    reasons = supervisor.get_by_role("region", name="Why it is still waiting")
    expect(reasons).to_contain_text("presence")
    mark(supervisor)

    cast.becomes_available("alice")

    considered = supervisor.get_by_role("region", name="Agents considered")
    expect(considered.get_by_role("row", name="Alice")).to_contain_text("Eligible")
    expect(considered.get_by_role("row", name="Bob")).to_contain_text("Presence not allowed")
    expect(reasons).to_have_count(0)
    expect(supervisor.get_by_role("main")).to_contain_text("Alice was chosen of 2")
    assert is_unreloaded(supervisor)


def test_a_supervisor_gives_an_item_to_an_agent(supervisor, agent, customer):
    start_chat(customer, "Carla", "Is it in stock?")
    row(supervisor, ITEMS, "Is it in stock?").get_by_role("link", name="Assign").click()
    dialog = supervisor.get_by_role("dialog", name="Assign")
    dialog.get_by_role("radio", name="Alice").check()
    dialog.get_by_role("checkbox", name="Override").check()
    dialog.get_by_role("button", name="Assign").click()

    expect(dialog).to_be_hidden()
    expect(offer_of(agent, "Carla")).to_be_visible()


def test_whom_a_supervisor_chose_stays_chosen_as_he_searches_on(supervisor, customer):
    start_chat(customer, "Carla", "Is it in stock?")
    row(supervisor, ITEMS, "Is it in stock?").get_by_role("link", name="Assign").click()
    dialog = supervisor.get_by_role("dialog", name="Assign")
    dialog.get_by_role("radio", name="Bob").check()

    dialog.get_by_role("searchbox", name="Find an agent").fill("alice")
    expect(dialog.get_by_role("radio")).to_have_count(2)
    expect(dialog.get_by_role("radio").first).to_be_checked()
    dialog.get_by_role("searchbox", name="Find an agent").fill("nobody")

    expect(dialog).to_contain_text("No agent matches “nobody”.")
    expect(dialog.get_by_role("radio", name="Bob")).to_be_checked()


def test_a_supervisor_closes_no_conversation_that_began_after_he_was_asked(
    supervisor, agent, customer
):
    start_chat(customer, "Carla", "Is it in stock?")
    row(supervisor, ITEMS, "Is it in stock?").get_by_role("link", name="Force close").click()
    dialog = supervisor.get_by_role("dialog", name="Force close")
    expect(dialog).to_contain_text("without having reached an agent")
    choose_presence(agent, "Available")
    accept(agent, "Carla")

    dialog.get_by_role("button", name="Force close").click()

    expect(dialog.get_by_role("alert")).to_contain_text("with Alice, in conversation")
    expect(dialog).to_contain_text("Alice loses this work item at once")
    dialog.get_by_role("button", name="Force close").click()
    expect(dialog).to_be_hidden()


def test_who_watches_a_conversation_stays_where_he_reads(supervisor, customer):
    start_chat(customer, "Carla", "Is it in stock?")
    supervisor.get_by_role("link", name="Is it in stock?", exact=True).click()
    messages = supervisor.get_by_role("region", name="Messages")
    say(customer, "\n".join(f"Line {number}" for number in range(40)))
    expect(messages).to_contain_text("Line 39")

    say(customer, "Hello?")
    expect(messages).to_contain_text("Hello?")
    assert messages.evaluate("log => log.scrollHeight - log.scrollTop - log.clientHeight") < 1

    messages.evaluate("log => { log.scrollTop = 70; }")
    say(customer, "Anybody?")
    expect(messages).to_contain_text("Anybody?")
    assert messages.evaluate("log => log.scrollTop") == 70

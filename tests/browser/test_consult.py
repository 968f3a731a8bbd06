"""An agent asks another one for advice; a customer closes the window and comes back."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.moves import accept, choose_presence, reply, say, start_chat

NOTE = "Only with the receipt."


def test_an_adviser_reads_along_talks_aside_and_joins(agent, second_agent, customer):
    request = asked_for_advice(agent, second_agent, customer)
    expect(request).to_contain_text("Does she need the receipt?")
    request.get_by_role("button", name="Advise").click()
    expect(second_agent.get_by_role("log")).to_contain_text("Can I return the lamp?")
    expect(second_agent.get_by_text("You read along.")).to_be_visible()

    second_agent.get_by_label("Note to Alice").fill(NOTE)
    second_agent.get_by_role("button", name="Send the note").click()
    expect(agent.get_by_role("list", name="Side talk with Bob")).to_contain_text(NOTE)
    expect(customer.get_by_role("log")).not_to_contain_text(NOTE)

    agent.get_by_label("Note to Bob").press_sequentially("Thank")
    say(customer, "Hello?")
    expect(agent.get_by_role("log")).to_contain_text("Hello?")
    expect(agent.get_by_label("Note to Bob")).to_have_value("Thank")

    agent.get_by_role("button", name="Add to the conversation").click()
    expect(second_agent.get_by_label("Reply to Carla")).to_be_visible()
    second_agent.get_by_label("Reply to Carla").fill("Bring the receipt, please.")
    second_agent.get_by_label("Reply to Carla").press("Enter")
    expect(customer.get_by_role("log")).to_contain_text("Bring the receipt, please.")


def test_a_request_is_taken_up_beside_an_open_dialog_which_keeps_what_is_typed(
    agent, second_agent, customer, another_customer
):
    start_chat(customer, "Carla", "Can I return the lamp?")
    choose_presence(agent, "Available")
    accept(agent, "Carla")
    choose_presence(agent, "Appear away")
    start_chat(another_customer(), "Dora", "Where is my parcel?")
    choose_presence(second_agent, "Available")
    accept(second_agent, "Dora")
    second_agent.get_by_role("link", name="Consult", exact=True).click()
    question = second_agent.get_by_role("dialog").get_by_label("Your question")
    question.fill("Which depot")

    ask(agent, "Does she need the receipt?")
    request = second_agent.get_by_role("article", name="Alice asks for advice")
    request.get_by_role("button", name="Advise").click()

    expect(second_agent.get_by_role("heading", name="You advise")).to_be_visible()
    expect(request).to_have_count(0)
    expect(question).to_have_value("Which depot")


def test_who_closes_the_chat_is_missed_and_comes_back_to_the_same_agent(agent, customer):
    start_chat(customer, "Carla", "Can I return the lamp?")
    choose_presence(agent, "Available")
    accept(agent, "Carla")
    context, address = customer.context, customer.url

    customer.close()
    # At once where the window tells that it closes; else after 90 s of silence.
    left = agent.get_by_text("Customer left", exact=False).first
    expect(left).to_be_visible(timeout=120_000)
    back = context.new_page()
    back.goto(address)

    expect(back.get_by_role("log")).to_contain_text("Can I return the lamp?")
    expect(agent.get_by_text("Customer left", exact=False)).to_have_count(0)
    reply(agent, "Carla", "Yes, you can.")
    expect(back.get_by_role("log")).to_contain_text("Yes, you can.")


def test_what_was_typed_aside_stays_and_is_shown_when_the_advice_is_over(
    agent, second_agent, customer
):
    request = asked_for_advice(agent, second_agent, customer)
    request.get_by_role("button", name="Advise").click()
    note, tabs = second_agent.get_by_label("Note to Alice"), second_agent.get_by_label("Tabs of")
    note.fill(NOTE)

    tabs.get_by_role("link", name="Context").click()
    expect(note).to_have_count(0)
    tabs.get_by_role("link", name="Consult").click()
    expect(note).to_have_value(NOTE)

    address = second_agent.url
    second_agent.goto("about:blank")
    second_agent.goto(address)
    expect(note).to_have_value(NOTE)

    agent.get_by_role("button", name="End advice").click()
    side = second_agent.get_by_label("About this work item")
    expect(side).to_contain_text("no longer with you")
    expect(side).to_contain_text(f"This consult is over. Not sent: {NOTE}")


def asked_for_advice(agent: Page, adviser: Page, customer: Page) -> Locator:
    """Carla's conversation is with the agent, who asks about it: the request on the other desk."""
    start_chat(customer, "Carla", "Can I return the lamp?")
    choose_presence(agent, "Available")
    accept(agent, "Carla")
    choose_presence(adviser, "Busy")
    ask(agent, "Does she need the receipt?")
    return adviser.get_by_role("article", name="Alice asks for advice")


def ask(agent: Page, question: str) -> None:
    """Bob is asked, in the dialog."""
    agent.get_by_role("link", name="Consult", exact=True).click()
    dialog = agent.get_by_role("dialog")
    agents = dialog.get_by_role("combobox", name="Agent")
    bob = agents.locator("option", has_text="Bob")
    agents.select_option(bob.first.get_attribute("value"))
    dialog.get_by_label("Your question").fill(question)
    dialog.get_by_role("button", name="Ask").click()
    expect(agent.get_by_role("heading", name="Bob Asked")).to_be_visible()

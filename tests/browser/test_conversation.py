"""A customer and an agent talk, each in a browser of their own."""

import re

from playwright.sync_api import Page, Route, expect

from tests.browser.moves import (
    accept,
    choose_presence,
    confirm,
    is_unreloaded,
    mark,
    offer_of,
    reply,
    say,
    start_chat,
    where_it_stands,
)
from workstreams.models import WorkItem

NEW_MESSAGES = "**/desk/*/messages/**"


def test_two_customers_are_served_one_after_the_other(agent, customer, another_customer):
    second = another_customer()
    start_chat(customer, "Carla", "Where is my parcel?")
    expect(customer.get_by_role("log")).to_contain_text("Welcome to the shop.")
    expect(where_it_stands(customer)).to_contain_text("You are next.")
    start_chat(second, "Dan", "Do you ship abroad?")
    expect(where_it_stands(second)).to_contain_text("Customers before you: 1.")

    choose_presence(agent, "Available")
    expect(offer_of(agent, "Carla")).to_contain_text("Where is my parcel?")
    expect(offer_of(agent, "Carla")).to_contain_text(re.compile(r"\d:\d\d\s+to answer"))
    expect(offer_of(agent, "Dan")).to_have_count(0)
    accept(agent, "Carla")
    talk(agent, customer)
    finish(agent, customer)

    expect(offer_of(agent, "Dan")).to_be_visible()


def test_on_a_narrow_screen_nothing_lies_over_the_name_of_the_page(agent, customer):
    start_chat(customer, "Carla", "Where is my parcel?")
    choose_presence(agent, "Available")
    accept(agent, "Carla")
    agent.set_viewport_size({"width": 390, "height": 844})

    agent.goto(f"/desk/{WorkItem.objects.get().pk}/consult/")

    expect(agent.locator(".presence-control__now")).to_be_visible()
    # Both at one moment: the presence is shown anew as soon as the page has said that it is there.
    name, beside = agent.evaluate(
        """() => [".breadcrumb-item.active", ".presence-control__now"]
            .map(each => document.querySelector(each).getBoundingClientRect().toJSON())"""
    )
    is_left = name["right"] <= beside["left"]
    assert is_left or name["bottom"] <= beside["top"]


def talk(agent: Page, customer: Page) -> None:
    """In both directions, with tabs beside it, and nobody's page is loaded again."""
    expect(where_it_stands(customer)).to_contain_text("You are talking to Alice.")
    mark(agent)
    mark(customer)

    reply(agent, "Carla", "It left us this morning.")
    expect(customer.get_by_role("log")).to_contain_text("It left us this morning.")
    expect(agent.get_by_label("Reply to Carla")).to_have_value("")
    say(customer, "Thank you!")
    expect(agent.get_by_role("log")).to_contain_text("Thank you!")
    expect(customer.get_by_label("Your message")).to_be_focused()
    for name in ("Context", "Why it is here"):
        agent.get_by_role("link", name=name, exact=True).click()
        expect(agent.get_by_role("heading", name=name, exact=True)).to_be_visible()

    assert is_unreloaded(agent)
    assert is_unreloaded(customer)


def finish(agent: Page, customer: Page) -> None:
    """The agent ends the conversation, and after it the after-work."""
    agent.get_by_role("button", name="End", exact=True).click()
    confirm(agent, "End")
    expect(where_it_stands(customer)).to_contain_text("This chat has ended.")
    expect(customer.get_by_role("link", name="Start a new chat")).to_be_visible()
    agent.get_by_role("button", name="Close", exact=True).click()
    expect(agent.locator("#desk-closed")).to_contain_text("Carla")


def test_a_session_that_is_only_closed_leaves_the_customer_in_the_queue(agent, customer):
    start_chat(customer, "Carla", "Where is my parcel?")
    choose_presence(agent, "Available")
    accept(agent, "Carla")

    agent.get_by_role("button", name="Close session").click()
    expect(agent.get_by_role("alertdialog")).to_contain_text("The conversation does not end")
    confirm(agent, "Close session")

    expect(agent.get_by_text("Back in its queue.", exact=True)).to_be_visible()
    expect(where_it_stands(customer)).to_contain_text("You are next.")


def test_what_is_agreed_to_is_done_though_the_button_was_fetched_anew(agent, customer):
    start_chat(customer, "Carla", "Where is my parcel?")
    choose_presence(agent, "Available")
    accept(agent, "Carla")
    end = agent.get_by_role("button", name="End", exact=True)
    end.evaluate("button => { window.asked = button; }")

    end.click()
    say(customer, "Are you there?")
    agent.wait_for_function("() => !window.asked.isConnected")
    expect(agent.locator("[data-log]")).to_contain_text("Are you there?")
    confirm(agent, "End")

    expect(where_it_stands(customer)).to_contain_text("This chat has ended.")


def test_words_that_came_while_an_agent_ended_are_shown_first(agent, customer):
    start_chat(customer, "Carla", "Where is my parcel?")
    choose_presence(agent, "Available")
    # Before the page is there: its log may ask of its own accord.
    agent.route(NEW_MESSAGES, leave_unanswered)
    accept(agent, "Carla")
    say(customer, "Is it the red one?")
    expect(customer.get_by_role("log")).to_contain_text("Is it the red one?")

    agent.get_by_role("button", name="End", exact=True).click()
    confirm(agent, "End")
    expect(agent.get_by_text("The customer has written since. Read it first.")).to_be_visible()
    agent.unroute(NEW_MESSAGES)
    expect(agent.get_by_role("log")).to_contain_text("Is it the red one?")
    agent.get_by_role("button", name="End", exact=True).click()
    confirm(agent, "End")

    expect(where_it_stands(customer)).to_contain_text("This chat has ended.")


def leave_unanswered(route: Route) -> None:
    """Until the story lets it go."""


def test_markup_in_a_message_is_text(scene, agent, customer):
    markup = "<img src=x onerror=\"document.title='broken'\"><b>bold</b> & <script>1</script>"
    start_chat(customer, "<i>Carla</i>", markup)
    choose_presence(agent, "Available")
    accept(agent, "<i>Carla</i>")

    for page in (agent, customer):
        expect(page.get_by_role("log")).to_contain_text(markup)
        expect(page.get_by_role("log").locator("img, b, i, script")).to_have_count(0)
        assert page.title() != "broken"


def test_a_message_that_is_too_long_stays_in_the_field(agent, customer):
    start_chat(customer, "Carla", "A long story.")
    choose_presence(agent, "Available")
    accept(agent, "Carla")
    long = "ä" * 15_000  # 30,000 bytes

    for page, label in ((customer, "Your message"), (agent, "Reply to Carla")):
        page.get_by_label(label).fill(long)
        page.get_by_role("button", name="Send").click()
        expect(page.get_by_label(label)).to_have_attribute("aria-invalid", "true")
        expect(page.get_by_label(label)).to_have_value(long)
        expect(page.get_by_text("28 KB")).to_be_visible()
        expect(page.get_by_role("log")).not_to_contain_text("ää")

"""A customer talks to a bot first, and an agent goes on from there with another bot's help."""

import pytest
from playwright.sync_api import Page, expect

from config.clock import database_now
from routing import configuration
from tests.browser.moves import accept, choose_presence, confirm, say, start_chat, where_it_stands
from tests.browser.stage import Scene
from tests.browser.test_accessibility import look_for_barriers
from tests.factories.bots import do_bot_jobs, make_assist_bot, make_bot, with_bot
from workstreams.models import Workstream


@pytest.fixture
def shop(scene: Scene) -> Workstream:
    """The shop's chat, with two bots."""
    shop = with_bot(Workstream.objects.get(name="Shop chat"), make_bot("Helper"))
    shop.assist_bots.add(make_assist_bot("Whisperer"))
    configuration.publish(by=None, now=database_now())
    return shop


def test_a_bot_answers_and_passes_its_customer_on(shop, agent: Page, customer: Page):
    start_chat(customer, "Carla", "When are you open?")
    expect(where_it_stands(customer)).to_contain_text("Helper, an automated assistant")
    expect(where_it_stands(customer)).to_contain_text("It is writing")
    do_bot_jobs()
    expect(customer.get_by_role("log")).to_contain_text("From 9 to 5.")
    expect(where_it_stands(customer)).not_to_contain_text("It is writing")

    say(customer, "I want a refund")
    expect(where_it_stands(customer)).to_contain_text("It is writing")
    do_bot_jobs()
    expect(customer.get_by_role("log")).to_contain_text("I pass you on.")
    expect(where_it_stands(customer)).to_contain_text("You are next.")

    choose_presence(agent, "Available")
    accept(agent, "Carla")
    said = agent.get_by_role("log")
    expect(said).to_contain_text("From 9 to 5.")
    expect(said).to_contain_text("The customer asked about: opening hours, refund.")
    expect(customer.get_by_role("log")).not_to_contain_text("The customer asked about")
    be_helped(agent, customer)


def be_helped(agent: Page, customer: Page) -> None:
    """The assist bot suggests an answer, which goes into the reply."""
    say(customer, "So, the refund?")
    expect(agent.get_by_role("log")).to_contain_text("So, the refund?")
    do_bot_jobs()
    card = agent.get_by_role("article", name="Refunds")
    expect(card).to_contain_text("Within 14 days.")

    card.get_by_role("button", name="Insert").click()
    expect(agent.get_by_label("Reply to Carla")).to_have_value("Within 14 days.")
    expect(card).to_have_count(0)
    look_for_barriers(agent)


def test_a_bot_is_added_and_tried(shop, administrator: Page):
    administrator.goto(f"/workstreams/{shop.pk}/")
    bot = administrator.locator("#bot")
    expect(bot).to_contain_text("Helper")
    bot.get_by_role("button", name="Remove").click()
    confirm(administrator, "Remove")
    expect(bot).to_contain_text("No bot.")
    bot.get_by_role("link", name="Add bot").click()
    dialog = administrator.get_by_role("dialog")
    dialog.get_by_label("Name").select_option("Helper")
    dialog.get_by_role("button", name="Save and close").click()
    expect(bot.get_by_role("link", name="Helper")).to_be_visible()

    bot.get_by_role("link", name="Helper").click()
    administrator.get_by_label("What the customer says").fill("When are you open?")
    administrator.get_by_role("button", name="Say").click()
    expect(administrator.get_by_role("log")).to_contain_text("From 9 to 5.")
    administrator.get_by_role("link", name="Edit").click()
    expect(administrator.get_by_label("Rule 1: when the customer says")).to_be_visible()
    look_for_barriers(administrator)

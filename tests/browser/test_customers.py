"""A chat asks before it begins, and the agent knows who is there."""

import re

from playwright.sync_api import APIResponse, Page, Route, expect

from config.clock import database_now
from routing import configuration
from tests.browser.moves import accept, choose_presence, is_unreloaded, mark, reply
from tests.browser.stage.cast import CHAT
from workstreams.models import (
    Account,
    ChannelInstance,
    Contact,
    ContextVariable,
    Record,
    RecordType,
    SurveyQuestion,
)


def know_carla() -> None:
    """Carla Miller of Fabrikam has one case; the shop asks four questions."""
    fabrikam = Account.objects.create(name="Fabrikam", email="office@fabrikam.example")
    carla = Contact.objects.create(
        name="Carla Miller", email="carla@example.org", phone="+49 30 1", account=fabrikam
    )
    case = RecordType.objects.get(name="case")
    Record.objects.create(record_type=case, number="C-1", title="Late parcel", contact=carla)
    shop = ChannelInstance.objects.get(slug="shop")
    for position, (name, text, answer_type) in enumerate(
        (
            ("topic", "What is it about?", "options"),
            ("Email", "Your e-mail address", "single_line"),
            ("story", "What happened?", "multi_line"),
            ("agreed", "I agree to the [terms](https://shop.example/terms)", "consent"),
        ),
        start=1,
    ):
        SurveyQuestion.objects.create(
            channel_instance=shop,
            name=name,
            text=text,
            answer_type=answer_type,
            options=["Orders", "Returns"] if answer_type == "options" else [],
            is_required=answer_type == "consent",
            position=position,
        )
        ContextVariable.objects.create(workstream=shop.workstream, name=name)
    configuration.publish(by=None, now=database_now())


def test_a_customer_answers_and_the_agent_knows_her(scene, agent):
    know_carla()
    customer = scene.window(path=CHAT)
    begin(customer)
    choose_presence(agent, "Available")
    accept(agent, "Carla")

    side = agent.get_by_role("complementary", name="About this work item")
    for words in ("Carla Miller", "Fabrikam", "C-1: Late parcel", "What is it about?", "Orders"):
        expect(side).to_contain_text(words)
    reply(agent, "Carla", "Your parcel is on its way, Carla.")
    expect(customer.get_by_role("log")).to_contain_text("Your parcel is on its way, Carla.")
    correct(agent)


def begin(page: Page) -> None:
    """The consent is missing at first, and everything typed stays."""
    page.get_by_label("Your name").fill("Carla")
    page.get_by_label("What is it about?").select_option("Orders")
    page.get_by_label("Your e-mail address").fill("Carla@example.org")
    page.get_by_role("textbox", name="Message").fill("Where is my parcel?")
    page.get_by_role("button", name="Start chat").click()
    expect(page.get_by_role("alert")).to_contain_text("Please agree before the chat begins.")
    expect(page.get_by_label("Your e-mail address")).to_have_value("Carla@example.org")

    page.get_by_role("checkbox", name="I agree to the terms").check()
    page.get_by_role("button", name="Start chat").click()
    expect(page.get_by_role("log")).to_contain_text("Where is my parcel?")


def correct(page: Page) -> None:
    """The agent takes the case away, without a reload."""
    mark(page)
    page.get_by_role("link", name="Change customer or case").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Unlink Late parcel").click()

    expect(dialog).to_be_hidden()
    side = page.get_by_role("complementary", name="About this work item")
    expect(side).not_to_contain_text("C-1")
    expect(side).to_contain_text("Carla Miller")
    assert is_unreloaded(page)


def test_what_changes_while_parts_of_the_page_fetch_themselves_is_shown(scene, agent):
    know_carla()
    begin(scene.window(path=CHAT))
    choose_presence(agent, "Available")
    accept(agent, "Carla")
    beside = late_answer(agent, "**/side/*")
    said = late_answer(agent, "**/messages/*")
    agent.evaluate(
        """() => {
            window.told = 0;
            document.body.addEventListener("item-1-changed", () => { window.told += 1; });
        }"""
    )

    reply(agent, "Carla", "Your parcel is on its way, Carla.")
    wait_for(agent, beside, said)
    both = "() => window.told > 1"  # by the answer to the form, and by the stream
    agent.wait_for_function(both)
    agent.evaluate("() => { window.told = 0; }")
    agent.get_by_role("link", name="Change customer or case").click()
    dialog = agent.get_by_role("dialog")
    dialog.get_by_role("button", name="Unlink Late parcel").click()
    expect(dialog).to_be_hidden()
    agent.wait_for_function(both)
    deliver(agent, beside)
    agent.wait_for_function("() => document.querySelectorAll('.htmx-request').length === 1")
    deliver(agent, said)

    side = agent.get_by_role("complementary", name="About this work item")
    expect(side).not_to_contain_text("C-1")


Late = list[tuple[Route, APIResponse]]


def late_answer(page: Page, address: str) -> Late:
    """An answer that the server gives next, and that does not come yet."""
    late: Late = []

    def keep(route: Route) -> None:
        if late:
            route.fallback()
        else:
            late.append((route, route.fetch()))

    page.route(address, keep)
    return late


def wait_for(page: Page, *late: Late) -> None:
    """Until the server has given each of them."""
    while not all(late):
        page.wait_for_timeout(20)


def deliver(page: Page, late: Late) -> None:
    """Let it come."""
    [(route, answer)] = late
    with page.expect_response(route.request.url):
        route.fulfill(response=answer)


def test_an_administrator_asks_one_more_question(scene, administrator):
    know_carla()
    administrator.goto("/workstreams/1/")
    administrator.get_by_role("link", name="Pre-conversation survey of Shop").click()
    administrator.get_by_role("link", name="Add question").click()
    dialog = administrator.get_by_role("dialog")
    dialog.get_by_role("textbox", name=re.compile("^Name")).fill("order")
    dialog.get_by_role("textbox", name=re.compile("^Question text")).fill("Which order?")
    dialog.get_by_role("button", name="Save").click()
    expect(administrator.get_by_role("heading", name="Which order?")).to_be_visible()

    administrator.get_by_role("button", name="Move order up").click()
    expect(administrator.get_by_role("listitem").filter(has_text="Which order?")).to_be_visible()
    expect(scene.window(path=CHAT).get_by_label("Which order?")).to_be_visible()

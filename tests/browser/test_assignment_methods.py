"""A method that an administrator builds decides which agent the next customer is offered to."""

from playwright.sync_api import Page, expect

from tests.browser.moves import choose_presence, offer_of, start_chat
from tests.browser.stage.cast import CHAT


def test_a_chat_goes_to_the_agent_whom_a_custom_method_names(
    scene, administrator, agent, second_agent
):
    build(administrator)
    give_to_queue(administrator)
    for desk in (agent, second_agent):
        choose_presence(desk, "Available")

    start_chat(scene.window(path=f"{CHAT}?ctx.agent=bob"), "Gloria", "Is Bob there?")

    expect(offer_of(second_agent, "Gloria")).to_be_visible()
    expect(offer_of(agent, "Gloria")).to_have_count(0)


def build(page: Page) -> None:
    """Whom the customer's context names comes first, then whoever may take it."""
    page.goto("/assignment-methods/new/")
    page.get_by_label("Name").fill("Whom they ask for")
    page.get_by_role("button", name="Create assignment method").click()
    page.locator("#rules-1").get_by_role("link", name="New rule").click()
    page.get_by_label("Name", exact=False).first.fill("Asked for by name")
    page.get_by_role("button", name="Add condition to the whole condition").click()
    page.get_by_label("Field of condition 4").fill("Agent: username")
    page.keyboard.press("Tab")
    page.get_by_label("Value of condition 4").fill("{context.agent}")
    page.get_by_role("button", name="Save").last.click()
    page.get_by_role("button", name="Move Asked for by name up").click()
    first = page.locator("#rules-1").get_by_role("listitem").first
    expect(first).to_contain_text("agent username equals the item's context agent")


def give_to_queue(page: Page) -> None:
    """The queue's settings name it."""
    page.goto("/queues/")
    page.get_by_role("link", name="Support", exact=True).click()
    page.get_by_role("link", name="Edit").first.click()
    page.get_by_label("Assignment method").select_option("Whom they ask for")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Whom they ask for").first).to_be_visible()


def test_a_rule_of_a_method_is_deleted_only_after_a_question(administrator):
    build(administrator)
    rules = administrator.locator("#rules-1").get_by_role("listitem")
    count = rules.count()

    administrator.get_by_role("button", name="Delete Asked for by name").press("Enter")
    question = administrator.get_by_role("alertdialog", name="Delete “Asked for by name”?")
    question.get_by_role("button", name="Cancel").click()
    expect(rules).to_have_count(count)
    administrator.get_by_role("button", name="Delete Asked for by name").press("Enter")
    question.get_by_role("button", name="Delete", exact=True).click()

    expect(rules).to_have_count(count - 1)

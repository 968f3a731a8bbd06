"""A rule is edited under review, tried, published with a note, and rolled back."""

from playwright.sync_api import Page, expect

from tests.browser.moves import tab_to


def test_a_rule_waits_is_tried_published_and_rolled_back(scene, administrator):
    page = administrator
    page.goto("/service-configuration/")
    page.get_by_label("Review before publishing").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Service configuration saved.")).to_be_visible()

    page.goto("/rules/workstreams/1/route-to-queue/new/")
    page.get_by_label("Name").fill("Everybody")
    page.get_by_label("Queue of queue 1").select_option("VIP")
    page.get_by_role("button", name="Save rule").click()
    bar = page.get_by_role("complementary", name="Unpublished changes")
    expect(bar).to_contain_text("1 unpublished change by ada")

    page.goto("/try/?workstream=1")
    press(page, "Try")
    expect(page.get_by_text("make a difference here")).to_be_visible()
    for side, queue in (("Published rules", "Support"), ("With unpublished changes", "VIP")):
        expect(page.get_by_role("region", name=side)).to_contain_text(queue)

    bar.get_by_role("link", name="Review").click()
    expect(page.get_by_text("route-to-queue rule “Everybody”")).to_be_visible()
    page.get_by_label("Note").fill("VIP for all.")
    press(page, "Publish")
    expect(page.get_by_role("row").filter(has_text="VIP for all.")).to_be_visible()
    expect(bar).to_have_count(0)

    page.get_by_role("link", name="Version 2", exact=True).click()
    page.get_by_role("link", name="Roll back to this").click()
    expect(page.get_by_text("route-to-queue rule “Everybody”")).to_be_visible()
    press(page, "Roll back")
    expect(page.get_by_text("Rolled back to version 2.", exact=True)).to_be_visible()
    page.goto("/rules/workstreams/1/route-to-queue/")
    expect(page.get_by_text("Everybody")).to_have_count(0)


def press(page: Page, button: str) -> None:
    """By keyboard."""
    found = page.get_by_role("main").get_by_role("button", name=button, exact=True)
    tab_to(page, found)
    page.keyboard.press("Enter")

"""Hours for certain days, many agents at once, and skills that agents correct."""

import re
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from config.clock import database_now
from tests.browser.moves import accept, choose_presence, start_chat
from tests.factories import make_skill
from workstreams.models import ServiceConfiguration


def test_an_administrator_opens_on_one_day_and_changes_it_again(administrator):
    create_hours(administrator, "Shop hours")
    expect(administrator.get_by_role("heading", level=1, name="Shop hours")).to_be_visible()
    sunday = next_sunday()

    administrator.get_by_role("link", name="Add hours").click()
    dialog = administrator.get_by_role("dialog")
    dialog.get_by_label("Day", exact=True).fill(sunday.isoformat())
    dialog.get_by_label("From", exact=True).fill("10:00")
    dialog.get_by_label("To", exact=True).fill("14:00")
    dialog.get_by_role("button", name="Add hours").click()
    hours = administrator.get_by_role("link", name="10:00 to 14:00 on Sunday")
    expect(hours).to_be_visible()

    hours.click()
    dialog.get_by_label("To", exact=True).fill("12:00")
    dialog.get_by_role("button", name="Save").click()
    expect(administrator.get_by_role("link", name="10:00 to 12:00 on Sunday")).to_be_visible()

    monday = administrator.get_by_role("link", name="09:00 to 17:00 on Monday")
    monday.click()
    dialog.get_by_role("link", name="Remove these hours").click()
    dialog.get_by_label("Only this day").check()
    dialog.get_by_role("button", name="Remove").click()
    expect(monday).to_have_count(0)
    administrator.get_by_role("link", name="Week after").click()
    expect(monday).to_be_visible()


def test_hours_are_kept_with_the_keyboard_and_a_wrong_one_is_said(administrator):
    create_hours(administrator, "Shop hours")

    administrator.get_by_role("link", name="Add hours").focus()
    administrator.keyboard.press("Enter")
    dialog = administrator.get_by_role("dialog")
    dialog.get_by_label("When").select_option("Every so many weeks")
    expect(dialog.get_by_label("Weeks from one to the next")).to_be_visible()
    dialog.get_by_label("Saturday").check()
    dialog.get_by_label("All day").check()
    expect(dialog.get_by_label("From", exact=True)).to_be_hidden()
    administrator.keyboard.press("Enter")

    expect(dialog.get_by_role("alert")).to_contain_text("Name the day from which")
    dialog.get_by_label("First day").fill("2026-03-07")
    administrator.keyboard.press("Enter")
    expect(administrator.get_by_text("Saturday, every 2 weeks: all day")).to_be_visible()


def test_many_agents_get_a_skill_after_a_preview(administrator):
    make_skill("French")
    administrator.goto("/agents/")
    administrator.get_by_label("Select all on this page").check()
    administrator.get_by_role("button", name="Change selected (2)").click()
    expect(administrator.get_by_role("heading", level=1)).to_contain_text("Change 2 agents")

    expect(administrator.get_by_label("Which skills", exact=True)).to_be_hidden()
    administrator.get_by_label("Change skills", exact=True).select_option("Add, or rate anew")
    administrator.get_by_label("Which skills", exact=True).select_option("French")
    administrator.get_by_label("Rating", exact=True).fill("4")
    administrator.get_by_role("button", name="Preview").click()
    plans = administrator.get_by_role("region", name="Agent by agent")
    expect(plans.get_by_role("row").filter(has_text="Alice")).to_contain_text("skill French (4)")
    administrator.get_by_role("button", name="Apply to 2 agents").click()

    expect(administrator.get_by_role("heading", name="Done")).to_be_visible()
    administrator.goto("/agents/?q=bob")
    administrator.get_by_role("link", name="Bob", exact=True).click()
    expect(administrator.get_by_role("rowheader", name="French")).to_be_visible()


def test_an_agent_corrects_the_skills_of_a_conversation(agent, customer):
    ServiceConfiguration.objects.update_or_create(pk=1, defaults={"agents_change_skills": True})
    for name in ("French", "Repair"):
        make_skill(name)
    start_chat(customer, "Carla", "My bicycle is broken")
    choose_presence(agent, "Available")
    accept(agent, "Carla")

    agent.get_by_role("link", name="Change skills").click()
    dialog = agent.get_by_role("dialog")
    dialog.get_by_label("Search skills").fill("r")
    dialog.get_by_label("At least: Least rating of Repair").fill("3")
    dialog.get_by_role("button", name="Add Repair").click()
    expect(dialog.get_by_role("button", name="Remove Repair")).to_be_visible()
    agent.keyboard.press("Escape")

    about = agent.get_by_role("complementary", name="About this work item")
    expect(about).to_contain_text("Repair (3 or better)")


def create_hours(page: Page, name: str) -> None:
    """The usual week, Monday to Friday from nine to five."""
    page.goto("/operating-hours/")
    page.get_by_role("link", name="New operating hours").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name=re.compile(r"^Name\b")).fill(name)
    dialog.get_by_role("button", name="Create operating hours").click()
    expect(page.get_by_role("heading", name="The coming week")).to_be_visible()


def next_sunday() -> date:
    today = database_now().date()
    return today + timedelta(days=6 - today.weekday())


def test_one_who_is_not_ticked_any_more_is_not_counted(administrator):
    administrator.goto("/agents/")
    every = administrator.get_by_label("Select all on this page")
    every.check()

    administrator.get_by_label("Select Alice").uncheck()

    expect(administrator.get_by_role("button", name="Change selected (1)")).to_be_visible()
    expect(every).not_to_be_checked()

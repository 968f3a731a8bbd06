"""An agent with several windows is offered work in each of them, and answers in one."""

import re
import time
from typing import Final

from playwright.sync_api import Page, expect

from tests.browser.barriers import find_barriers
from tests.browser.moves import accept, choose_presence, offer_of, start_chat, tab_to

PATIENCE_SECONDS: Final = 60
# Whichever list answers last is announced.
NONE_LEFT: Final = re.compile("^No (offers|open)")

# Each sound begins with a context of its own page.
BEEPS: Final = """
window.beeps = 0;
window.AudioContext = class extends AudioContext { constructor() { super(); window.beeps += 1; } };
"""

# Locks are given after a while: by then the window is hidden again.
LOOKED_AT_FOR_A_MOMENT: Final = """async () => {
  let hidden = true;
  Object.defineProperty(document, "hidden", { get: () => hidden });
  for (const isHidden of [true, false, false, true]) {
    hidden = isHidden;
    document.dispatchEvent(new Event("visibilitychange"));
  }
  let held;
  for (let looks = 0; looks < 50 && held?.length !== 0; looks += 1) {
    await new Promise((done) => setTimeout(done, 200));
    ({ held } = await navigator.locks.query());
  }
  return held.map(({ name }) => name);
}"""


def test_who_reads_the_inbox_is_offered_work_and_the_other_windows_follow(scene, customer):
    inbox = scene.window("alice", "/inbox/")
    inbox.context.add_init_script(BEEPS)
    inbox.reload()
    profile, desk = inbox.context.new_page(), inbox.context.new_page()
    profile.goto("/desk/profile/")
    desk.goto("/desk/")
    start_chat(customer, "Carla", "Where is my parcel?")
    choose_presence(inbox, "Available")
    for page in (inbox, profile, desk):
        expect(offer_of(page, "Carla")).to_be_visible()

    assert number_of_beeps(inbox, profile, desk) == 1

    accept(inbox, "Carla")

    for page in (profile, desk):
        expect(offer_of(page, "Carla")).to_have_count(0)


def number_of_beeps(*pages: Page) -> int:
    """Of all windows, once there is one: which of them it is takes them a moment."""
    until = time.monotonic() + PATIENCE_SECONDS
    beeps = 0
    while not beeps:
        assert time.monotonic() < until, "No window calls."
        beeps = sum(int(page.evaluate("window.beeps")) for page in pages)
    return beeps


def test_what_is_typed_elsewhere_is_still_there_after_an_offer_was_taken(scene, customer):
    replies = scene.window("alice", "/desk/quick-replies/new/")
    replies.get_by_label("Title").fill("Half typed")
    start_chat(customer, "Carla", "Where is my parcel?")
    choose_presence(replies, "Available")
    expect(offer_of(replies, "Carla")).to_be_visible()

    offer_of(replies, "Carla").get_by_role("button", name="Accept").click()

    expect(replies.get_by_text("It is on your desk.")).to_be_visible()
    expect(offer_of(replies, "Carla")).to_have_count(0)
    expect(replies.get_by_label("Title")).to_have_value("Half typed")


def test_a_window_looked_at_for_a_moment_keeps_no_other_from_calling(scene):
    page = scene.window("alice", "/desk/")

    held = page.evaluate(LOOKED_AT_FOR_A_MOMENT)

    assert held == []


def test_an_offer_is_taken_beside_an_open_dialog_which_keeps_what_is_typed(
    second_agent, customer, another_customer
):
    start_chat(customer, "Carla", "Can I return the lamp?")
    choose_presence(second_agent, "Available")
    accept(second_agent, "Carla")
    second_agent.get_by_role("link", name="Consult", exact=True).click()
    question = second_agent.get_by_role("dialog").get_by_label("Your question")
    question.fill("Does she need")
    start_chat(another_customer(), "Dora", "Where is my parcel?")

    offer_of(second_agent, "Dora").get_by_role("button", name="Accept").click()

    told = second_agent.get_by_role("dialog").get_by_text("It is on your desk.")
    expect(told).to_be_visible()
    expect(offer_of(second_agent, "Dora")).to_have_count(0)
    expect(second_agent.get_by_role("dialog").get_by_role("status")).to_have_text(NONE_LEFT)
    expect(question).to_have_value("Does she need")


def test_on_a_telephone_offers_fold_beside_a_dialog_and_are_opened_by_keyboard(
    second_agent, customer, another_customer
):
    start_chat(customer, "Carla", "Can I return the lamp?")
    choose_presence(second_agent, "Available")
    accept(second_agent, "Carla")
    second_agent.set_viewport_size({"width": 390, "height": 844})
    second_agent.get_by_role("link", name="Consult", exact=True).click()
    dialog = second_agent.get_by_role("dialog")
    dialog.get_by_label("Your question").fill("Does she need")
    start_chat(another_customer(), "Dora", "Where is my parcel?")

    bar = dialog.get_by_text("1 waits for your answer")
    expect(bar).to_be_visible()
    expect(offer_of(second_agent, "Dora")).not_to_be_visible()
    dialog.get_by_label("An agent").click()

    tab_to(second_agent, dialog.locator("summary"))
    second_agent.keyboard.press("Enter")
    accepts = offer_of(second_agent, "Dora").get_by_role("button", name="Accept")
    expect(accepts).to_be_visible()
    assert not find_barriers(second_agent)
    tab_to(second_agent, accepts)
    second_agent.keyboard.press("Enter")

    expect(second_agent.get_by_text("It is on your desk.")).to_be_visible()
    expect(bar).not_to_be_visible()
    expect(dialog.get_by_label("Your question")).to_have_value("Does she need")

"""What an agent says of himself in one window shows in the others."""

import re
from typing import Final

from playwright.sync_api import expect

from tests.browser.moves import choose_presence, is_unreloaded, mark

# What a page does by the clock once a minute it never does: only the stream tells it.
NO_MINUTES: Final = """
const later = window.setTimeout;
window.setTimeout = (act, after, ...rest) => (after >= 60000 ? 0 : later(act, after, ...rest));
"""


def test_a_presence_chosen_in_one_window_shows_in_the_other(scene):
    desk = scene.window("alice", "/desk/")
    inbox = desk.context.new_page()
    inbox.add_init_script(NO_MINUTES)
    inbox.goto("/inbox/")
    expect(inbox.locator("html[data-live=on]")).to_be_attached()
    mark(inbox)

    choose_presence(desk, "Appear away")

    shown = inbox.get_by_role("button", name=re.compile("^Presence: Appear away"))
    expect(shown).to_be_visible()
    shown.click()
    chosen = inbox.get_by_role("button", name=re.compile("^Appear away"))
    expect(chosen).to_have_attribute("aria-current", "true")
    assert is_unreloaded(inbox)

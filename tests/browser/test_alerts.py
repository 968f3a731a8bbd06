"""What calls an agent goes when there is nothing to answer any more."""

from typing import Final

from playwright.sync_api import expect

from tests.browser.bare import Bare, part

AN_HOUR_SECONDS: Final = 3_600
# The machine's own cannot be looked at.
NOTIFICATIONS: Final = """
window.called = [];
window.Notification = class {
  static permission = "granted";
  constructor(text) { this.text = text; called.push(text); }
  addEventListener() {}
  close() { called.splice(called.indexOf(this.text), 1); }
};
"""
TELL: Final = """texts => document.body.dispatchEvent(new CustomEvent("toast", {
  detail: texts.map(text => ({text, kind: "danger", everywhere: true})),
}))"""
TELL_ONE_WINDOW: Final = """text => document.body.dispatchEvent(new CustomEvent("toast", {
  detail: {text, kind: "danger"},
}))"""
TELL_SUCCESS: Final = """texts => document.body.dispatchEvent(new CustomEvent("toast", {
  detail: texts.map(text => ({text})),
}))"""
OFFER: Final = '<p data-chime="offer-{0}" data-notify="{1}" data-notify-when="always">{1}</p>'
CARLA, DAN = OFFER.format(5, "Carla"), OFFER.format(6, "Dan")


def test_a_desktop_notification_goes_with_its_offer(bare):
    bare.page.add_init_script(NOTIFICATIONS)
    page = bare.show(part(CARLA + DAN))
    page.wait_for_function("called.length === 2")

    bare.tell("part-changed")
    bare.answer(part(DAN))

    assert page.evaluate("called") == ["Dan"]


def test_a_page_that_is_called_something_else_by_now_keeps_its_name(bare):
    page = bare.show(part('<p data-title-count="1"></p>'))
    page.evaluate("document.title = 'Spare parts'")

    bare.tell("part-changed")
    bare.answer(part('<p data-title-count="2"></p>'))
    expect(page).to_have_title("(2) Spare parts")
    bare.tell("part-changed")
    bare.answer(part(""))

    expect(page).to_have_title("Spare parts")


def test_what_is_told_in_every_window_is_closed_in_all_of_them(bare):
    other = Bare(bare.page.context.new_page())
    windows = [bare.show(""), other.show("")]
    for page in windows:
        page.evaluate(TELL, ["Missed: Carla.", "Missed: Dan."])
        page.evaluate(TELL_ONE_WINDOW, "The name is taken.")

    for text in ("Missed: Carla.", "The name is taken."):
        toast = windows[0].locator("[data-toast]").filter(has_text=text)
        toast.get_by_role("button", name="Close notification").click()

    expect(windows[0].locator("[data-toast]")).to_have_text(["Missed: Dan."])
    expect(windows[1].locator("[data-toast]")).to_have_text(["Missed: Dan.", "The name is taken."])


def test_several_sentences_are_told_for_as_long_as_they_are_read(bare):
    bare.page.clock.install(time=0)
    page = bare.show("")
    page.clock.pause_at(AN_HOUR_SECONDS)
    toasts = page.locator("[data-toast]")
    page.evaluate(TELL_SUCCESS, ["Saved.", "One live chat goes back to its queue. " * 4])

    page.clock.run_for(8_000)
    left = toasts.count()
    page.clock.run_for(9_000)

    assert (left, toasts.count()) == (1, 0)

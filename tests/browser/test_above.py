"""What stays within reach beside an open dialog: offers, and what is told."""

import re
from typing import Final

from django.template.loader import render_to_string
from playwright.sync_api import expect

OFFER_CSS: Final = '<link rel="stylesheet" href="/static/css/offer.css">'
FOLD: Final = '<script src="/static/js/fold.js" type="module"></script>'
CARLA_IS_OFFERED: Final = '<article class="offer">Carla</article>'
CLOSE: Final = "document.querySelector('dialog[open]')?.close()"
OPEN: Final = "document.getElementById('dialog').showModal()"
OPEN_ANOTHER: Final = f"{CLOSE}; document.getElementById('discard').showModal()"
TELL: Final = """texts => document.body.dispatchEvent(new CustomEvent("toast", {
  detail: texts.map(text => ({text, kind: "danger"})),
}))"""
LEAVES: Final = '<script src="/static/js/elsewhere.js" type="module"></script>'
ELSEWHERE: Final = '<details class="offers-elsewhere" '


def test_a_page_that_showed_itself_anew_puts_its_own_offers_beside_a_dialog(bare):
    page = bare.show(content("") + FOLD)
    page.evaluate("document.body.dispatchEvent(new Event('page-changed'))")
    bare.answer(content(CARLA_IS_OFFERED))

    page.evaluate(OPEN)

    expect(page.get_by_role("dialog").get_by_role("article")).to_have_text("Carla")


def test_offers_beside_dialogs_are_there_once_where_the_page_shows_itself_anew(bare):
    page = bare.show(content(CARLA_IS_OFFERED) + FOLD)
    page.evaluate(OPEN)
    expect(page.get_by_role("dialog").get_by_role("article")).to_have_text("Carla")
    page.evaluate("document.body.dispatchEvent(new Event('page-changed'))")
    bare.answer(content(CARLA_IS_OFFERED).replace("Words", "Other words"))

    for move in ("", OPEN_ANOTHER, CLOSE):
        page.evaluate(move)
        expect(page.locator("article")).to_have_count(1)

    expect(page.get_by_role("main").get_by_role("article")).to_have_text("Carla")


def test_a_page_that_shows_itself_anew_goes_on_counting_offers_in_its_title(bare):
    count = '<p data-title-count="1"></p>'
    page = bare.show(content(count) + FOLD)
    page.evaluate(OPEN)
    expect(page.get_by_role("dialog").locator("[data-title-count]")).to_have_count(1)

    page.evaluate("document.body.dispatchEvent(new Event('page-changed'))")
    bare.answer(f"<title>Parts</title>{content(count)}")

    expect(page).to_have_title("(1) Parts")


def test_the_title_of_an_offer_opens_beside_what_is_typed(bare):
    page = offered_beside_a_form(bare)
    page.get_by_label("Name").fill("Half typed")

    with page.expect_popup():
        page.get_by_role("link", name="Carla").click()

    assert not page.url.endswith("#desk")


def test_the_title_of_an_offer_opens_in_its_window_where_nothing_is_typed(bare):
    page = offered_beside_a_form(bare)

    page.get_by_role("link", name="Carla").click()

    expect(page).to_have_url(re.compile("#desk$"))
    assert page.context.pages == [page]


def offered_beside_a_form(bare):
    """A page with a form and an offer, whose title leads elsewhere."""
    form = '<form method="post"><input aria-label="Name"></form>'
    offer = '<article class="offer"><a href="/#desk">Carla</a></article>'
    elsewhere = content(offers(offer)).replace("<details ", ELSEWHERE, 1)
    return bare.show(elsewhere + form + LEAVES)


def test_what_is_told_while_a_dialog_is_open_is_read_and_closed_in_it(bare):
    page = bare.show("<main></main>")
    page.evaluate(OPEN)
    page.evaluate(TELL, ["Missed: Carla.", "Missed: Dan."])
    told = page.get_by_role("dialog").locator("[data-toast]")
    expect(told).to_have_text(["Missed: Carla.", "Missed: Dan."])

    told.first.get_by_role("button", name="Close notification").click()
    page.evaluate(CLOSE)

    expect(page.locator("body > #toasts [data-toast]")).to_have_text(["Missed: Dan."])


def test_offers_on_another_page_than_the_desk_fold_on_a_telephone(bare):
    bare.page.set_viewport_size({"width": 390, "height": 844})
    elsewhere = content(offers(CARLA_IS_OFFERED)).replace("<details ", ELSEWHERE, 1)
    page = bare.show(elsewhere + FOLD + OFFER_CSS)
    bar, offer = page.get_by_text("1 waits"), page.get_by_role("article")
    expect(bar).to_be_visible()
    expect(offer).to_be_hidden()

    bar.click()
    expect(offer).to_be_visible()
    page.evaluate("document.body.dispatchEvent(new Event('page-changed'))")
    bare.answer(elsewhere)
    bare.tell("offers-changed")
    bare.answer(offers(CARLA_IS_OFFERED))

    expect(bar).to_be_visible()
    expect(offer).to_be_hidden()


def test_beside_a_dialog_on_a_telephone_the_next_offer_comes_folded(bare):
    bare.page.set_viewport_size({"width": 390, "height": 844})
    page = bare.show(content(offers(CARLA_IS_OFFERED)) + FOLD + OFFER_CSS)
    page.evaluate(OPEN)
    page.get_by_role("dialog").get_by_text("1 waits").click()
    expect(page.get_by_role("article")).to_be_visible()

    for now_there in ("", CARLA_IS_OFFERED):
        bare.tell("offers-changed")
        bare.answer(offers(now_there))

    expect(page.get_by_role("dialog").get_by_text("1 waits")).to_be_visible()
    expect(page.get_by_role("article")).to_be_hidden()


def test_parts_stay_unfolded_where_a_page_shows_itself_anew_behind_a_dialog(bare):
    answer = content("") + FOLD
    page = bare.show(answer)
    page.get_by_text("More").click()
    page.evaluate(OPEN)
    expect(page.get_by_role("dialog").locator("[data-above=offers]")).to_have_count(1)

    page.evaluate("document.body.dispatchEvent(new Event('page-changed'))")
    bare.answer(answer.replace("Words", "Other words"))

    expect(page.get_by_text("Other words")).to_be_visible()


def content(offers: str) -> str:
    """A page that fetches itself anew, with offers on it."""
    bar = render_to_string("agents/desk/_above.html")
    return (
        '<main id="content"><p data-refreshes></p>'
        f'<details data-above="offers" open>{bar}{offers}</details>'
        "<details><summary>More</summary><p>Words</p></details></main>"
    )


def offers(inside: str) -> str:
    """The list, which asks for itself."""
    return (
        '<div class="offers" hx-get="/offers/" hx-target="this" hx-swap="outerHTML"'
        f' hx-trigger="offers-changed from:body">{inside}</div>'
    )

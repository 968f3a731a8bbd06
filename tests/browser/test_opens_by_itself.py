"""What opens without a click is asked for once as its countdown ends, and nobody hears of it."""

import json

from playwright.sync_api import expect

REFUSED = "This offer has run out or was taken back."
TOLD = {"HX-Trigger": json.dumps({"toast": {"text": REFUSED, "kind": "danger"}})}
SCRIPT = '<script src="/static/js/desk.js" type="module"></script>'


def offers(deadline: str = "") -> str:
    """The list of the desk, with an offer whose countdown ends then."""
    offer = (
        '<article id="offer-5" data-chime="offer-9"><form hx-post="/accept/" hx-target="this"'
        ' hx-swap="none" hx-trigger="submit, deadline-passed from:#offer-5">'
        f'<button>Open</button></form><progress data-deadline="{deadline}"></progress></article>'
    )
    return (
        '<div id="desk-offers" hx-get="/offers/" hx-target="this" hx-swap="outerHTML"'
        ' hx-trigger="desk-changed from:body, deadline-passed delay:1s">'
        f"{offer if deadline else ''}</div>"
    )


OVER, AHEAD = offers("2020-01-01T09:00:00Z"), offers("2120-01-01T09:00:00Z")


def test_an_offer_that_is_refused_at_its_end_is_not_asked_for_again_and_again(bare):
    page = bare.show(offers() + SCRIPT)
    bare.tell("desk-changed")
    bare.answer(OVER, to="/offers/")

    bare.answer("", to="/accept/", status=409, **TOLD)
    bare.answer(OVER, to="/offers/")
    bare.next("/offers/")

    assert bare.asked == ["GET /offers/", "POST /accept/", "GET /offers/", "GET /offers/"]
    expect(page.get_by_text(REFUSED)).to_have_count(0)


def test_who_opens_it_himself_is_told_of_the_refusal_and_the_list_fetches_itself(bare):
    page = bare.show(AHEAD + SCRIPT)

    page.get_by_role("button", name="Open").click()
    bare.answer("", to="/accept/", status=409, **TOLD)
    bare.next("/offers/")

    expect(page.get_by_text(REFUSED)).to_be_visible()
    assert bare.asked == ["POST /accept/", "GET /offers/"]

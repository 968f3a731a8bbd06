"""Answers come when they come: the page shows the newest, and what was asked for last."""

import pytest
from playwright.sync_api import Route, expect

from tests.browser.bare import part
from tests.browser.moves import open_item
from tests.browser.stage import cast


def test_what_changes_while_a_list_fetches_itself_is_fetched_too(bare):
    page = bare.show(part("None"))
    bare.tell("part-changed")
    bare.tell("part-changed")

    bare.answer(part("One"))
    bare.answer(part("Two"))

    expect(page.get_by_text("Two")).to_be_visible()
    assert bare.asked == ["GET /part/", "GET /part/"]


def test_an_answer_that_is_older_than_a_change_is_made_good(bare):
    form = '<form hx-post="/set/" hx-target="#part" hx-swap="outerHTML"><button>Set</button></form>'
    page = bare.show(part("Old") + form)
    page.get_by_role("button", name="Set").click()
    bare.next()
    bare.tell("part-changed")
    bare.next("/part/")

    bare.answer(part("As it was before"), to="/set/")
    bare.answer(part("Goes nowhere"), to="/part/")
    bare.answer(part("New"), to="/part/")

    expect(page.get_by_text("New")).to_be_visible()


def test_a_part_that_got_no_answer_asks_again(bare):
    page = bare.show(part("Old"))
    bare.tell("part-changed")

    bare.answer("", status=503)
    route = bare.next()
    bare.waiting.remove(route)
    route.abort()
    bare.answer(part("New"))

    expect(page.get_by_text("New")).to_be_visible()


def test_what_a_part_is_refused_again_and_again_is_said_once(bare):
    page = bare.show(part("Old"))
    bare.tell("part-changed")
    trigger = '{"toast": {"text": "The database is busy.", "kind": "danger"}}'

    for _ in range(2):
        bare.answer("", status=503, **{"HX-Trigger": trigger})
    bare.answer(part("New"))

    expect(page.get_by_text("New")).to_be_visible()
    expect(page.get_by_text("The database is busy.")).to_have_count(1)


COMPOSER = (
    '<div id="composer"{oob}><form hx-post="/say/" hx-target="#composer" hx-swap="outerHTML">'
    "<button>Send</button></form></div>"
)


def test_the_end_that_comes_while_a_message_is_on_its_way_is_shown(bare):
    page = bare.show(part("You are talking to Alice.") + COMPOSER.format(oob=""))
    page.get_by_role("button", name="Send").click()
    bare.next("/say/")
    bare.tell("part-changed")
    over = part("It is over.") + '<div id="composer" hx-swap-oob="true">Start anew</div>'

    bare.answer(over, to="/part/")
    bare.answer(COMPOSER.format(oob=""), to="/say/")
    bare.answer(over, to="/part/")

    expect(page.get_by_text("Start anew")).to_be_visible()
    expect(page.get_by_role("button", name="Send")).to_have_count(0)


def test_a_tab_that_was_chosen_opens_though_its_card_fetches_itself(bare):
    tabs = (
        '<a href="/tab/" hx-get="/tab/" hx-target="#tab" hx-swap="outerHTML">Second</a>'
        '<p id="tab">The first tab</p>'
    )
    page = bare.show(part(tabs))
    bare.tell("part-changed")
    page.get_by_role("link", name="Second").click()
    bare.next("/tab/")

    bare.answer(part(tabs), to="/part/")
    bare.answer('<p id="tab">The second tab</p>', to="/tab/")

    expect(page.get_by_text("The second tab")).to_be_visible()
    bare.next("/part/")


def test_a_tab_that_was_chosen_stays_though_its_card_was_asked_for_before(bare):
    tabs = (
        '<a href="/tab/" hx-get="/tab/" hx-target="#tab" hx-swap="outerHTML">Second</a>'
        '<p id="tab">{}</p>'
    )
    page = bare.show(part(tabs.format("The first tab")))
    bare.tell("part-changed")
    page.get_by_role("link", name="Second").click()
    bare.next("/tab/")

    bare.answer('<p id="tab">The second tab</p>', to="/tab/")
    bare.answer(part(tabs.format("The first tab")), to="/part/")

    assert page.get_by_text("The second tab").is_visible()
    bare.answer(part(tabs.format("The second tab, as it is now")), to="/part/")
    expect(page.get_by_text("The second tab, as it is now")).to_be_visible()


@pytest.mark.parametrize("first", ["/one/", "/two/"])
def test_the_dialog_shows_what_was_clicked_last(bare, first):
    link = (
        '<a href="/{0}/" hx-get="/{0}/" hx-target="#dialog-content" hx-swap="outerHTML"'
        " data-dialog>Open {0}</a>"
    )
    page = bare.show(link.format("one") + link.format("two"))
    for name in ("one", "two"):
        page.get_by_role("link", name=f"Open {name}").click()
        bare.next(f"/{name}/")

    for address in (first, "/two/" if first == "/one/" else "/one/"):
        bare.answer(f'<div id="dialog-content">This is {address}</div>', to=address)

    expect(page.get_by_role("dialog")).to_have_text("This is /two/")


def test_a_page_that_shows_itself_anew_shows_the_newest(bare):
    content = '<main id="content" tabindex="-1"><p data-refreshes>{}</p></main>'
    page = bare.show(content.format("Old"))
    for _ in range(2):
        page.evaluate("document.body.dispatchEvent(new Event('page-changed'))")
    while len(bare.waiting) < 2:
        page.evaluate("1")

    bare.waiting.reverse()
    bare.answer(content.format("After both"))
    bare.answer(content.format("After the first"))

    expect(page.get_by_text("After both")).to_be_visible()


def test_ones_own_change_is_shown_though_the_block_was_on_its_way(bare):
    block = (
        '<section id="items" data-live-block hx-get="/items/" hx-trigger="floor-due"'
        ' hx-target="this" hx-swap="outerHTML"><table><tbody>'
        '<tr><td><a href="/1/" id="first">{}</a></td></tr></tbody></table></section>'
    )
    script = '<script src="/static/js/floor.js" type="module"></script>'
    page = bare.show(block.format("Old") + script)
    page.get_by_role("link", name="Old").focus()
    bare.tell("work-item-moved")
    page.evaluate("document.body.dispatchEvent(new Event('work-item-moved'))")

    bare.answer(block.format("Before"))
    bare.answer(block.format("After"))

    expect(page.get_by_role("link", name="After")).to_be_focused()


def test_what_changes_while_the_scripts_of_a_page_are_on_their_way_is_shown(scene, agent):
    scripts: list[Route] = []
    page = scene.context(storage_state=scene.session("bob")).new_page()
    page.route("**/js/desk*.js", lambda route: scripts.append(route))
    page.goto("/desk/", wait_until="commit")
    while not scripts:
        page.wait_for_timeout(20)
    cast.asks_to_be_called("Dora", "Call me at noon")
    expect(open_item(agent, "Call me at noon")).to_be_visible()

    scripts[0].continue_()

    expect(open_item(page, "Call me at noon")).to_be_visible()

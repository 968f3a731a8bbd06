"""A part of a page that fetches itself takes nothing from whoever acts in it meanwhile."""

from playwright.sync_api import expect

from tests.browser.bare import part


def form(number: int) -> str:
    """A row with a verb, and no id on its button."""
    return (
        f'<form action="/take/{number}/" hx-post="/take/{number}/" hx-target="this" hx-swap="none">'
        f"<button>Take {number}</button></form>"
    )


def test_the_focus_goes_to_the_same_button_of_the_new_part(bare):
    page = bare.show(part(form(1) + form(2)))
    page.get_by_role("button", name="Take 2").focus()

    bare.tell("part-changed")
    bare.answer(part(form(0) + form(1) + form(2)))

    expect(page.get_by_role("button", name="Take 2")).to_be_focused()


def test_where_the_button_is_gone_tab_goes_on_from_its_part(bare):
    page = bare.show(part(form(1) + form(2)))
    page.get_by_role("button", name="Take 2").focus()

    bare.tell("part-changed")
    bare.answer(part(form(1)))

    expect(page.locator("#part")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Take 1")).to_be_focused()


def test_a_click_ends_on_the_button_where_it_began(bare):
    page = bare.show(part(form(1)))
    page.get_by_role("button", name="Take 1").hover()
    bare.tell("part-changed")

    page.mouse.down()
    bare.answer(part(form(2)))
    page.mouse.up()
    bare.answer("")

    bare.answer(part(form(3)))
    assert bare.asked == ["GET /part/", "POST /take/1/", "GET /part/"]
    expect(page.get_by_role("button", name="Take 3")).to_be_visible()


def test_a_part_stays_until_what_was_sent_from_it_is_answered(bare):
    page = bare.show(part(form(1)))
    page.get_by_role("button", name="Take 1").click()
    sent = bare.next()
    bare.waiting.remove(sent)
    bare.tell("part-changed")
    bare.answer(part(form(2)))
    bare.waiting.append(sent)

    bare.answer("", **{"HX-Trigger": '{"toast": {"text": "It is yours."}}'})

    expect(page.get_by_text("It is yours.")).to_be_visible()
    bare.answer(part(form(2)))
    expect(page.get_by_role("button", name="Take 2")).to_be_visible()


FIELDS = (
    '<form action="/set/" hx-post="/set/" hx-target="this" hx-swap="none">'
    '<textarea id="note" name="note" aria-label="Note"></textarea>'
    '<input type="checkbox" name="row" value="1" aria-label="Row 1">'
    '<input type="checkbox" name="row" value="2" aria-label="Row 2">'
    '<select name="choice" aria-label="Choice"><option>Away</option><option>Busy</option></select>'
    "<button>Set</button></form>"
)


def fill(page):
    page.get_by_label("Note").fill("half a sen")
    page.get_by_label("Row 2").check()
    page.get_by_label("Choice").select_option("Busy")
    page.get_by_label("Note").focus()


def test_what_is_typed_ticked_and_chosen_stays(bare):
    page = bare.show(part(FIELDS))
    fill(page)

    bare.tell("part-changed")
    bare.answer(part(FIELDS))
    page.keyboard.type("tence")

    expect(page.get_by_label("Note")).to_have_value("half a sentence")
    expect(page.get_by_label("Row 1")).not_to_be_checked()
    expect(page.get_by_label("Row 2")).to_be_checked()
    expect(page.get_by_label("Choice")).to_have_value("Busy")


def test_what_was_sent_is_done_with(bare):
    page = bare.show(part(FIELDS))
    fill(page)
    page.get_by_role("button", name="Set").click()
    bare.answer("")

    bare.tell("part-changed")
    bare.answer(part(FIELDS))

    expect(page.get_by_label("Note")).to_have_value("")
    expect(page.get_by_label("Row 2")).not_to_be_checked()


def test_what_is_typed_on_while_a_form_is_on_its_way_comes_back_with_it(bare):
    on_itself = 'id="form" hx-target="#form" hx-swap="outerHTML"'
    whole = FIELDS.replace('hx-target="this" hx-swap="none"', on_itself)
    page = bare.show(f"<main>{whole}</main>")
    fill(page)
    page.get_by_role("button", name="Set").click()
    page.get_by_label("Note").press_sequentially("tence")
    bare.next("/set/")

    bare.answer(whole.replace("></textarea>", ">half a sen</textarea>"))

    expect(page.get_by_label("Note")).to_have_value("half a sentence")


def test_a_half_typed_message_outlives_the_form_that_comes_with_another_part(bare):
    composer = '<div id="composer"{}><textarea id="text" aria-label="Message"></textarea></div>'
    page = bare.show(part("Please wait.") + composer.format(""))
    page.get_by_label("Message").press_sequentially("Hel")

    bare.tell("part-changed")
    bare.answer(part("You are talking to Alice.") + composer.format(' hx-swap-oob="true"'))
    page.keyboard.type("lo")

    expect(page.get_by_label("Message")).to_have_value("Hello")
    expect(page.get_by_label("Message")).to_be_focused()


def test_a_choice_in_a_menu_leaves_the_focus_on_the_button_of_the_menu(bare):
    menu = (
        '<div class="dropdown" id="menu"><button id="opens" data-bs-toggle="dropdown">{}</button>'
        '<form class="dropdown-menu" hx-post="/set/" hx-target="#menu" hx-swap="outerHTML">'
        '<button class="dropdown-item" name="presence" value="2">Busy</button></form></div>'
    )
    page = bare.show(menu.format("Available"))
    page.get_by_role("button", name="Available").press("Enter")
    page.get_by_role("button", name="Busy").press("Enter")

    assert bare.next("/set/").request.post_data == "presence=2"
    bare.answer(menu.format("Busy"))

    expect(page.locator("#opens")).to_have_text("Busy")
    expect(page.locator("#opens")).to_be_focused()


SEARCH = (
    '<form id="search"><input name="find" aria-label="Find" value="{}" hx-get="/found/"'
    ' hx-trigger="input changed delay:1ms, search" hx-include="closest form" hx-target="#search"'
    ' hx-swap="outerHTML"><textarea name="question" aria-label="Question"></textarea>'
    "<p>Found: {}</p></form>"
)


def test_what_is_typed_while_a_list_is_narrowed_stays_and_is_looked_for(bare):
    page = bare.show(f"<main>{SEARCH.format('', 'all')}</main>")
    page.get_by_label("Find").fill("an")
    bare.next("/found/?find=an&question=")
    page.get_by_label("Find").fill("anna")
    page.get_by_label("Question").fill("Does she need")
    page.get_by_label("Find").focus()

    bare.answer(SEARCH.format("an", "Ann, Anna"))

    expect(page.get_by_label("Find")).to_have_value("anna")
    expect(page.get_by_label("Question")).to_have_value("Does she need")
    bare.next("find=anna&question=Does%20she%20need")
    bare.answer(SEARCH.format("anna", "Anna").replace("></textarea>", ">Does she need</textarea>"))
    expect(page.get_by_text("Found: Anna")).to_be_visible()

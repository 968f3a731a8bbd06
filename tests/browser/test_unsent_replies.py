"""What an agent types stays his own: no other work takes it away, and none gets the rest of it."""

import pytest
from playwright.sync_api import expect

from tests.browser.bare import part

REPLY = (
    '<div class="panel"><form hx-post="/reply/" data-composer><label for="reply">Reply</label>'
    '<textarea id="reply" name="text" data-draft="reply-7-1"></textarea>'
    "<button>Send</button></form></div>"
)
NOTE = (
    '<form id="after-0" action="/note/" hx-post="/note/" hx-target="this" hx-swap="none"'
    ' hx-preserve><input type="hidden" name="client_key" value="1">'
    '<textarea name="text" aria-label="Note" data-draft="note-7-1"></textarea>'
    "<button>Send</button></form>"
)
OFFER = (
    '<div id="desk-offers" hx-get="/offers/?selected=7&amp;was=3&amp;opening=5" hx-target="this"'
    ' hx-trigger="desk-changed from:body"><article id="offer-5"><form hx-post="/accept/"'
    ' hx-trigger="submit, deadline-passed from:#offer-5">'
    "<button>Open</button></form></article></div>"
)
TABS = (
    '<div id="tabs"><a href="/tab/" hx-get="/tab/" hx-target="#tabs" hx-swap="outerHTML">'
    "Another tab</a>{}</div>"
)
COMPOSER = '<div class="composer" id="composer-7"{}>{}</div>'
SCRIPTS = "".join(
    f'<script src="/static/js/{name}.js" type="module"></script>'
    for name in ("conversation", "desk")
)


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("Half a sen", ["GET /offers/?selected=7&was=3"]),
        ("", ["POST /accept/", "GET /offers/?selected=7&was=3&opening=5"]),
    ],
    ids=["typing", "idle"],
)
def test_what_opens_by_itself_waits_while_a_reply_is_typed(bare, words, asked):
    page = bare.show(REPLY + OFFER + SCRIPTS)
    page.get_by_label("Reply").fill(words)

    page.evaluate("document.getElementById('offer-5').dispatchEvent(new Event('deadline-passed'))")
    bare.tell("desk-changed")
    bare.next(asked[-1].removeprefix("GET "))

    assert bare.asked == asked


def test_a_reply_that_was_not_sent_is_there_when_its_conversation_is_opened_again(bare):
    page = bare.show(REPLY + SCRIPTS)
    page.get_by_label("Reply").fill("Half a sen")

    bare.body = REPLY.replace("reply-7-1", "reply-8-1") + SCRIPTS
    page.reload()
    expect(page.get_by_label("Reply")).to_have_value("")
    bare.body = REPLY + SCRIPTS
    page.reload()

    expect(page.get_by_label("Reply")).to_have_value("Half a sen")


def test_a_reply_that_was_not_sent_is_there_when_its_conversation_comes_back(bare):
    page = bare.show(part("With you") + COMPOSER.format("", REPLY) + SCRIPTS)
    page.get_by_label("Reply").fill("Half a sen")

    swap_composer(bare, "Nothing more can be written here.")
    expect(page.get_by_label("Reply")).to_have_count(0)
    swap_composer(bare, REPLY.replace("reply-7-1", "reply-8-1"))
    expect(page.get_by_label("Reply")).to_have_value("")
    swap_composer(bare, REPLY)

    expect(page.get_by_label("Reply")).to_have_value("Half a sen")


def test_what_was_sent_does_not_come_back(bare):
    page = bare.show(REPLY + SCRIPTS)
    page.get_by_label("Reply").fill("A whole one")
    page.get_by_role("button", name="Send").click()
    bare.next("/reply/")

    bare.waiting.clear()
    page.reload()

    expect(page.get_by_label("Reply")).to_have_value("")


def test_who_signs_out_leaves_no_reply_that_was_not_sent(bare):
    leave = '<form method="post" action="/logout/" data-leaves><button>Sign out</button></form>'
    page = bare.show(REPLY + leave + SCRIPTS)
    page.evaluate("sessionStorage.setItem('reply-8-1', 'To another customer')")
    page.get_by_label("Reply").fill("Half a sen")
    page.route("**/logout/", lambda route: route.fulfill(body="Signed out"))

    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("Signed out")).to_be_visible()

    assert page.evaluate("sessionStorage.length") == 0


def swap_composer(bare, inside):
    """What the card beside the conversation brings with it."""
    bare.tell("part-changed")
    bare.answer(part("With you") + COMPOSER.format(' hx-swap-oob="true"', inside), to="/part/")


def test_a_note_that_was_not_sent_is_there_after_a_look_at_another_tab(bare):
    page = bare.show(f"<main>{TABS.format(NOTE)}</main>" + SCRIPTS)
    page.get_by_label("Note").fill("Half a sen")

    for shown, count in (("What is known.", 0), (NOTE, 1)):
        change_tab(bare, shown)
        expect(page.get_by_label("Note")).to_have_count(count)

    expect(page.get_by_label("Note")).to_have_value("Half a sen")


REFUSED = {"HX-Reswap": "none", "HX-Trigger": '{"toast": {"text": "Refused.", "kind": "danger"}}'}


@pytest.mark.parametrize(
    ("status", "headers", "rest"),
    [(409, REFUSED, "Hello. More"), (200, {}, " More")],
    ids=["refused", "taken"],
)
def test_what_was_not_sent_of_a_note_is_there_after_a_look_at_another_tab_meanwhile(
    bare, status, headers, rest
):
    page = bare.show(f"<main>{TABS.format(NOTE)}</main>" + SCRIPTS)
    send_and_type_on(bare)
    change_tab(bare, "What is known.")
    expect(page.get_by_text("What is known.")).to_be_visible()
    expect(page.get_by_label("Note")).to_be_hidden()

    bare.answer("", to="/note/", status=status, **headers)
    expect(page.get_by_label("Note")).to_have_count(0)
    change_tab(bare, NOTE.replace("after-0", "after-1"))

    expect(page.get_by_label("Note")).to_have_value(rest)


def test_a_note_on_its_way_is_the_same_one_when_its_tab_comes_back_before_the_answer(bare):
    page = bare.show(f"<main>{TABS.format(NOTE)}</main>" + SCRIPTS)
    send_and_type_on(bare)
    change_tab(bare, "What is known.")
    change_tab(bare, NOTE.replace('value="1"', 'value="2"'))
    expect(page.get_by_label("Note")).to_be_visible()

    bare.answer("", to="/note/", status=409, **REFUSED)

    expect(page.get_by_text("Refused.")).to_be_visible()
    expect(page.get_by_label("Note")).to_have_value("Hello. More")
    expect(page.locator("[name=client_key]")).to_have_value("1")


def test_what_was_not_sent_comes_before_what_is_typed_since(bare):
    page = bare.show(f"<main>{TABS.format(NOTE)}</main>" + SCRIPTS)
    send_and_type_on(bare)
    change_tab(bare, "What is known.")
    change_tab(bare, NOTE.replace("after-0", "after-1"))
    # The one that is on its way stands out of sight.
    page.get_by_label("Note").filter(visible=True).fill("Since then.")

    bare.answer("", to="/note/", status=409, **REFUSED)

    expect(page.get_by_label("Note")).to_have_value("Hello. More\nSince then.")


def test_a_note_that_is_refused_after_the_consult_ended_is_shown(bare):
    page = bare.show(f"<main>{TABS.format(NOTE)}</main>" + SCRIPTS)
    send_and_type_on(bare)
    change_tab(
        bare,
        '<div id="unsent-7" data-unsent="note-7-1" hidden>Not sent: <p data-unsent-text></p></div>',
    )

    bare.answer("", to="/note/", status=409, **REFUSED)

    expect(page.get_by_text("Refused.")).to_be_visible()
    expect(page.locator("#unsent-7")).to_have_text("Not sent: Hello. More", use_inner_text=True)


def send_and_type_on(bare):
    """A note is on its way, with the next one begun behind it."""
    note = bare.page.get_by_label("Note")
    note.fill("Hello.")
    bare.page.get_by_role("button", name="Send").click()
    bare.next("/note/")
    note.press_sequentially(" More")


def change_tab(bare, shown):
    """What another tab shows takes the place of all that was there."""
    bare.page.get_by_role("link", name="Another tab").click()
    bare.answer(TABS.format(shown), to="/tab/")


def test_a_note_that_can_be_sent_no_more_is_shown(bare):
    unsent = (
        '<div id="unsent" data-unsent="note-{}-1" hidden>Not sent: <p data-unsent-text></p></div>'
    )
    page = bare.show(part(NOTE) + SCRIPTS)
    page.get_by_label("Note").fill("Half a sen")

    bare.tell("part-changed")
    bare.answer(part(unsent.format(7) + unsent.format(8)))

    expect(page.locator("#part")).to_have_text("Not sent: Half a sen", use_inner_text=True)


def test_what_is_typed_on_after_a_note_was_sent_is_the_next_note(bare):
    page = bare.show(part(NOTE) + SCRIPTS)
    page.get_by_label("Note").fill("Hello.")
    page.get_by_role("button", name="Send").click()
    page.get_by_label("Note").press_sequentially(" More")

    bare.answer("", to="/note/")
    bare.tell("part-changed")
    bare.answer(part(NOTE.replace("after-0", "after-1")))

    expect(page.locator("#after-1")).to_be_visible()
    expect(page.get_by_label("Note")).to_have_value(" More")


def test_a_note_that_is_refused_stays_to_be_sent_otherwise(bare):
    page = bare.show(part(NOTE) + SCRIPTS)
    page.get_by_label("Note").fill("Far too long")
    page.get_by_role("button", name="Send").click()

    bare.answer("", to="/note/", status=422, **{"HX-Reswap": "none"})

    expect(page.get_by_label("Note")).to_have_value("Far too long")
    expect(page.locator("[name=client_key]")).to_have_value("1")


def test_the_next_note_is_another_one_though_its_form_is_the_same(bare):
    page = bare.show(part(NOTE) + SCRIPTS)
    page.get_by_label("Note").fill("Yes.")
    page.get_by_role("button", name="Send").click()

    bare.answer("", to="/note/")

    expect(page.get_by_label("Note")).to_have_value("")
    expect(page.locator("[name=client_key]")).not_to_have_value("1")


def test_what_a_customer_typed_when_the_chat_ended_begins_the_next_one(bare):
    field = '<form method="post"{}><textarea aria-label="Message" data-draft="chat-1"></textarea>'
    chat = field.format(' hx-post="/message/"') + "</form>"
    page = bare.show(part("You are talking to Alice.") + COMPOSER.format("", chat) + SCRIPTS)
    page.get_by_label("Message").fill("One more thing")

    swap_composer(bare, "This chat has ended.")
    bare.body = field.format("") + "<button>Start chat</button></form>" + SCRIPTS
    page.reload()
    expect(page.get_by_label("Message")).to_have_value("One more thing")
    bare.body = part("The next chat.") + COMPOSER.format("", chat) + SCRIPTS
    page.get_by_role("button", name="Start chat").click()

    expect(page.get_by_text("The next chat.")).to_be_visible()
    expect(page.get_by_label("Message")).to_have_value("")

"""The sign-in ends while a page is open: what was typed stays, and is sent with the next one."""

import json
import re

from playwright.sync_api import expect

from tests.browser.bare import ADDRESS, part

SIGNED_OUT = json.dumps({"signed-out": {"url": "/accounts/login/?next=/"}})
FORM = (
    '<form hx-post="/save/" hx-target="this"><label for="note">Note</label>'
    '<input type="hidden" name="csrfmiddlewaretoken" value="old">'
    '<input id="note" name="note"><button>Save</button></form>'
)


def test_what_was_typed_stays_and_is_sent_with_the_token_of_the_next_sign_in(bare):
    page = bare.show(FORM + part(""))
    page.get_by_label("Note").fill("Called back twice")
    bare.tell("part-changed")
    bare.answer("", status=401, **{"HX-Trigger": SIGNED_OUT})

    dialog = page.get_by_role("alertdialog", name="You are signed out")
    expect(dialog.get_by_role("link", name="Sign in in a new tab")).to_be_visible()
    dialog.get_by_role("button", name="Back to what I typed").click()
    page.context.add_cookies([{"name": "csrftoken", "value": "new", "url": ADDRESS}])
    page.get_by_role("button", name="Save").click()

    sent = bare.next("/save/").request
    assert sent.post_data == "csrfmiddlewaretoken=new&note=Called%20back%20twice"
    assert sent.headers["x-csrftoken"] == "new"


def test_a_page_that_nothing_was_typed_in_goes_to_sign_in(bare):
    page = bare.show(FORM + part(""))
    page.route(re.compile("/accounts/login/"), lambda route: route.fulfill(body="Who is there?"))

    bare.tell("part-changed")
    bare.next("/part/").fulfill(status=401, headers={"HX-Trigger": SIGNED_OUT})

    expect(page).to_have_url(re.compile(r"/accounts/login/\?next=/$"))


def test_with_a_sign_in_in_another_tab_the_page_goes_on_as_it_is_now(bare):
    page = bare.show(FORM + part("Before"))
    page.get_by_label("Note").fill("Called back twice")
    bare.tell("part-changed")
    bare.answer("", status=401, **{"HX-Trigger": SIGNED_OUT})
    expect(page.get_by_role("alertdialog", name="You are signed out")).to_be_visible()

    page.context.add_cookies([{"name": "csrftoken", "value": "new", "url": ADDRESS}])
    other = page.context.new_page()
    other.route("**/*", lambda route: route.fulfill(body="My desk", content_type="text/html"))
    other.goto(f"{ADDRESS}/")
    other.evaluate("new BroadcastChannel('sign-in').postMessage('opened')")
    bare.answer(part("What changed meanwhile"))

    expect(page.get_by_text("What changed meanwhile")).to_be_visible()
    expect(page.get_by_role("alertdialog")).to_have_count(0)
    expect(page.get_by_label("Note")).to_have_value("Called back twice")


def test_a_page_to_sign_in_at_goes_on_with_a_sign_in_in_another_tab(bare):
    cookie = {"name": "csrftoken", "url": ADDRESS}
    bare.page.context.add_cookies([{**cookie, "value": "old"}])
    page = bare.show("<form data-entrance><button>Sign in</button></form>")
    bare.body = "<p>My desk</p>"

    page.context.add_cookies([{**cookie, "value": "new"}])
    other = page.context.new_page()
    other.route("**/*", lambda route: route.fulfill(body="My desk", content_type="text/html"))
    other.goto(f"{ADDRESS}/")
    other.evaluate("new BroadcastChannel('sign-in').postMessage('opened')")

    expect(page.get_by_text("My desk")).to_be_visible()


def test_the_page_tells_that_its_agent_is_there_with_the_token_of_the_next_sign_in(bare):
    window = '<span data-window="/window/" hidden><input value="old"></span>'
    bare.page.context.add_cookies([{"name": "csrftoken", "value": "new", "url": ADDRESS}])

    bare.show(f'{window}<script src="/static/js/window.js" type="module"></script>')

    assert "csrfmiddlewaretoken=new" in (bare.next("/window/").request.post_data or "")

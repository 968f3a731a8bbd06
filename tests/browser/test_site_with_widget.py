"""The widget on the pages of a web site that is not ours."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from config.clock import database_now
from routing import service
from workstreams.models import ChannelInstance, WorkItem

NO_STORAGE = """
if (location.hostname === "localhost") Object.defineProperty(window, "sessionStorage", {
  get() { throw new DOMException("Refused.", "SecurityError"); },
});
"""
GOES_ON_LOADING = """
if (location.hostname === "localhost") addEventListener("DOMContentLoaded", () => {
  document.body.append(Object.assign(new Image(), {src: "/still-loading.png"}));
});
"""
STILL_LOADING = "**/still-loading.png"
OPEN, CLOSE = "Chat with us", "Close chat"


@pytest.fixture
def site(scene) -> Page:
    """The first of two pages that link to each other and carry the widget."""
    shop = f"http://localhost:{urlsplit(scene.url).port}"
    ChannelInstance.objects.filter(slug="shop").update(allowed_origins=[shop])
    # What the proxy in front says of a secure connection.
    page: Page = scene.context(extra_http_headers={"X-Forwarded-Proto": "https"}).new_page()
    tag = f'<script src="{scene.url}/static/js/widget.js" data-chat="shop" async></script>'
    for own, other in (("shoes", "hats"), ("hats", "shoes")):
        body = f'<!DOCTYPE html><title>{own}</title><h1>{own}</h1><a href="/{other}/">{other}</a>'
        page.route(f"{shop}/{own}/**", _answer(body + tag))
    page.goto(f"{shop}/shoes/")
    return page


def _answer(body: str) -> Callable[[Route], None]:
    return lambda route: route.fulfill(content_type="text/html", body=body)


def chat_on(site: Page) -> None:
    """Begin a chat from the button."""
    site.get_by_role("button", name=OPEN).click()
    chat = site.frame_locator("iframe")
    chat.get_by_label("Your name").fill("Carla")
    chat.get_by_label("Message").fill("Is it in stock?")
    # A click may land beside a frame of another process that has just been laid out anew.
    chat.get_by_role("button", name="Start chat").press("Enter")
    expect(said_in(site)).to_be_visible()


def said_in(site: Page):
    return site.frame_locator("iframe").get_by_role("log").get_by_text("Is it in stock?")


def test_a_chat_follows_its_visitor_to_the_next_page_as_it_was_left(site):
    chat_on(site)

    site.get_by_role("link", name="hats").click()

    expect(site.get_by_role("heading", name="hats")).to_be_visible()
    expect(site.get_by_role("button", name=CLOSE)).to_be_visible()
    expect(said_in(site)).to_be_visible()

    site.get_by_role("button", name=CLOSE).click()
    site.get_by_role("link", name="shoes").click()

    expect(site.get_by_role("heading", name="shoes")).to_be_visible()
    expect(said_in(site)).to_be_attached()
    expect(said_in(site)).to_be_hidden()
    site.get_by_role("button", name=OPEN).click()
    expect(said_in(site)).to_be_visible()


def test_a_site_is_loaded_before_its_chat_is_back(scene, site):
    chat_on(site)
    site.route(f"{scene.url}/chat/shop/", lambda route: None)

    site.get_by_role("link", name="hats").click()

    expect(site.get_by_role("heading", name="hats")).to_be_visible()
    site.wait_for_function("performance.timing.loadEventEnd > 0")
    expect(site.get_by_role("button", name=CLOSE)).to_be_visible()


def test_there_is_a_way_back_to_it_though_the_chat_takes_no_others_by_now(site):
    chat_on(site)
    site.get_by_role("button", name=CLOSE).click()
    ChannelInstance.objects.filter(slug="shop").update(is_enabled=False)

    with site.expect_response("**/hours/") as answer:
        site.get_by_role("link", name="hats").click()

    assert answer.value.json()["shown"] is False
    expect(said_in(site)).to_be_attached()
    site.get_by_role("button", name=OPEN).click()
    expect(said_in(site)).to_be_visible()


def test_a_widget_without_a_conversation_is_hidden_where_the_chat_takes_no_others(site):
    site.get_by_role("button", name=OPEN).click()
    expect(site.frame_locator("iframe").get_by_label("Your name")).to_be_visible()
    site.get_by_role("button", name=CLOSE).click()
    ChannelInstance.objects.filter(slug="shop").update(is_enabled=False)

    site.get_by_role("link", name="hats").click()

    expect(site.get_by_role("heading", name="hats")).to_be_visible()
    expect(site.locator("body > div")).to_have_attribute("hidden", "")
    site.get_by_role("link", name="shoes").click()
    expect(site.get_by_role("heading", name="shoes")).to_be_visible()
    expect(site.locator("body > div")).to_have_attribute("hidden", "")
    expect(site.locator("iframe")).to_have_count(0)


def test_a_chat_that_ends_while_it_is_minimised_follows_no_further(site):
    chat_on(site)
    site.get_by_role("button", name=CLOSE).click()

    service.leave(item_id=WorkItem.objects.get().pk, now=database_now())

    site.wait_for_function("sessionStorage.length === 0")
    site.get_by_role("link", name="hats").click()
    expect(site.get_by_role("button", name=OPEN)).to_be_visible()
    expect(site.locator("iframe")).to_have_count(0)


def test_who_came_back_by_a_link_keeps_the_chat_on_the_next_page(site):
    chat_on(site)
    token = site.frame_locator("iframe").locator("[data-visit]").get_attribute("data-token")
    site.evaluate("sessionStorage.clear()")
    site.context.clear_cookies()

    site.goto(f"{site.url}?v={token}")
    expect(said_in(site)).to_be_visible()
    site.wait_for_function("sessionStorage.getItem('chat-shop-v')")
    site.get_by_role("link", name="hats").click()

    expect(site.get_by_role("heading", name="hats")).to_be_visible()
    expect(said_in(site)).to_be_visible()


def test_a_chat_that_ends_where_it_was_taken_along_stays_to_be_read(site):
    chat_on(site)
    site.get_by_role("link", name="hats").click()
    expect(said_in(site)).to_be_visible()
    ChannelInstance.objects.filter(slug="shop").update(is_enabled=False)

    with site.expect_response("**/hours/", timeout=90_000):
        service.leave(item_id=WorkItem.objects.get().pk, now=database_now())

    site.wait_for_function("sessionStorage.length === 0")
    expect(said_in(site)).to_be_visible()


def test_a_site_that_may_store_nothing_has_its_chat_all_the_same(site):
    site.context.add_init_script(NO_STORAGE)
    site.reload()
    chat_on(site)

    site.get_by_role("link", name="hats").click()
    site.get_by_role("button", name=OPEN).click()

    expect(said_in(site)).to_be_visible()


def test_who_clicks_on_before_his_chat_is_back_keeps_the_link_he_came_by(scene, site):
    chat_on(site)
    token = site.frame_locator("iframe").locator("[data-visit]").get_attribute("data-token")
    site.evaluate("sessionStorage.clear()")
    site.context.clear_cookies()
    # None of the pages he leaves is ever loaded; the last one is.
    unanswered = []
    site.route(STILL_LOADING, lambda route: unanswered.append(route))
    site.add_init_script(GOES_ON_LOADING)

    with site.expect_request(STILL_LOADING):
        site.goto(f"{site.url}?v={token}", wait_until="commit")
    site.wait_for_function("sessionStorage.getItem('chat-shop-v')")
    with site.expect_request(STILL_LOADING):
        site.evaluate("location = '/hats/'")
    site.wait_for_function("document.querySelector('body > div')")
    site.unroute(STILL_LOADING)
    site.route(STILL_LOADING, lambda route: route.fulfill())
    site.evaluate("location = '/shoes/'")

    site.wait_for_url("**/shoes/")
    expect(said_in(site)).to_be_visible()
    for route in unanswered:
        route.fulfill()

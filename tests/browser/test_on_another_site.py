"""The chat in the frame of a web site that is not ours."""

from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.browser.stage.cast import CHAT
from workstreams.models import ChannelInstance


def test_a_visitor_is_known_again_when_the_site_is_loaded_anew(scene):
    site = f"http://localhost:{urlsplit(scene.url).port}"
    ChannelInstance.objects.filter(slug="shop").update(allowed_origins=[site])
    # What the proxy in front says of a secure connection.
    page = scene.context(extra_http_headers={"X-Forwarded-Proto": "https"}).new_page()
    page.route(
        f"{site}/shop/",
        lambda route: route.fulfill(
            content_type="text/html",
            body=f'<!DOCTYPE html><title>Shop</title><iframe src="{scene.url}{CHAT}"></iframe>',
        ),
    )
    page.goto(f"{site}/shop/")
    chat = page.frame_locator("iframe")
    chat.get_by_label("Your name").fill("Carla")
    chat.get_by_label("Message").fill("Is it in stock?")
    # A click may land beside a frame of another process that has just been laid out anew.
    chat.get_by_role("button", name="Start chat").press("Enter")
    log = chat.get_by_role("log")
    expect(log.get_by_text("Is it in stock?")).to_be_visible()

    page.reload()

    expect(log.get_by_text("Is it in stock?")).to_be_visible()
    [cookie] = page.context.cookies(f"{scene.url}{CHAT}")
    assert (cookie["secure"], cookie["partitionKey"]) == (True, "http://localhost")

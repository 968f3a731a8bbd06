"""The chat in the frame of a web site that is not ours."""

from urllib.parse import urlsplit
from uuid import uuid4

from playwright.sync_api import expect

from tests.browser.stage.cast import CHAT
from workstreams.channels.live_chat.visitor import new_visitor
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


def test_a_chat_that_another_site_sends_is_not_there_at_the_next_visit(scene):
    site = f"http://localhost:{urlsplit(scene.url).port}"
    said = {
        "v": new_visitor(ChannelInstance.objects.get(slug="shop").pk).token,
        "client_key": uuid4(),
        "name": "Carla",
        "text": "Planted",
    }
    fields = "".join(f'<input name="{name}" value="{said[name]}">' for name in said)
    form = f'<form method="post" action="{scene.url}{CHAT}">{fields}<button>Win!</button></form>'
    page = scene.context().new_page()
    page.route(
        f"{site}/prizes/",
        lambda route: route.fulfill(
            content_type="text/html", body=f"<!DOCTYPE html><title>Prizes</title>{form}"
        ),
    )
    page.goto(f"{site}/prizes/")
    page.get_by_role("button", name="Win!").click()
    expect(page.get_by_text("Planted")).to_be_visible()

    page.goto(f"{scene.url}{CHAT}")

    expect(page.get_by_label("Your name")).to_be_visible()
    expect(page.get_by_text("Planted")).to_have_count(0)

"""Page or fragment, toasts and events."""

import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from config.pages import client_event, go_to, toast

pytestmark = [pytest.mark.urls("tests.config.sample_urls"), pytest.mark.django_db]
HTMX = {"HX-Request": "true"}


def events_of(response: HttpResponse) -> dict[str, object]:
    return dict(json.loads(response["HX-Trigger"]))


def test_a_browser_gets_the_page_and_htmx_the_fragment(client, administrator):
    client.force_login(administrator)

    page, fragment = client.get("/plain/"), client.get("/plain/", headers=HTMX)

    assert b"<!DOCTYPE html>" in page.content
    assert b"<!DOCTYPE html>" not in fragment.content
    assert "HX-Request" in page["Vary"]


@pytest.mark.parametrize("header", ["HX-Boosted", "HX-History-Restore-Request"])
def test_a_boosted_or_history_request_gets_the_page(client, administrator, header):
    client.force_login(administrator)

    response = client.get("/plain/", headers={**HTMX, header: "true"})

    assert b"<!DOCTYPE html>" in response.content


def test_toasts_and_events_add_up():
    response = toast(client_event(HttpResponse(), "queue-saved"), "Saved.")

    toast(response, "But look again.", kind="warning")

    assert events_of(response) == {
        "queue-saved": True,
        "toast": [
            {"text": "Saved.", "kind": "success"},
            {"text": "But look again.", "kind": "warning"},
        ],
    }


@pytest.mark.parametrize(
    ("to", "stays"),
    [("/queues/3/#members", True), ("/queues/3/", True), ("/queues/4/#members", False)],
)
def test_a_page_that_is_open_hears_that_it_changed(to, stays):
    request: Any = RequestFactory().post(
        "/queues/3/edit/",
        headers={**HTMX, "HX-Current-URL": "http://testserver/queues/3/#summary"},
    )
    request.htmx = HtmxDetails(request)

    response = go_to(request, to)

    assert ("page-changed" in response.get("HX-Trigger", "")) is stays
    assert ("HX-Redirect" in response) is not stays

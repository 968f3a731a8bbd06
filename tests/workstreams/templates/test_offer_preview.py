"""The card of an offer while its template is written."""

import pytest

from tests.workstreams.templates.test_template_pages import NEW_NOTIFICATION, address, text_of

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def test_the_preview_shows_what_is_typed_with_made_up_values(as_administrator):
    answer = as_administrator.post(address("offer-preview"), NEW_NOTIFICATION, headers=HTMX)

    html = text_of(answer)
    for words in ("Chat with Ada Lovelace", "Parcels", "Answer", "Not now", "1:00"):
        assert words in html
    assert "<html" not in html


def test_the_preview_names_slugs_that_nothing_fills(as_administrator):
    typed = NEW_NOTIFICATION | {"title": "{customer}"}

    assert "{customer} is no slug" in text_of(
        as_administrator.post(address("offer-preview"), typed, headers=HTMX)
    )


def test_without_scripts_the_preview_is_a_page(as_administrator):
    answer = as_administrator.post(address("offer-preview"), NEW_NOTIFICATION)

    assert "Chat with Ada Lovelace" in text_of(answer)
    assert "<html" in text_of(answer)


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"title": "x" * 100_000, "countdown_seconds": "9" * 50, "icon": "<b>"},
        {"auto_accept": "on"},
        {"header_1": "{", "value_1": "{{{}}}"},
        {"countdown_seconds": "²"},
        {"countdown_seconds": "9" * 5000},
    ],
)
def test_the_preview_shows_anything(as_administrator, typed):
    answer = as_administrator.post(address("offer-preview"), typed, headers=HTMX)

    assert answer.status_code == 200

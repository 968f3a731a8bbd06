"""On a phone nothing is pushed sideways by a name without a space."""

import pytest

NAME = "Recordtype" * 10
NAVIGATION = f'<nav class="btn-list"><a class="btn btn-sm" href="/x/">{NAME}</a></nav>'
CARD = (
    '<div class="card"><div class="card-header">'
    f'<h2 class="card-title"><a href="/x/"><span>Rules: {NAME}</span></a></h2></div></div>'
)


@pytest.mark.parametrize("body", [NAVIGATION, CARD], ids=["navigation", "card"])
def test_a_name_of_a_hundred_letters_stays_on_a_narrow_page(bare, body):
    bare.page.set_viewport_size({"width": 390, "height": 844})

    page = bare.show(body)

    assert page.evaluate("document.documentElement.scrollWidth") <= 390

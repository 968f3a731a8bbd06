"""What the work distribution of records does not have."""

import pytest

from tests.factories import make_workstream

SENT = {
    "revision": 1,
    "capacity_format": "unit",
    "capacity_units": 2,
    "allowed_presences": ["available", "busy"],
    "skill_matching": "closest",
}


@pytest.fixture
def cases(record_routing):
    return make_workstream("Cases", type="record", wrap_up_block="custom", wrap_up_seconds=90)


@pytest.fixture
def page(cases):
    return f"/workstreams/{cases.pk}/"


@pytest.mark.parametrize("name", ["keep_same_agent", "wrap_up_block", "wrap_up_minutes"])
def test_the_form_does_not_ask_for_it(as_administrator, page, name):
    assert name not in as_administrator.get(f"{page}distribution/").context["form"].fields


@pytest.mark.parametrize("words", ["Same agent", "Wrap-up"])
def test_the_page_does_not_tell_of_it(as_administrator, page, words):
    assert words not in as_administrator.get(page).content.decode()


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"keep_same_agent": "on"}, "never come back"),
        ({"wrap_up_block": "never"}, "Records have no wrap-up"),
        ({"wrap_up_block": "custom", "wrap_up_minutes": "5"}, "Records have no wrap-up"),
    ],
)
def test_what_is_sent_all_the_same_is_refused(as_administrator, cases, page, sent, sentence):
    refused = as_administrator.post(f"{page}distribution/", SENT | sent)

    cases.refresh_from_db()
    assert sentence in refused.context["form"].non_field_errors()[0]
    assert (refused.status_code, cases.revision) == (422, 1)


@pytest.mark.parametrize("sent", [{}, {"wrap_up_block": "always"}], ids=["without", "as it begins"])
def test_the_rest_is_saved_and_what_a_program_set_stays(as_administrator, cases, page, sent):
    """It never acts, so copies and documents go on carrying it."""
    saved = as_administrator.post(f"{page}distribution/", SENT | sent)

    cases.refresh_from_db()
    assert (saved.status_code, cases.capacity_units, cases.wrap_up_seconds) == (303, 2, 90)

"""What a person sees when something is refused, missing, forbidden or broken."""

import json

import pytest
from django.db import OperationalError

from config.errors import BUSY

pytestmark = [pytest.mark.urls("tests.config.sample_urls"), pytest.mark.django_db]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def signed_in(client, supervisor):
    client.force_login(supervisor)
    return client


def sentence_of(response) -> str:
    return str(json.loads(response["HX-Trigger"])["toast"]["text"])


def test_a_refusal_is_a_page_with_its_sentence_and_a_way_back(signed_in):
    response = signed_in.post("/refused/", headers={"Referer": "http://testserver/plain/"})

    assert response.status_code == 409
    assert b"Ana took it first." in response.content
    assert b'href="http://testserver/plain/"' in response.content


def test_the_way_back_never_leads_to_another_site(signed_in):
    response = signed_in.post("/refused/", headers={"Referer": "http://elsewhere.example/"})

    assert b"elsewhere.example" not in response.content


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("/refused/", 409, "Ana took it first."),
        ("/forbidden/", 403, "Only administrators may do this."),
        ("/busy/", 503, BUSY),
        ("/nowhere/", 404, "This is no longer here. Reload the page to see what changed."),
    ],
)
def test_htmx_gets_a_toast_and_swaps_nothing(signed_in, path, status, sentence):
    response = signed_in.get(path, headers=HTMX)

    assert (response.status_code, response.content) == (status, b"")
    assert response["HX-Reswap"] == "none"
    assert sentence_of(response) == sentence


@pytest.mark.parametrize(("path", "status"), [("/forbidden/", 403), ("/nowhere/", 404)])
def test_a_browser_gets_a_friendly_page(signed_in, path, status):
    response = signed_in.get(path)

    assert response.status_code == status
    assert b"Go to the start page" in response.content


def test_a_database_that_is_busy_asks_to_try_again(signed_in):
    response = signed_in.get("/busy/")

    assert (response.status_code, response["Retry-After"]) == (503, "1")
    assert b"Try again in a moment" in response.content


def test_a_database_that_is_away_is_said_before_anybody_is_known(client, monkeypatch):
    def gone(request):
        raise OperationalError("the connection is lost")

    monkeypatch.setattr("django.contrib.auth.middleware.get_user", gone)
    client.raise_request_exception = False

    assert client.get("/plain/").status_code == 503


def test_a_broken_page_shows_an_error_to_quote(signed_in):
    signed_in.raise_request_exception = False

    response = signed_in.get("/broken/")

    assert response.status_code == 500
    assert b"quote this to your administrator" in response.content


def test_a_fragment_leads_a_signed_out_person_to_sign_in_and_back(client):
    headers = {**HTMX, "HX-Current-URL": "http://testserver/skill-types/?q=a"}

    response = client.get("/skill-types/", headers=headers)

    assert response.status_code == 401
    assert response["HX-Reswap"] == "none"
    signed_out = json.loads(response["HX-Trigger"])["signed-out"]
    assert signed_out == {"url": "/accounts/login/?next=%2Fskill-types%2F%3Fq%3Da"}

"""What was typed is kept when the sign-in ended before it was sent, or a newer one began."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.http import urlencode

from agents.models import SkillType
from config.send_again import FORM

pytestmark = [pytest.mark.urls("tests.config.sample_urls"), pytest.mark.django_db]
ADDRESS = "/skill-types/new/?copy=1"
TYPED = {"name": "Fluent <b>French</b>", "kind": "plain", "scale": ""}
HERE = {"Origin": "http://testserver"}


@pytest.fixture
def strict(administrator):
    """A browser whose forms are of an earlier sign-in."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(administrator)
    return client


def send(client, fields, **headers):
    """As browsers send a form."""
    body = urlencode(fields)
    return client.post(ADDRESS, body, content_type=FORM, headers=headers)


def test_a_form_sent_after_the_sign_in_ended_is_shown_to_be_sent_again(client):
    response = send(client, TYPED)

    assert (response.status_code, response["Cache-Control"].count("no-store")) == (401, 1)
    page = response.content.decode()
    assert f'action="{ADDRESS}"' in page
    assert 'name="name" value="Fluent &lt;b&gt;French&lt;/b&gt;"' in page
    assert 'href="/accounts/login/"' in page


def test_a_press_that_sends_nothing_leads_back_to_its_page(client):
    headers = {"Referer": "http://testserver/skill-types/?q=a"}

    response = client.post("/skill-types/", headers=headers)

    assert response.status_code == 302
    assert response["Location"].endswith("?next=http%3A%2F%2Ftestserver%2Fskill-types%2F%3Fq%3Da")


@pytest.mark.parametrize("name", ["password", "auth_token", "new-secret"])
def test_a_secret_is_never_shown(client, name):
    response = send(client, {**TYPED, name: "sesame"})

    assert (response.status_code, b"sesame" in response.content) == (302, False)


def test_a_file_is_not_kept(client):
    response = client.post(ADDRESS, {**TYPED, "file": SimpleUploadedFile("a.txt", b"a")})

    assert response.status_code == 302


def test_signing_out_shows_no_form(client, administrator):
    client.force_login(administrator)
    body = urlencode({"next": "/accounts/login/?next=/"})

    response = client.post("/accounts/logout/", body, content_type=FORM)

    assert response.status_code == 302


def test_a_form_of_an_earlier_sign_in_is_sent_again_with_the_token_of_now(strict):
    refused = send(strict, TYPED, **HERE)
    assert (refused.status_code, "Send it again" in refused.content.decode()) == (403, True)
    token = refused.context["csrf_token"]

    send(strict, {**TYPED, "csrfmiddlewaretoken": str(token)}, **HERE)

    assert SkillType.objects.filter(name=TYPED["name"]).exists()


@pytest.mark.parametrize("origin", [{}, {"Origin": "http://elsewhere.example"}])
def test_what_another_site_sent_is_never_sent_again(strict, origin):
    response = send(strict, TYPED, **origin)

    assert (response.status_code, b"Send it again" in response.content) == (403, False)


def test_what_found_the_database_busy_is_kept_with_what_makes_it_done_once(client, supervisor):
    client.force_login(supervisor)
    body = urlencode({**TYPED, "client_key": "5d0f"})

    response = client.post("/busy/", body, content_type=FORM, headers=HERE)

    page = response.content.decode()
    assert (response.status_code, response["Retry-After"]) == (503, "1")
    assert "The database is busy" in page
    assert 'name="name" value="Fluent &lt;b&gt;French&lt;/b&gt;"' in page
    assert 'name="client_key" value="5d0f"' in page
    assert 'action="/busy/"' in page


@pytest.mark.parametrize(
    ("more", "headers"),
    [({"password": "sesame"}, HERE), ({}, {"Origin": "http://elsewhere.example"})],
    ids=["a secret", "of another site"],
)
def test_of_a_busy_database_alone_is_told_who_sent_a_secret_or_came_from_elsewhere(
    client, supervisor, more, headers
):
    client.force_login(supervisor)
    body = urlencode({**TYPED, **more})

    response = client.post("/busy/", body, content_type=FORM, headers=headers)

    page = response.content.decode()
    assert "The database is busy" in page
    assert "French" not in page

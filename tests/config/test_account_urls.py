"""Of the pages of the sign-in library those are there that the product uses."""

import pytest

pytestmark = pytest.mark.django_db
CLOSED = [
    "signup/",
    "email/",
    "confirm-email/",
    "confirm-email/key/",
    "password/reset/",
    "password/reset/done/",
    "password/reset/key/1-key/",
    "login/code/",
    "login/code/confirm/",
]


@pytest.mark.parametrize("path", CLOSED)
def test_nobody_signs_up_or_has_mail_sent(client, administrator, mailoutbox, path):
    for _ in range(2):
        asked = client.get(f"/accounts/{path}")
        sent = client.post(f"/accounts/{path}", {"email": "anybody@example.org"})

        assert (asked.status_code, sent.status_code) == (404, 404)
        client.force_login(administrator)
    assert not mailoutbox


@pytest.mark.parametrize("path", ["login/", "inactive/", "3rdparty/login/cancelled/"])
def test_who_signs_in_finds_the_way(client, path):
    assert client.get(f"/accounts/{path}").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "logout/",
        "reauthenticate/",
        "password/change/",
        "2fa/",
        "2fa/totp/activate/",
        "2fa/webauthn/",
        "2fa/webauthn/add/",
        "3rdparty/",
    ],
)
def test_who_has_signed_in_minds_the_own_account(client, administrator, path):
    credentials = {"login": administrator.username, "password": "demo"}
    assert client.post("/accounts/login/", credentials).status_code == 302

    assert client.get(f"/accounts/{path}").status_code in (200, 302)


def test_who_has_no_password_yet_sets_one(client, administrator):
    administrator.set_unusable_password()
    administrator.save()
    client.force_login(administrator)

    assert client.get("/accounts/password/change/")["Location"] == "/accounts/password/set/"
    assert client.get("/accounts/password/set/").status_code == 200


def test_the_sign_in_page_leads_to_no_page_that_is_not_there(client):
    page = client.get("/accounts/login/").content.decode()

    assert "password/reset" not in page
    assert "signup" not in page


def test_the_identity_providers_answers_have_an_address(client):
    assert client.get("/accounts/oidc/nobody/login/").status_code in (302, 404)

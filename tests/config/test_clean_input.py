"""What no page could store or look for."""

import json

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("query", ["q=%00", "a%00b=1", "page=1&q=a&q=b%00"])
def test_a_query_with_nul_is_refused_with_a_page(client, administrator, query):
    client.force_login(administrator)

    response = client.get(f"/agents/?{query}")

    assert response.status_code == 400
    assert "That could not be read" in response.content.decode()


def test_a_form_with_nul_is_refused_and_changes_nothing(client, administrator):
    client.force_login(administrator)

    response = client.post("/skill-types/new/", {"name": "a\x00b"}, headers={"HX-Request": "true"})

    assert response.status_code == 400
    assert response["HX-Reswap"] == "none"
    assert "cannot be stored" in json.loads(response["HX-Trigger"])["toast"]["text"]


def test_the_api_refuses_nul_in_its_own_way(client, administrator):
    client.force_login(administrator)

    response = client.get("/api/v1/work-items?queue=%00")

    assert response.status_code in (401, 422)
    assert response["Content-Type"] == "application/problem+json"


def test_strangers_are_led_to_the_sign_in_page_first(client):
    assert client.get("/agents/?q=%00").status_code == 302


@pytest.mark.parametrize("path", ["/accounts/confirm-email/%00/", "/chat/%00/", "/%00/"])
def test_nul_in_a_path_breaks_nothing(client, path):
    assert client.get(path).status_code in (302, 400, 404)

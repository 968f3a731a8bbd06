"""What a browser may not show again without asking."""

from http import HTTPStatus

import pytest

from tests.scenarios import in_conversation

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def item(workstream, agent, now):
    return in_conversation(workstream, agent, now)


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "part"])
@pytest.mark.parametrize("path", ["/desk/", "/desk/{}/", "/desk/{}/side/", "/inbox/", "/nowhere/"])
def test_pages_and_parts_of_who_is_signed_in_are_not_kept(client, agent, item, path, headers):
    client.force_login(agent.user)

    response = client.get(path.format(item.pk), headers=headers)

    assert response["Cache-Control"] == "no-store"


def test_what_a_page_says_itself_stays(client, agent, item):
    client.force_login(agent.user)

    response = client.get("/accounts/login/")

    assert "max-age=0" in response["Cache-Control"]


@pytest.mark.parametrize("path", ["/api/v1/docs", "/nowhere/"])
def test_pages_for_everybody_may_be_kept(client, path):
    response = client.get(path)

    assert response.status_code in (HTTPStatus.OK, HTTPStatus.NOT_FOUND)
    assert "Cache-Control" not in response


def test_what_is_no_page_is_left_alone(client, agent):
    client.force_login(agent.user)

    assert "Cache-Control" not in client.get("/api/v1/openapi.json")

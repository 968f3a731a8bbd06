"""A password that the page refuses is refused by the API too."""

import pytest

from agents.models import User
from tests.factories import make_agent

NEW = {"username": "dora.longbottom", "name": "Dora Featherstonehaugh"}
GUESSED = [
    ("dora.longbottom", "The password is too similar to the username."),
    ("Featherstonehaugh", "The password is too similar to the last name."),
    ("1qaz2wsx3edc", "This password is too common."),
]


@pytest.mark.parametrize(("password", "sentence"), GUESSED)
def test_who_is_created_gets_none_that_is_easily_guessed(as_administrator, password, sentence):
    refused = as_administrator.post("/agents", NEW | {"password": password})

    assert (refused.status_code, refused.json()["type"]) == (422, "invalid")
    assert refused.json()["errors"] == [{"field": "password", "message": sentence}]
    assert not User.objects.filter(username="dora.longbottom").exists()


@pytest.mark.parametrize(("password", "sentence"), GUESSED)
def test_nor_does_who_is_there(as_administrator, password, sentence):
    as_administrator.post("/agents", NEW)

    refused = as_administrator.patch(
        "/agents/dora.longbottom", {"nickname": "Do", "password": password}
    )

    assert (refused.status_code, refused.json()["detail"]) == (422, f"password: {sentence}")
    assert as_administrator.get("/agents/dora.longbottom").json()["nickname"] == ""
    assert not User.objects.get(username="dora.longbottom").has_usable_password()


def test_the_names_that_come_along_count(as_administrator):
    make_agent("featherstonehaugh")

    refused = as_administrator.patch(
        "/agents/featherstonehaugh", NEW | {"password": "dora.longbottom"}
    )
    changed = as_administrator.patch(
        "/agents/featherstonehaugh", {"username": "dora", "password": "featherstonehaugh"}
    )

    assert (refused.status_code, changed.status_code) == (422, 200)
    assert User.objects.get(username="dora").check_password("featherstonehaugh")


def test_several_reasons_are_all_said(as_administrator):
    refused = as_administrator.post(
        "/agents", {"username": "1qaz2wsx3edc", "password": "1qaz2wsx3edc"}
    )

    assert [each["field"] for each in refused.json()["errors"]] == ["password", "password"]

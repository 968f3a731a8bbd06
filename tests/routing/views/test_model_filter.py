"""Conditions choose the closed work of a model, with the builder of rules."""

import pytest

from tests.factories.learning import make_model

GOLD = {"field": "context.tier", "op": "equals", "value": "gold"}
TYPED = {"c-join": "all", "c-bare": "0", "c-1-field": "context.tier", "c-1-op": "equals"}


@pytest.fixture
def topics(db):
    return make_model(name="Topics")


@pytest.fixture
def as_administrator(client, administrator):
    client.force_login(administrator)
    return client


def address(model):
    return f"/models/{model.pk}/filter/"


def test_conditions_are_saved_and_said_on_the_models_page(as_administrator, topics):
    sent = TYPED | {"c-1-value": "gold", "revision": "1"}

    page = as_administrator.post(address(topics), sent, follow=True).content.decode()

    topics.refresh_from_db()
    assert topics.when == {"all": [GOLD]} or topics.when == GOLD
    assert "tier" in page
    assert "gold" in page


def test_a_button_adds_a_row_and_saves_nothing(as_administrator, topics):
    sent = TYPED | {"c-1-value": "gold", "revision": "1", "edit_conditions": "add-row c"}

    response = as_administrator.post(address(topics), sent)

    assert response.status_code == 200
    assert "c-2-field" in response.content.decode()
    topics.refresh_from_db()
    assert topics.when == {}


def test_what_cannot_be_asked_stands_at_its_row(as_administrator, topics):
    sent = TYPED | {"c-1-field": "nothing.here", "c-1-value": "x", "revision": "1"}

    response = as_administrator.post(address(topics), sent)

    assert response.status_code == 422
    assert "Condition 1" in response.content.decode()


def test_conditions_of_somebody_else_are_not_overwritten_unseen(as_administrator, topics):
    sent = TYPED | {"c-1-value": "gold", "revision": "0"}

    refused = as_administrator.post(address(topics), sent)
    page = refused.content.decode()
    again = as_administrator.post(address(topics), sent | {"revision": "1"})

    assert refused.status_code == 422
    assert "Somebody else saved this model" in page
    assert 'value="gold"' in page
    assert 'name="revision" value="1"' in page
    assert again.status_code == 303


def test_stored_conditions_are_shown(as_administrator, topics):
    topics.when = GOLD
    topics.save()

    page = as_administrator.get(address(topics)).content.decode()

    assert 'value="gold"' in page


@pytest.mark.parametrize("revision", ["", "x", "9" * 5000, "²"])
def test_a_strange_revision_breaks_nothing(as_administrator, topics, revision):
    assert as_administrator.post(address(topics), {"revision": revision}).status_code == 422

"""Slugs in the texts of a document: those of its own context variables too, and no others."""

import pytest

from routing import configuration
from tests.routing.configuration.faulty import chat

pytestmark = pytest.mark.django_db
TIER = {"name": "tier", "type": "text", "is_from_survey": False}


@pytest.fixture
def of_tier():
    """A document whose workstream has the context variable."""
    return chat(context_variables=[TIER])


@pytest.mark.parametrize(
    ("section", "entry"),
    [
        ("notification_templates", {"name": "n", "title": "{tier}"}),
        ("session_templates", {"name": "s", "unique_name": "own_s", "title": "{tier}"}),
    ],
)
def test_templates_may_name_what_the_document_brings(of_tier, section, entry) -> None:
    assert configuration.validate(of_tier | {section: [entry]}) == []

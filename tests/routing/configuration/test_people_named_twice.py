"""What people of a document have stands there once, however it is written."""

import pytest

from routing import configuration
from tests.factories import make_agent, make_profile, make_skill

pytestmark = pytest.mark.django_db


@pytest.fixture
def write(now):
    """Imports what Ann has; the findings."""
    make_agent("Ann")
    for name in ("Chats", "Mails"):
        make_profile(name)
    make_skill("French")

    def write(mapping=None, **values):
        document = {"format": 2, "agents": [{"username": "Ann", **values}]}
        with pytest.raises(configuration.InvalidDocument) as refused:
            configuration.import_document(document, by=None, now=now, mapping=mapping)
        return [(each["path"], each["message"]) for each in refused.value.findings]

    return write


def profiles(*names):
    return [{"profile": name, "limit": None} for name in names]


def test_a_profile_in_two_ways_of_writing_is_refused(write):
    found = write(capacity_profiles=profiles("Chats", "CHATS", "Mails"))

    assert found == [("agents.0.capacity_profiles", "Chats stands here twice.")]


def test_two_profiles_that_become_one_here_are_refused(write):
    found = write(
        {"capacity_profile": {"Talks": "Chats"}}, capacity_profiles=profiles("Talks", "Chats")
    )

    assert found == [("agents.0.capacity_profiles", "Chats stands here twice.")]


def test_a_skill_in_two_ways_of_writing_is_refused(write):
    found = write(skills=[{"skill": name, "rating": 3} for name in ("French", "french")])

    assert found == [("agents.0.skills", "French stands here twice.")]

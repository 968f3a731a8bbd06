"""Of what went on for long, supervisors see the latest, in order."""

import pytest

from routing import service
from routing.queries.desk_consults import all_consults_of, consults_of
from tests.factories import make_agent
from tests.scenarios import in_conversation
from workstreams.actions.send_message import send_message
from workstreams.terms import Author

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(workstream, agent, now):
    return in_conversation(workstream, agent, now)


def test_a_long_conversation_is_watched_at_its_end(client, supervisor, item, monkeypatch, now):
    monkeypatch.setattr("routing.views.explanation.MESSAGES_SHOWN", 2)
    for text in ("The first words", "The second words", "The third words"):
        send_message(item_id=item.pk, author=Author.CUSTOMER, text=text, now=now)
    client.force_login(supervisor)

    page = client.get(f"/work-items/{item.pk}/").content.decode()

    assert "The first words" not in page
    assert 0 < page.index("The second words") < page.index("The third words")
    assert "data-log" in page
    assert "js/conversation" in page


def test_of_many_consults_the_latest_are_shown(item, agent, monkeypatch):
    monkeypatch.setattr("routing.queries.desk_consults.EARLIER_SHOWN", 2)
    asked = [service.consult(item_id=item.pk, by=agent, agent=make_agent()) for _ in range(3)]

    assert all_consults_of(item) == asked[1:]


def test_one_that_runs_is_shown_however_many_came_after_it(item, agent, monkeypatch):
    monkeypatch.setattr("routing.queries.desk_consults.EARLIER_SHOWN", 2)
    first = service.consult(item_id=item.pk, by=agent, agent=make_agent())
    for _ in range(3):
        asked = service.consult(item_id=item.pk, by=agent, agent=make_agent())
        service.end_consult(consult_id=asked.pk, by=agent.user)

    assert [each.pk for each in all_consults_of(item)] == [first.pk, asked.pk]
    assert [each.id for each in consults_of(item, agent)] == [first.pk, asked.pk]

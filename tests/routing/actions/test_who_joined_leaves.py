"""Who joined a talk does not vanish from it without a word when the work moves on."""

import pytest

from routing import service
from tests.factories import make_agent
from tests.scenarios import in_conversation
from workstreams.queries.conversation import conversation

pytestmark = pytest.mark.django_db
LEFT = "eva has left the conversation."


@pytest.fixture
def item(workstream, agent, now):
    return in_conversation(workstream, agent, now)


@pytest.fixture
def adviser(queue):
    return make_agent("eva", queues=[queue])


def ask(item, agent, adviser, now):
    consult = service.consult(item_id=item.pk, by=agent, agent=adviser, now=now)
    return service.accept_consult(consult_id=consult.pk, by=adviser, now=now)


def join(item, agent, adviser, now):
    consult = ask(item, agent, adviser, now)
    return service.add_consultant(consult_id=consult.pk, by=agent, now=now)


def read_by_customer(item):
    item.refresh_from_db()
    return [line.text for line in conversation(item, is_for_customer=True)]


def test_he_is_told_before_the_next_agent_says_that_he_took_over(
    item, agent, second_agent, adviser, now
):
    join(item, agent, adviser, now)

    service.transfer(item_id=item.pk, by=agent.user, agent=second_agent, now=now)
    service.accept(item_id=item.pk, by=second_agent, now=now)

    said = read_by_customer(item)
    assert said.count(LEFT) == 1
    assert said.index(LEFT) < len(said) - 1


def test_who_gets_the_work_himself_has_not_left(item, agent, adviser, now):
    join(item, agent, adviser, now)

    service.transfer(item_id=item.pk, by=agent.user, agent=adviser, now=now)
    service.accept(item_id=item.pk, by=adviser, now=now)

    assert LEFT not in read_by_customer(item)


def test_of_who_only_read_along_the_customer_hears_nothing(item, agent, adviser, now):
    ask(item, agent, adviser, now)

    service.release(item_id=item.pk, by=agent, now=now)

    assert LEFT not in read_by_customer(item)


@pytest.mark.parametrize("verb", ["release", "close"])
def test_it_is_said_however_the_agent_lets_go(verb, item, agent, adviser, now):
    join(item, agent, adviser, now)

    getattr(service, verb)(item_id=item.pk, by=agent, now=now)

    assert read_by_customer(item).count(LEFT) == 1


def test_the_end_of_a_talk_says_it_for_all(item, agent, adviser, now):
    join(item, agent, adviser, now)

    service.end(item_id=item.pk, by=agent, now=now)

    assert LEFT not in read_by_customer(item)

"""Publishers at the same time, each with a connection of its own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from routing import configuration
from routing.models import ConfigurationVersion
from tests.factories import make_queue
from workstreams.models import Queue

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]

AT_ONCE = 4


def at_once(work):
    """Run ``work(number)`` on several connections, started together."""
    barrier = Barrier(AT_ONCE)

    def run(number):
        barrier.wait()
        try:
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(run, range(AT_ONCE)))


def test_every_edit_gets_a_version_of_its_own(now):
    queues = [make_queue(f"Queue {number}") for number in range(AT_ONCE)]
    configuration.publish(by=None, now=now)

    def edit(number):
        with transaction.atomic():
            Queue.objects.filter(pk=queues[number].pk).update(priority=9)
            return configuration.publish(by=None, now=now)

    versions = at_once(edit)

    assert sorted(version.number for version in versions) == [2, 3, 4, 5]
    assert {configuration.current().compiled.queues[queue.pk].priority for queue in queues} == {9}


def test_the_first_version_is_made_once():
    numbers = at_once(lambda _: configuration.current().number)

    assert numbers == [1] * AT_ONCE
    assert ConfigurationVersion.objects.count() == 1


def test_a_version_that_is_not_committed_is_nobody_elses(now):
    queue = make_queue("Care")
    configuration.publish(by=None, now=now)
    with transaction.atomic():
        Queue.objects.filter(pk=queue.pk).update(priority=9)
        configuration.publish(by=None, now=now)
        mine = configuration.current()

        others = at_once(lambda _: configuration.current())

    assert mine.number == 2
    assert {other.number for other in others} == {1}

"""What an import holds while it writes, and what it lets pass."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from routing import configuration
from routing.configuration.documents.write_definitions import Names
from routing.exceptions import ChangedMeanwhile
from workstreams.models import OverflowRule, Queue

pytestmark = pytest.mark.django_db


@pytest.fixture
def changed(organisation):
    """The organisation's document with another queue and another workstream."""
    document = configuration.document()
    [vip] = [each for each in document["queues"] if each["name"] == "VIP"]
    vip["priority"] = 77
    document["workstreams"][0]["keep_same_agent"] = True
    document["capacity_profiles"][0]["limit"] = 9
    document["service"]["personal_quick_replies"] = False
    return document


def locks_of(document, now):
    """What is locked, in order, while the document is imported."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        configuration.import_document(document, by=None, now=now)
    statements = (each["sql"] for each in queries.captured_queries)
    return [sql for sql in statements if " FOR " in sql and " UPDATE" in sql]


def tables_of(locks):
    return [sql.partition(' FROM "')[2].partition('"')[0] for sql in locks]


def test_work_that_arrives_does_not_wait_for_an_import(changed, now):
    locks = [sql for sql in locks_of(changed, now) if '"routing_' not in sql]

    assert len(locks) > 3
    assert [sql for sql in locks if "FOR NO KEY UPDATE" not in sql] == []


def test_workstreams_are_locked_before_what_they_name(changed, now):
    assert tables_of(locks_of(changed, now))[:4] == [
        "workstreams_serviceconfiguration",
        "workstreams_workstream",
        "agents_capacityprofile",
        "workstreams_queue",
    ]


def test_a_name_that_is_gone_by_the_time_of_writing_is_told_of():
    with pytest.raises(ChangedMeanwhile):
        Names().id_of(Queue, "Gone")


def test_a_row_that_is_made_again_while_the_import_waits_is_the_one_written(changed, now):
    [vip] = [each for each in changed["queues"] if each["name"] == "VIP"]
    waited: list[str] = []

    def make_again(execute, sql, params, many, context):
        if "FOR NO KEY UPDATE" in sql and not waited:
            waited.append(sql)
            queue = Queue.objects.get(name="VIP")
            Queue.objects.filter(pk=queue.pk).update(name="Old", deleted_at=now)
            queue.pk = None
            queue.save(force_insert=True)
            OverflowRule.objects.update(queue=queue)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(make_again):
        configuration.import_document(
            {"format": 2, "queues": [vip | {"priority": 77}]}, by=None, now=now
        )

    assert waited
    assert Queue.objects.get(name="VIP", deleted_at=None).priority == 77
